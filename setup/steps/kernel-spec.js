import { existsSync } from "node:fs";
import { join } from "node:path";
import { courseSpecFolder, isSpecCurrent, writeSpec } from "../kernel-spec.js";
import { venv, venvProgram } from "../project.js";
import { readJson, writeWhole } from "../stamp.js";

/**
 * Programs of JupyterLab that Node runs, such as its yarn, are CommonJS and say nothing about it. The nearest
 * package.json decides, which would be that of the course, of type module: `jupyter labextension list` fails by it.
 */
const ownPackage = join(venv, "package.json");
const commonJs = { type: "commonjs" };

/** The kernel spec in the virtual environment. It holds absolute paths, so a moved folder needs a new one. */
export const kernelSpec = {
  name: "kernel-spec",
  title: "Kernel",

  // Compared with what it must be instead of by a stamp: it is as cheap and cannot be wrong.
  isNeeded: async () =>
    existsSync(venvProgram("python")) && !(hasOwnPackage() && (await isSpecCurrent(courseSpecFolder))),

  async run() {
    writeWhole(ownPackage, `${JSON.stringify(commonJs)}\n`);
    await writeSpec(courseSpecFolder);
    return "Kernel: TypeScript (flowlab)";
  },
};

const hasOwnPackage = () => readJson(ownPackage)?.type === commonJs.type;
