import { AsyncLocalStorage } from "node:async_hooks";
import { MessageChannel } from "node:worker_threads";

const due: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port2.on("message", () => due.shift()?.());

/**
 * Calls something in a turn of the event loop of its own, in the same asynchronous context.
 *
 * This is how a learner's code is started wherever the kernel has the choice, because the code may be
 * terminated, which takes the whole stack along. Ports get over that; Node's queue of immediates does not, if
 * it happens in its middle (it then fails on the same entry for ever).
 */
export function inOwnTurn(callback: () => void): void {
  due.push(AsyncLocalStorage.bind(callback));
  port1.postMessage(null);
}
