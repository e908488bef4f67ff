/** Entry point of the kernel: `node main.ts <connection file>`, as kernel.json starts it. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";
import path from "node:path";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { createDeadline } from "./deadline.ts";
import { createInterruptFlag } from "./interrupt-flag.ts";
import { createKernel } from "./kernel.ts";
import type { SocketsData, ToSockets } from "./protocol/sockets.ts";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  console.error(
    "Usage: node notebooks/kernel/main.ts <connection file>. Jupyter starts this; run npm start.",
  );
  process.exit(2);
}

// The compiler is 8 MB of JavaScript: V8 need not compile that again at every start.
enableCompileCache(path.join(import.meta.dirname, "..", "..", ".setup", "compile-cache"));

const flag = createInterruptFlag();
const deadline = createDeadline();
const workerData: SocketsData = {
  connection: JSON.parse(readFileSync(connectionFile, "utf8")),
  flag,
  deadline,
  session: randomUUID(),
};
// First of all, so that Jupyter gets an answer while the compiler is still being loaded.
const sockets = new Worker(new URL("./protocol/sockets.ts", import.meta.url), { workerData });
sockets.on("error", (error) => {
  console.error(`flowlab kernel: ${error.message}`);
  process.exit(1);
});

const kernel = createKernel((message: ToSockets) => sockets.postMessage(message), flag, deadline);
sockets.on("message", kernel.receive);

/** Between two looks at whether a running cell has ended, ms. */
const pause = 300;

// Ahead of time and step by step, so that a first cell finds everything loaded and waits for one step at most.
for (const step of kernel.warmUp) {
  await nextTurn();
  while (kernel.isBusy) await delay(pause);
  try {
    step();
  } catch {
    // Not built yet, or not installed: the cell that imports it says so.
  }
}
flushCompileCache();
