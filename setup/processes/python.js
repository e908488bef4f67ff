import { existsSync } from "node:fs";
import { findProgram, onWindows } from "../project.js";
import { run } from "./child.js";

/** JupyterLab 4 needs it. */
export const oldestPython = [3, 9];

const question = "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])";

/**
 * A Python that is new enough, or undefined.
 *
 * @returns `{ command, version }`, command being the interpreter's full path.
 */
export async function findPython() {
  for (const [program, ...options] of candidates()) {
    const answer = await run(program, [...options, "-c", question], { timeout: 20_000 });
    const [command, version] = answer.output.split(/\r?\n/);
    if (answer.code === 0 && existsSync(command) && isNewEnough(version)) return { command, version };
  }
  return undefined;
}

/** Programs to ask, full paths. On Windows `py -3` finds a Python that is not on the PATH. */
function candidates() {
  const found = ["python3", "python"].map((name) => findProgram(name)).filter((path) => path !== undefined);
  const launcher = onWindows ? findProgram("py") : undefined;
  return [...found.map((path) => [path]), ...(launcher ? [[launcher, "-3"]] : [])];
}

function isNewEnough(version = "") {
  const [major, minor] = version.split(".").map(Number);
  return major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1]);
}

/** How to get Python on this platform, in one sentence. */
export function pythonRemedy(platform = process.platform) {
  if (platform === "win32")
    return "install Python from python.org or with: winget install Python.Python.3.13";
  if (platform === "darwin") return "install Python from python.org or with: brew install python";
  return "install it with: sudo apt install python3-venv (Debian, Ubuntu) or sudo dnf install python3 (Fedora)";
}
