// npm start [-- --no-browser] [--port N]: JupyterLab with the course, until Ctrl-C.
import { parseArgs } from "node:util";
import { choosePort } from "./jupyter/port.js";
import { serveJupyterLab } from "./jupyter/server.js";
import { describeProblem } from "./problem.js";

const usage = "usage: npm start -- [--no-browser] [--port N]";

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { "no-browser": { type: "boolean", default: false }, port: { type: "string" } },
    });
    return { browser: !values["no-browser"], wantedPort: values.port };
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

try {
  const { browser, wantedPort } = readOptions();
  process.exitCode = await serveJupyterLab({ browser, port: await choosePort(wantedPort) });
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}
