/** Content of `kernel.json`. */
export interface KernelSpec {
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message" | "signal";
  env: Record<string, string>;
  metadata: Record<string, unknown>;
}

export const kernelName: string;
export const nodeFlags: string[];
export function projectNode(root: string): string;
export function kernelSpec(root?: string, node?: string): KernelSpec;
