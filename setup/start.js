// npm start [-- --no-browser] [--port N]: JupyterLab with the course, until Ctrl-C.
import { parseArgs } from "node:util";
import { choosePort } from "./jupyter/port.js";
import { serveJupyterLab } from "./jupyter/server.js";
import { acquireLock } from "./lock.js";
import { describeProblem } from "./problem.js";

const usage = "usage: npm start -- [--no-browser] [--port N]";

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { "no-browser": { type: "boolean", default: false }, port: { type: "string" } },
    });
    return { browser: !values["no-browser"], wantedPort: values.port };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

try {
  const { browser, wantedPort } = readOptions();
  // A port that is free is taken only some seconds later: of two that start at once, the second one looks after that.
  const release = await acquireLock("start");
  try {
    const port = await choosePort(wantedPort, browser);
    process.exitCode = await serveJupyterLab({ browser, port, onceListening: release });
  } finally {
    release();
  }
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}
