/** A check that takes long says in the notebook what it is doing. Once it is done nothing is left of that. */

import { type NotebookHost, notebookHost } from "flowlab/notebook";
import type { Session } from "../grading/session.ts";

export interface AtWork {
  /** What is done from now on. */
  now(doing: string): void;
  /**
   * The same session; the notebook is told what it is asked for.
   *
   * @param besides What that is, where it is something more.
   */
  watch(session: Session, besides?: string): Session;
  done(): void;
}

/** @param host Undefined outside of a notebook: then nobody is told. */
export function atWork(
  first: string,
  host: Pick<NotebookHost, "showBusy"> | undefined = notebookHost(),
): AtWork {
  const display = host?.showBusy?.(first);
  let doing = first;
  let said = first;

  function say(text: string): void {
    if (text !== said) display?.now(text);
    said = text;
  }

  return {
    now(next) {
      doing = next;
      say(next);
    },
    watch: (session, besides = "") => ({
      get alive() {
        return session.alive;
      },
      allow: (allowance) => session.allow(allowance),
      call(target, inputs) {
        say(`${doing}${besides}`);
        return session.call(target, inputs);
      },
      close: () => session.close(),
    }),
    done: () => display?.done(),
  };
}
