// Plain JavaScript, because the set-up imports it before the course's own Node (with type stripping) is there.
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Name under which Jupyter knows the kernel. */
export const kernelName = "flowlab";

/** Flags of Node that the kernel needs. */
export const nodeFlags = [
  // What runs is what its compiler reads the declarations of: the library as it was compiled.
  "--conditions=flowlab:compiled",
  // Interrupting a busy loop unwinds the stack without the bookkeeping of async hooks; Node would take the
  // difference for a corrupted stack and abort the process.
  "--no-force-async-hooks-checks",
  "--disable-warning=ExperimentalWarning",
];

/**
 * Absolute path of the Node binary that the npm package `node` puts into the project.
 * @param {string} root
 */
export function projectNode(root) {
  const binary = process.platform === "win32" ? "node.exe" : "node";
  return path.join(path.resolve(root), "node_modules", "node", "bin", binary);
}

/**
 * Content of `kernel.json`. Absolute paths throughout, so that the kernel starts whatever PATH Jupyter has.
 * @param {string} [root] folder of the course; by default the one that this file is in
 * @param {string} [node] Node binary; by default the project's own
 */
export function kernelSpec(
  root = fileURLToPath(new URL("../..", import.meta.url)),
  node = projectNode(root),
) {
  const main = path.join(path.resolve(root), "notebooks", "kernel", "main.ts");
  return {
    argv: [node, ...nodeFlags, main, "{connection_file}"],
    display_name: "TypeScript (flowlab)",
    language: "typescript",
    interrupt_mode: "message",
    // A notebook may lie anywhere, in nbgrader's folders for one: what it does not find there, it finds in the course.
    env: { NODE_PATH: path.join(path.resolve(root), "node_modules") },
    metadata: { debugger: false },
  };
}
