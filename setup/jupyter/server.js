import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { problem } from "../problem.js";
import { killTree, tail } from "../processes/child.js";
import { onWindows, root, venvProgram } from "../project.js";
import { descendants, endAll } from "./descendants.js";
import { jupyterEnvironment, runtimeFolder, serverLog, workspacesFolder } from "./environment.js";
import { firstPage, serverOptions } from "./options.js";

const startLimit = 60_000;
const stopLimit = 10_000;

/**
 * Run JupyterLab until it is told to stop, and take its kernels along.
 *
 * @param {{ browser: boolean, port: number, onceListening: () => void }} options
 * @returns {Promise<number>} The exit code: 0 after Ctrl-C or a shutdown from the menu.
 * @throws a problem if the server does not come up.
 */
export async function serveJupyterLab({ browser, port, onceListening }) {
  if (!existsSync(venvProgram("python"))) {
    throw problem("JupyterLab is not installed", "run npm start, which installs it first");
  }
  const token = randomBytes(24).toString("hex");
  const server = startServer({ browser, port, token });
  const ended = new Promise((resolve) => server.once("close", resolve));
  const stopped = stopOnSignal(server, ended);
  if (!(await isReady({ server, port, token }))) {
    if (stopped.asked) return stopped.whenDone;
    await stop(server, ended);
    const log = tail(readFileSync(serverLog(port), "utf8"), 20);
    throw problem("JupyterLab did not start", "npm run doctor tells what is wrong with the set-up", log);
  }
  onceListening();
  announce(`http://127.0.0.1:${port}${firstPage()}?token=${token}`);
  const code = await ended;
  return stopped.asked ? stopped.whenDone : (code ?? 1);
}

/**
 * @typedef {{ browser: boolean, port: number, token: string }} Serving
 * @typedef {import("node:child_process").ChildProcessByStdio<import("node:stream").Writable, null, null>} Server
 */

/**
 * Its input is a pipe that ends with this process, however that dies: see serve.py.
 *
 * @param {Serving} serving
 * @returns {Server}
 */
function startServer({ browser, port, token }) {
  mkdirSync(runtimeFolder, { recursive: true, mode: 0o700 });
  const log = openSync(serverLog(port), "w", 0o600);
  const script = join(root, "setup", "jupyter", "serve.py");
  const server = /** @type {Server} */ (
    spawn(venvProgram("python"), [script, ...serverOptions({ browser, port })], {
      cwd: root,
      // The token in the environment, where other users of the machine do not see it.
      env: {
        ...process.env,
        ...jupyterEnvironment,
        JUPYTERLAB_WORKSPACES_DIR: workspacesFolder(port),
        JUPYTER_TOKEN: token,
      },
      stdio: ["pipe", log, log],
      // A group of its own: Ctrl-C reaches this process alone, and Jupyter asks no question.
      detached: !onWindows,
      windowsHide: true,
    })
  );
  closeSync(log);
  server.stdin.on("error", () => {});
  return server;
}

/** @param {{ server: Server, port: number, token: string }} asked */
async function isReady({ server, port, token }) {
  const limit = Date.now() + startLimit;
  while (Date.now() < limit && server.exitCode === null && server.signalCode === null) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/status`, {
        headers: { Authorization: `token ${token}` },
      });
      if (answer.ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(150);
  }
  return false;
}

/** @param {string} url */
function announce(url) {
  console.log(
    `The course runs in JupyterLab. If no browser has opened, open this address:\n\n  ${url}\n\nCtrl-C ends it. Notebooks are saved in notebooks/.`,
  );
}

/**
 * Ctrl-C, a kill or a closed terminal: the first asks the server to stop, a second one does not ask.
 *
 * @param {Server} server
 * @param {Promise<unknown>} ended
 */
function stopOnSignal(server, ended) {
  const state = { asked: false, whenDone: Promise.resolve(0) };
  const handle = () => {
    if (state.asked) return killTree(server, "SIGKILL");
    state.asked = true;
    state.whenDone = stop(server, ended).then(() => 0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, handle);
  return state;
}

/**
 * @param {Server} server
 * @param {Promise<unknown>} ended
 */
async function stop(server, ended) {
  // Kernels are in sessions of their own; if the server dies without ending them, this list finds them.
  const family = server.pid === undefined ? [] : descendants(server.pid);
  server.stdin.end();
  const inTime = await Promise.race([ended.then(() => true), sleep(stopLimit, false, { ref: false })]);
  if (!inTime) killTree(server, "SIGKILL");
  await ended;
  await endAll(family);
}
