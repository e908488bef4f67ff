/** A debugger on the process that answers for a learner: only where there is no sandbox, which would let nobody in. */

/**
 * The port of `FLOWLAB_INSPECT`, on which the process without a sandbox waits for a debugger before it does anything.
 *
 * @throws RangeError if it is no port.
 */
export function inspectorPort(text = process.env.FLOWLAB_INSPECT): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new RangeError(`FLOWLAB_INSPECT expects a port from 1 to 65535, such as 9230; got ${text}`);
}
