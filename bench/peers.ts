import { join } from "node:path";

/** The project's folder. */
export const root = join(import.meta.dirname, "..");

/** Where the peers live: a Python environment of their own. */
export const peersFolder = join(root, ".setup", "bench-venv");

/** Their Python, whether it is there or not. */
export const peersPython =
  process.platform === "win32"
    ? join(peersFolder, "Scripts", "python.exe")
    : join(peersFolder, "bin", "python");
