/** The backends that tests run on. One that does not start here is told, not left out: see `setup/testing/needs.ts`. */

import { type Needing, needing } from "../../setup/testing/needs.ts";
import { BACKENDS, type Backend } from "./load.ts";
import { engine, useBackend } from "./tf.ts";

/** All that start here, the fastest first. Call it where tests are declared: it declares one for each that is absent. */
export function everyBackend(): Backend[] {
  return started(BACKENDS);
}

/** The same without plain JavaScript, which computes as wasm does, only slower: the fast ones stand for it. */
export function fastBackends(): Backend[] {
  return started(BACKENDS.filter((backend) => backend !== "cpu"));
}

/** `describe` and `test` for what only one backend has. */
export function needingBackend(backend: Backend): Needing {
  return needing(`the backend ${backend}`, whyAbsent(backend));
}

/** The same for what only the backend has that is active from the start. */
export function needingActive(backend: Backend): Needing {
  const absent = engine.backend === backend ? undefined : `${engine.backend} is active (${engine.reason})`;
  return needing(`the backend ${backend}`, absent);
}

function started(backends: readonly Backend[]): Backend[] {
  return backends.filter((backend) => {
    needingBackend(backend);
    return whyAbsent(backend) === undefined;
  });
}

function whyAbsent(backend: Backend): string | undefined {
  const active = engine.backend as Backend;
  try {
    useBackend(backend);
    return undefined;
  } catch (error) {
    const [first] = (error as Error).message.split("\n");
    return `it does not start here (${first}); npm run doctor tells what is missing`;
  } finally {
    useBackend(active);
  }
}
