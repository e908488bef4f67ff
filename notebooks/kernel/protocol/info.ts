import { readFileSync } from "node:fs";
import { protocolVersion } from "./wire.ts";

/** Version of the course kit, which is the kernel's too. */
export const version: string = JSON.parse(
  readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
).version;

/** Content of `kernel_info_reply`. The codemirror mode makes JupyterLab colour the cells. */
export const kernelInfo = {
  status: "ok",
  protocol_version: protocolVersion,
  implementation: "flowlab-kernel",
  implementation_version: version,
  language_info: {
    name: "typescript",
    version: process.versions.node,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: { name: "javascript", mode: "typescript", typescript: true },
    nbconvert_exporter: "script",
  },
  banner: `TypeScript (flowlab ${version}) on Node ${process.versions.node}`,
  help_links: [{ text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" }],
  supported_features: [] as string[],
} as const;

/** Content of the reply to a request that this kernel has no answer to. */
export function notSupported(msgType: string) {
  const evalue = `This kernel does not answer ${msgType}`;
  return { status: "error", ename: "NotSupported", evalue, traceback: [] };
}
