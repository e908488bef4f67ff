import { createServer } from "node:net";
import { problem } from "../problem.js";

const usualPort = 8888;
const tries = 50;

/**
 * The port to serve on: the one asked for, else the first free one from 8888.
 *
 * @param {string} [wanted]
 * @throws a problem if the port asked for is not a port, or taken.
 */
export async function choosePort(wanted) {
  if (wanted !== undefined) return checkWanted(wanted);
  const port = await firstFree(usualPort);
  if (port !== undefined) return port;
  throw problem(
    `the ports ${usualPort} to ${usualPort + tries - 1} are all taken`,
    "end other servers, or choose a port: npm start -- --port N",
  );
}

/** @param {string} text */
async function checkWanted(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw problem(
      `--port expects a number from 1 to 65535; got ${text}`,
      "for example: npm start -- --port 8890",
    );
  }
  if (await isFree(port)) return port;
  const next = await firstFree(port + 1);
  throw problem(`port ${port} is taken by another program`, `use another one: npm start -- --port ${next}`);
}

/** @param {number} from */
async function firstFree(from) {
  for (let port = from; port < Math.min(from + tries, 65536); port++) if (await isFree(port)) return port;
  return undefined;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
