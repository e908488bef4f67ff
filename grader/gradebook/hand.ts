/**
 * What one of several that grade has taken and not ended: answers in the class's order, so that several of one person come one after
 * another and can share a room.
 */

import { type Attempt, type Queue, StaleAttempt } from "./queue.ts";

export interface Hand {
  /** Takes these; until each has its turn, it says for them that they are not forgotten. */
  hold(attempts: readonly Attempt[]): void;
  /** The next to be graded; undefined if the hand is empty. From now on the taker gives the signs of life. */
  next(): Attempt | undefined;
  /** The person of an attempt, the same object as long as attempts of that person follow. */
  personOf(attempt: Attempt): object;
  /** The person of the last attempt if no more of hers follow here, once. */
  left(): object | undefined;
  /** Empties the hand. @returns What has not had its turn. */
  drop(): readonly Attempt[];
}

export function openHand(queue: Queue): Hand {
  let held: Attempt[] = [];
  let timer: NodeJS.Timeout | undefined;
  let person: { readonly key: string; readonly object: object } | undefined;
  const keyOf = ({ data: { run, index } }: Attempt): string => `${run}:${index}`;
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const touchAll = (): void => {
    for (const attempt of held)
      queue.touch(attempt).catch((error) => {
        // Somebody else has it by now. That the server is away for once says nothing.
        if (error instanceof StaleAttempt) held = held.filter((other) => other !== attempt);
      });
  };
  return {
    hold(attempts) {
      // Taken together, they come in any order.
      held.push(...[...attempts].sort((a, b) => a.data.index - b.data.index));
      if (held.length > 0) timer ??= setInterval(touchAll, (queue.heartbeatSeconds * 1000) / 4);
    },
    next() {
      const attempt = held.shift();
      if (held.length === 0) rest();
      return attempt;
    },
    personOf(attempt) {
      const key = keyOf(attempt);
      if (person?.key !== key) person = { key, object: {} };
      return person.object;
    },
    left() {
      if (!person || held.some((attempt) => keyOf(attempt) === person?.key)) return undefined;
      const { object } = person;
      person = undefined;
      return object;
    },
    drop() {
      rest();
      const untouched = held;
      held = [];
      return untouched;
    },
  };
}
