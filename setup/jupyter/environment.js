import { join } from "node:path";
import { stateFolder } from "../project.js";

const state = join(stateFolder, "jupyter");

/** What the running server writes: connection files, the list of running servers. */
export const runtimeFolder = join(state, "runtime");

/**
 * Of the server on this port: two may run at once.
 *
 * @param {number} port
 */
export const serverLog = (port) => join(state, `server-${port}.log`);

/**
 * Which notebooks lie open where, of the server on this port. Two servers that share the folder fail now and
 * then: each answers with an error as long as the other has only begun to write there.
 *
 * @param {number} port
 */
export const workspacesFolder = (port) => join(state, `workspaces-${port}`);

/**
 * Jupyter keeps its settings and its secrets in here instead of the home folder: what else the learner
 * does with Jupyter neither disturbs the course nor is disturbed by it.
 */
export const jupyterEnvironment = {
  JUPYTER_CONFIG_DIR: join(state, "config"),
  JUPYTER_DATA_DIR: join(state, "data"),
  JUPYTER_RUNTIME_DIR: runtimeFolder,
  JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
  JUPYTER_PREFER_ENV_PATH: "1",
};
