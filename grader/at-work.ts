/** A check that takes long says in the notebook what it is doing. Once it is done nothing is left of that. */

import { randomUUID } from "node:crypto";
import { type NotebookHost, notebookHost } from "flowlab/notebook";
import type { Session } from "./session.ts";

/** Most checks are done before somebody would wonder. */
const SAID_AFTER_MS = 400;
const SAID_AGAIN_AFTER_MS = 250;

export interface AtWork {
  /** What is done from now on. */
  now(doing: string): void;
  /**
   * The same session; while it is asked, the notebook is told.
   *
   * @param besides What this session is asked for, where that is something more.
   */
  watched(session: Session, besides?: string): Session;
  done(): void;
}

/** @param host Undefined outside of a notebook: then nobody is told. */
export function atWork(
  first: string,
  host: Pick<NotebookHost, "display"> | undefined = notebookHost(),
  clock: () => number = () => performance.now(),
): AtWork {
  const began = clock();
  const displayId = `check-${randomUUID()}`;
  let doing = first;
  let said: number | undefined;

  async function say(besides: string): Promise<void> {
    const time = clock();
    if (!host || time - (said ?? began + SAID_AFTER_MS - SAID_AGAIN_AFTER_MS) < SAID_AGAIN_AFTER_MS) return;
    const text = `${doing}${besides} … ${((time - began) / 1000).toFixed(1)} s`;
    host.display(
      { "text/html": `<span role="status" style="opacity:.75">${text}</span>`, "text/plain": text },
      { displayId, update: said !== undefined },
    );
    said = time;
    // The message leaves in a turn of the loop in which no learner's code computes.
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now(next) {
      doing = next;
    },
    watched: (session, besides = "") => ({
      get alive() {
        return session.alive;
      },
      allow: (allowance) => session.allow(allowance),
      async call(target, inputs) {
        await say(besides);
        return session.call(target, inputs);
      },
      close: () => session.close(),
    }),
    done() {
      if (said !== undefined)
        host?.display({ "text/html": "", "text/plain": "" }, { displayId, update: true });
    },
  };
}
