/**
 * When the other thread cuts off a part of a cell: a number that both threads see, so that setting it costs no message.
 *
 * The thread of the sockets looks at it now and then, as long as it is used. It decides in three steps: the flag goes from
 * running to cutting, it looks once more, and only then it strikes. The kernel first writes the number for what comes next
 * and then looks at the flag (awaitCut). One of the two always sees the other's: what has ended in time, or begins only now,
 * is not hit.
 */
import { setTimeout as delay } from "node:timers/promises";
import { advance, type InterruptFlag, phase } from "./interrupt-flag.ts";

/** The time, on the monotonic clock in ns, which is the same in all threads; 0 if there is none. Then, whether somebody looks. */
export type Deadline = BigInt64Array<SharedArrayBuffer>;

const [TIME, WATCHED] = [0, 1];

export function createDeadline(): Deadline {
  return new BigInt64Array(new SharedArrayBuffer(16));
}

/** Now, in ms, on the clock of the deadline. */
export const readClock = (): number => Number(process.hrtime.bigint()) / 1e6;

/**
 * Kernel's side: sets the time, in ms; none if it is infinite.
 *
 * @returns Whether the other side has to be told to look at it.
 */
export function setDeadline(deadline: Deadline, time: number): boolean {
  if (!Number.isFinite(time)) {
    Atomics.store(deadline, TIME, 0n);
    return false;
  }
  Atomics.store(deadline, TIME, BigInt(Math.ceil(time * 1e6)));
  return Atomics.exchange(deadline, WATCHED, 1n) === 0n;
}

const isSet = (deadline: Deadline) => Atomics.load(deadline, TIME) !== 0n;

function isPast(deadline: Deadline): boolean {
  const time = Atomics.load(deadline, TIME);
  return time !== 0n && process.hrtime.bigint() >= time;
}

/** Between two looks, ms, and after how many without a deadline nobody looks any more. */
const lookInterval = 40;
const idleLooks = 100;

/**
 * The other side: strikes whenever the time has come, until no deadline has been set for some seconds.
 *
 * @param strike Terminates what runs in the main thread; resolves once it is hit.
 * @param onCut Tells it.
 */
export async function watchDeadline(
  deadline: Deadline,
  flag: InterruptFlag,
  strike: () => Promise<void>,
  onCut: () => void,
): Promise<void> {
  let idle = 0;
  for (;;) {
    await delay(lookInterval);
    idle = isSet(deadline) ? 0 : idle + 1;
    if (idle > idleLooks) {
      Atomics.store(deadline, WATCHED, 0n);
      // Set between the two lines before: whoever changes it first goes on looking.
      if (!isSet(deadline) || Atomics.exchange(deadline, WATCHED, 1n) === 1n) return;
      idle = 0;
    }
    if (!isPast(deadline) || !advance(flag, phase.running, phase.cutting)) continue;
    if (!isPast(deadline)) {
      advance(flag, phase.cutting, phase.running);
      continue;
    }
    await strike();
    if (advance(flag, phase.cutting, phase.cut)) onCut();
  }
}
