import { createServer } from "node:net";
import { expect, test } from "vitest";
import { choosePort } from "./jupyter/port.js";

/** @param {Promise<unknown>} chosen */
const remedyOf = (chosen) =>
  chosen.then(
    () => "",
    (error) => /** @type {{ remedy: string }} */ (error).remedy,
  );

/** @param {number} port */
async function take(port) {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen({ port, host: "127.0.0.1" }, () => resolve(undefined));
  });
  return server;
}

test("what is proposed in place of a command keeps its options", async () => {
  const server = await take(0);
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    expect(await remedyOf(choosePort(String(port), false))).toMatch(/npm start -- --no-browser --port \d+$/);
    expect(await remedyOf(choosePort(String(port), true))).toMatch(/npm start -- --port \d+$/);
  } finally {
    server.close();
  }
  expect(await remedyOf(choosePort("eighty", false))).toMatch(/npm start -- --no-browser --port 8890$/);
});

test("the last port of all, taken, is no reason to propose one that there is not", async () => {
  const server = await take(65_535).catch(() => undefined);
  try {
    expect(await remedyOf(choosePort("65535", true))).toMatch(/--port (?!65535)(\d+|N)$/);
  } finally {
    server?.close();
  }
});
