/**
 * The compiler sets a timer when a file that it watches changes, and another when a folder does in which it had looked for one. tslab,
 * which lets time pass only between cells, keeps one and throws at the second: after that no cell compiles any more. Here the compiler
 * may set any number, and tslab sees one.
 */

/** As the compiler calls them. */
export interface Timers {
  setTimeout(callback: (...args: unknown[]) => void, ms: number, ...args: unknown[]): unknown;
  clearTimeout(id: unknown): void;
}

/** @param tslab Keeps one timer, whose callback it calls before it compiles. */
export function mergeTimers(tslab: Timers): Timers {
  let waiting: { call(): void }[] = [];
  let one: unknown;
  let firing = false;

  function fire(): void {
    firing = true;
    try {
      // A callback may set the next one.
      for (let next = waiting.shift(); next; next = waiting.shift()) next.call();
    } finally {
      firing = false;
    }
  }

  return {
    setTimeout(callback, ms, ...args) {
      const timer = { call: () => callback(...args) };
      waiting.push(timer);
      if (waiting.length === 1 && !firing) one = tslab.setTimeout(fire, ms);
      return timer;
    },
    clearTimeout(id) {
      const left = waiting.filter((timer) => timer !== id);
      const isLast = waiting.length > 0 && left.length === 0;
      waiting = left;
      if (isLast && !firing) tslab.clearTimeout(one);
    },
  };
}
