import { createServer } from "node:net";
import { problem } from "../problem.js";

const usualPort = 8888;
const tries = 50;

/**
 * The port to serve on: the one asked for, else the first free one from 8888.
 *
 * @param {string | undefined} wanted
 * @param {boolean} browser Whether one is to be opened: what is proposed in place of the command asks for the same.
 * @throws a problem if the port asked for is not a port, or taken.
 */
export async function choosePort(wanted, browser) {
  /** @param {number | string} port */
  const command = (port) => `npm start -- ${browser ? "" : "--no-browser "}--port ${port}`;
  if (wanted !== undefined) return checkWanted(wanted, command);
  const port = await firstFree(usualPort);
  if (port !== undefined) return port;
  throw problem(
    `the ports ${usualPort} to ${usualPort + tries - 1} are all taken`,
    `end other servers, or choose a port: ${command("N")}`,
  );
}

/**
 * @param {string} text
 * @param {(port: number | string) => string} command
 */
async function checkWanted(text, command) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw problem(`--port expects a number from 1 to 65535; got ${text}`, `for example: ${command(8890)}`);
  }
  if (await isFree(port)) return port;
  const next = await firstFree(port + 1);
  throw problem(
    `port ${port} is taken by another program`,
    `use another one: ${command(next ?? (await firstFree(usualPort)) ?? "N")}`,
  );
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
