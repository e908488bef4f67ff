import { existsSync } from "node:fs";
import { release } from "node:os";
import { courseSpecFolder, isSpecCurrent, userSpecFolder } from "../kernel-spec.js";
import { run, tail } from "../processes/child.js";
import { findNpm } from "../processes/npm.js";
import { findPython, pythonRemedy } from "../processes/python.js";
import { isKit, pinnedNode, root, venvProgram } from "../project.js";
import { readJson, readStamp } from "../stamp.js";
import { compile } from "../steps/compile.js";
import { isInstalled } from "../steps/packages.js";
import { askCourse } from "./ask-course.js";

const setUp = "run npm start, which sets up what is missing";

/**
 * @typedef {object} Seen
 * @property {"ok" | "degraded" | "missing"} state
 * @property {string} found
 * @property {string | null} [remedy]
 *
 * @typedef {{ name: string, required: boolean, look(): Promise<Seen> }} Check
 */

/** @type {(found: string) => Seen} */
const ok = (found) => ({ state: "ok", found });
/** @type {(found: string, remedy: string) => Seen} */
const degrade = (found, remedy) => ({ state: "degraded", found, remedy });
/** @type {(found: string, remedy: string) => Seen} */
const missing = (found, remedy) => ({ state: "missing", found, remedy });

/** VS Code needs no Python: with the kernel in the home folder the course runs there. */
const hasUserKernel = () => isSpecCurrent(userSpecFolder());

/** @type {(found: string, remedy: string) => Promise<Seen>} */
const orVsCode = async (found, remedy) =>
  (await hasUserKernel()) ? degrade(`${found}; the course runs in VS Code`, remedy) : missing(found, remedy);

async function node() {
  const { code, output } = await run(pinnedNode(), ["--version"]);
  if (code !== 0) return missing("Node 24 of the course is not installed", setUp);
  return ok(`${output} (course), ${process.platform} ${process.arch}, system ${release()}`);
}

async function npm() {
  const { command, prefix, shell } = findNpm();
  const { code, output } = await run(command, [...prefix, "--version"], { shell });
  if (code === 0) return ok(tail(output, 1));
  return degrade("not found on the PATH", "install Node.js with npm, to update and repair the course");
}

async function packages() {
  if (isInstalled()) return ok("as in package-lock.json");
  return missing("node_modules differs from package-lock.json", setUp);
}

async function library() {
  if (!existsSync(`${root}/lib/dist/index.js`))
    return missing("flowlab is not compiled", isKit ? "unpack the kit again" : "run npm run compile");
  if (compile.isNeeded())
    return degrade("compiled, but its sources have changed since", "run npm run compile");
  return ok("flowlab and flowlab-grader are compiled");
}

/** The library itself is asked, so that this is what a notebook gets. */
async function engine() {
  const answer = await askCourse("engine");
  if (answer.error !== undefined) return missing(`flowlab does not load: ${answer.error}`, setUp);
  const { backend, reason, version } = answer;
  if (backend === "tensorflow") return ok(`tfjs-node, because it is ${reason}`);
  const stamp = readStamp("engine");
  const isWish = process.env.FLOWLAB_BACKEND !== undefined;
  const why = isWish ? reason : (stamp?.reason ?? reason);
  return degrade(
    `${backend} (TensorFlow.js ${version}; slower) – ${why}`,
    isWish ? "unset FLOWLAB_BACKEND" : (stamp?.remedy ?? "run npm run doctor -- --repair"),
  );
}

async function libtensorflow() {
  const { error, backend, version, threads, xla } = await askCourse("engine");
  if (error !== undefined || backend !== "tensorflow") {
    return degrade("not in use", "see Engine; training is slower without it");
  }
  const compiler = xla ? ", with XLA" : "";
  return ok(
    `${version}${compiler}, ${threads === 0 ? "as many threads as it likes" : `threads per operation: ${threads}`}`,
  );
}

async function python() {
  const found = await findPython();
  if (found !== undefined) return ok(`${found.version} (${found.command})`);
  if (existsSync(venvProgram("python"))) return degrade("only that of .venv", pythonRemedy());
  return orVsCode("not found (3.9 or newer is needed)", pythonRemedy());
}

async function jupyterLab() {
  if (!existsSync(venvProgram("python"))) return orVsCode("not installed", setUp);
  const { code, output } = await run(venvProgram("python"), ["-m", "jupyterlab", "--version"]);
  if (code === 0) return ok(`${tail(output, 1)} (.venv)`);
  return orVsCode(`does not start: ${tail(output, 1)}`, "run npm run doctor -- --repair");
}

/** The page's part of live sliders; without it they move among a few positions. */
async function widgets() {
  if (!existsSync(venvProgram("python"))) return degrade("not installed", "VS Code brings its own");
  const program = "import jupyterlab_widgets as w; print(w.__version__)";
  const { code, output } = await run(venvProgram("python"), ["-c", program]);
  if (code === 0) return ok(`jupyterlab_widgets ${tail(output, 1)} (.venv)`);
  return degrade("not installed: sliders move among a few positions computed ahead", setUp);
}

async function kernel() {
  const spec = readJson(`${courseSpecFolder}/kernel.json`);
  if (spec === undefined) return orVsCode("no kernel spec in .venv", setUp);
  if (!(await isSpecCurrent(courseSpecFolder))) {
    return missing("the kernel spec is for another folder or version", "run npm start, which writes it anew");
  }
  /** @type {string[]} */
  const argv = spec.argv;
  const absent = argv.filter((part) => part.startsWith(root)).find((path) => !existsSync(path));
  if (absent !== undefined) return missing(`the kernel spec names ${absent}, which is not there`, setUp);
  const also = (await hasUserKernel()) ? ", also for VS Code" : "";
  return ok(`${spec.display_name}${also}`);
}

/** The grader itself is asked; it tries each sandbox for real. */
async function sandbox() {
  const { error, tier, tested, reason, remedy } = await askCourse("sandbox");
  const usual = "grade only work that you trust (--trust), or grade on Linux with bubblewrap installed";
  if (error !== undefined) return degrade(`not known: ${error}`, usual);
  return tier !== "none" && tested ? ok(reason) : degrade(reason, remedy ?? usual);
}

/**
 * What the doctor looks at, in this order. `required`: the course cannot run without.
 *
 * @type {readonly Check[]}
 */
export const checks = [
  { name: "Node", required: true, look: node },
  { name: "npm", required: false, look: npm },
  { name: "Packages", required: true, look: packages },
  { name: "Library", required: true, look: library },
  { name: "Engine", required: true, look: engine },
  { name: "libtensorflow", required: false, look: libtensorflow },
  { name: "Python", required: false, look: python },
  { name: "JupyterLab", required: true, look: jupyterLab },
  { name: "Live figures", required: false, look: widgets },
  { name: "Kernel", required: true, look: kernel },
  { name: "Sandbox", required: false, look: sandbox },
];
