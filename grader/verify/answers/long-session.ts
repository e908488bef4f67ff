/** Right answers to hundreds of thousands of calls, more than one session has room for. */

import type { Session } from "../../grading/session.ts";
import type { Signatures } from "../../harness/kinds.ts";

/** A session holds 10,000 objects at most, each for as long as it lives. */
const MOST = 5000;

/**
 * A session that goes on in another one when it is full; objects have places that count on.
 *
 * @param remembers How many of the last objects can be asked, at least; all, unless told.
 */
export async function longSession(
  open: () => Promise<Session>,
  signatures: Signatures,
  remembers = Number.POSITIVE_INFINITY,
): Promise<Session> {
  let current = await open();
  const sessions = [current];
  const objects = new Map<number, { readonly session: Session; readonly place: number }>();
  let count = 0;

  async function goOn(): Promise<void> {
    current = await open();
    sessions.push(current);
    if (count < remembers) return;
    for (const [place] of objects) if (place < count - remembers) objects.delete(place);
    sessions.splice(0, sessions.length - 2);
  }

  return {
    ...current,
    allow(allowance) {
      for (const session of sessions) session.allow(allowance);
    },
    async call(target, inputs) {
      if ("object" in target) {
        const made = objects.get(target.object);
        if (!made) throw new Error(`longSession: object ${target.object} is not remembered`);
        return made.session.call({ object: made.place, method: target.method }, inputs);
      }
      if (signatures[target.export]?.returns.kind !== "object") return current.call(target, inputs);
      if (count > 0 && count % MOST === 0) await goOn();
      const session = current;
      const place = await session.call(target, inputs);
      const own = count++;
      objects.set(own, { session, place: place as number });
      return own;
    },
  };
}
