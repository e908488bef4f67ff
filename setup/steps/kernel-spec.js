import { existsSync } from "node:fs";
import { courseSpecFolder, isSpecCurrent, writeSpec } from "../kernel-spec.js";
import { venvProgram } from "../project.js";

/** The kernel spec in the virtual environment. It holds absolute paths, so a moved folder needs a new one. */
export const kernelSpec = {
  name: "kernel-spec",
  title: "Kernel",

  // Compared with what it must be instead of by a stamp: it is as cheap and cannot be wrong.
  isNeeded: async () => existsSync(venvProgram("python")) && !(await isSpecCurrent(courseSpecFolder)),

  async run() {
    await writeSpec(courseSpecFolder);
    return "Kernel: TypeScript (flowlab)";
  },
};
