/**
 * The time that a child has had for itself, as against the time that has passed.
 *
 * A deadline by the clock on the wall fails honest work for what others do: while the judge reads somebody's answer nobody's timer
 * is stopped, and on a machine with more to do than processors every child gets a part of one. So two things are counted that
 * only the child decides:
 *
 *   computed: how long its main thread (the one that runs JavaScript) has been on a processor,
 *   waited:   how long it has been asleep of its own accord while it owed an answer: neither on a processor nor in the queue
 *             for one, and not while the judge itself was busy or in the queue.
 *
 * A loop uses up the first, a promise that nothing resolves the second, and one of the two always goes on: there is no way to
 * stay for ever. The kernel keeps both numbers for every thread, in nanoseconds (`schedstat`, CONFIG_SCHED_INFO, which every
 * distribution sets). Where it does not (macOS), everything that passes while an answer is owed counts as computed, less
 * what the judge's own thread has computed meanwhile.
 */

import { descendants, read } from "../sandbox/processes.ts";

/** Milliseconds since the last restart. */
export interface OwnTime {
  readonly computed: number;
  readonly waited: number;
}

export interface OwnClock {
  /** Begins again from nothing. */
  restart(): void;
  /** The child owes an answer. */
  startClock(): void;
  stopClock(): void;
  /** How long it has owed answers, by the clock on the wall: never less than its own time, and costs nothing to know. */
  wallTime(): number;
  /** Reads the kernel's numbers: a tenth of a millisecond. */
  read(): OwnTime;
}

/** @param heldUp For how long others have kept the child waiting until now, in milliseconds. */
export function ownClock(pid: number, heldUp: () => number = () => 0): OwnClock {
  let atStart = schedule(pid);
  let heldAtStart = heldUp();
  let judgeAtStart = judgesQueueing();
  let owed = 0;
  let judged = 0;
  let since: { readonly at: number; readonly judge: number } | undefined;

  const now = () => ({ at: performance.now(), judge: judgesComputing() });
  const settle = (): void => {
    if (!since) return;
    const { at, judge } = now();
    owed += at - since.at;
    judged += judge - since.judge;
    since = { at, judge };
  };

  return {
    restart() {
      atStart = schedule(pid);
      heldAtStart = heldUp();
      judgeAtStart = judgesQueueing();
      owed = 0;
      judged = 0;
      if (since) since = now();
    },
    startClock() {
      since = now();
    },
    stopClock() {
      settle();
      since = undefined;
    },
    wallTime() {
      settle();
      return owed;
    },
    read() {
      settle();
      const at = schedule(pid);
      if (!at || !atStart) return { computed: Math.max(0, owed - judged), waited: 0 };
      const computed = Math.max(0, at.running - atStart.running);
      const queued = Math.max(0, at.queueing - atStart.queueing);
      const others = judged + judgesQueueing() - judgeAtStart + heldUp() - heldAtStart;
      return { computed, waited: Math.max(0, owed - computed - queued - others) };
    },
  };
}

interface Schedule {
  /** Milliseconds on a processor, of the main threads of the child and of what it started. */
  readonly running: number;
  /** Milliseconds ready to run, in the queue for a processor. */
  readonly queueing: number;
}

/** Undefined where the kernel does not tell. */
function schedule(pid: number): Schedule | undefined {
  let known = false;
  let running = 0;
  let queueing = 0;
  for (const member of descendants(pid)) {
    const seen = schedstat(`/proc/${member}/schedstat`);
    if (!seen) continue;
    known = true;
    running += seen.running;
    queueing += seen.queueing;
  }
  return known ? { running, queueing } : undefined;
}

/** "nanoseconds running, nanoseconds in the queue, number of turns" */
function schedstat(path: string): Schedule | undefined {
  const [running, queueing] = read(path).split(" ").map(Number);
  if (running === undefined || queueing === undefined || Number.isNaN(running)) return undefined;
  return { running: running / 1e6, queueing: queueing / 1e6 };
}

function judgesQueueing(): number {
  return schedstat("/proc/thread-self/schedstat")?.queueing ?? 0;
}

function judgesComputing(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
