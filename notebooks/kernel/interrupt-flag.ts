/**
 * The agreement between the thread that runs cells and the one that may interrupt it.
 *
 * Terminating JavaScript from outside hits whatever runs at that moment. The flag makes sure that this is
 * always a cell and never the kernel itself: only a running cell can be terminated, and a cell that ends
 * after its termination was decided waits for the blow instead of walking away from it.
 *
 * idle → compiling → running → idle, with an interrupt
 * compiling → stopped (the compiled cell is not started), running → asked → terminating, and where a part of
 * the cell has used up its time (bounds.ts)
 * running → cutting (the blow is on its way) → cut (it has hit) → running.
 */
export const phase = {
  idle: 0,
  compiling: 1,
  stopped: 2,
  running: 3,
  asked: 4,
  terminating: 5,
  cutting: 6,
  cut: 7,
} as const;
type Phase = (typeof phase)[keyof typeof phase];

export type InterruptFlag = Int32Array<SharedArrayBuffer>;

export function createInterruptFlag(): InterruptFlag {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** A cell that reaches the event loop within this time, in ms, stops by itself; a busier one is terminated. */
const usualPatience = 150;

/** Kernel's side: how long a running cell may take to notice an interrupt, in ms; the usual time if left out. */
export function setPatience(flag: InterruptFlag, patience = 0): void {
  Atomics.store(flag, 1, patience);
}

/** The other side: how long to wait before the cell is terminated, in ms. */
export function patienceOf(flag: InterruptFlag): number {
  return Atomics.load(flag, 1) || usualPatience;
}

/** Moves the flag from one phase to another; false if it was not in the first. */
export function advance(flag: InterruptFlag, from: Phase, to: Phase): boolean {
  return Atomics.compareExchange(flag, 0, from, to) === from;
}

/** Kernel's side: a cell begins (compiling), or nothing of it is left to interrupt (idle). */
export function set(flag: InterruptFlag, to: Phase): void {
  Atomics.store(flag, 0, to);
}

/** How long the kernel waits for a blow, in ms: should it not come, it goes on. */
const blowPatience = 2000;

/** Spins while the flag is in this phase, and so never returns if a termination is on its way. */
function awaitBlow(flag: InterruptFlag, during: Phase): void {
  const deadline = performance.now() + blowPatience;
  while (Atomics.load(flag, 0) === during && performance.now() < deadline);
}

/**
 * Kernel's side: a cell ends by itself. If its termination is on the way, this spins until it is hit, and so
 * never returns. Should the blow not come, it gives up after some time.
 */
export function leave(flag: InterruptFlag): void {
  const isLeft = () => advance(flag, phase.running, phase.idle) || advance(flag, phase.asked, phase.idle);
  do awaitCut(flag);
  while (!isLeft() && Atomics.load(flag, 0) === phase.cutting);
  awaitBlow(flag, phase.terminating);
  set(flag, phase.idle);
}

/** Kernel's side: the same for what must not be hit in place of a part of the cell. */
export function awaitCut(flag: InterruptFlag): void {
  awaitBlow(flag, phase.cutting);
  advance(flag, phase.cutting, phase.running);
}
