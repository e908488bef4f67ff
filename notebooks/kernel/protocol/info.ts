import { readFileSync } from "node:fs";
import { protocolVersion } from "./wire.ts";

const kit = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));

/** Version of the course kit, which is the kernel's too. */
export const version: string = kit.version;

/**
 * What JupyterLab writes into each notebook that it opens, in the order in which it writes it. The course's own notebooks hold it already,
 * or each would count as changed as soon as somebody looks at it. The codemirror mode makes JupyterLab colour the cells.
 */
export const languageInfo = {
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
  file_extension: ".ts",
  mimetype: "text/typescript",
  name: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
  /** Of Node, as the kit pins it. */
  version: kit.dependencies.node as string,
} as const;

/** Content of `kernel_info_reply`. */
export const kernelInfo = {
  status: "ok",
  protocol_version: protocolVersion,
  implementation: "flowlab-kernel",
  implementation_version: version,
  language_info: languageInfo,
  banner: `TypeScript (flowlab ${version}) on Node ${process.versions.node}`,
  help_links: [{ text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/" }],
  supported_features: [] as string[],
} as const;

/** Content of the reply to a request that this kernel has no answer to. */
export function notSupported(msgType: string) {
  const evalue = `This kernel does not answer ${msgType}`;
  return { status: "error", ename: "NotSupported", evalue, traceback: [] };
}
