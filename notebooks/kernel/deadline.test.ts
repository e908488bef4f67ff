import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { createBounds } from "./cells/bounds.ts";
import { createDeadline, readClock, setDeadline, watchDeadline } from "./deadline.ts";
import { createInterruptFlag, type InterruptFlag, leave, phase, set } from "./interrupt-flag.ts";

const phaseOf = (flag: InterruptFlag) => Atomics.load(flag, 0);

/** Another thread decides otherwise: the blow that is on its way does not come. */
function takeBack(flag: InterruptFlag): Worker {
  const code = `const { workerData: flag } = require("node:worker_threads");
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
Atomics.compareExchange(flag, 0, ${phase.cutting}, ${phase.running});`;
  return new Worker(code, { eval: true, workerData: flag });
}

test("a part that ends just after its blow was decided does not walk away from it, nor does a cell", async () => {
  const flag = createInterruptFlag();
  const { runBounded } = createBounds(flag, createDeadline(), () => {});
  set(flag, phase.running);
  const begin = takeBack(flag);
  const part = runBounded(60, async () => set(flag, phase.cutting)).then(() => phaseOf(flag));
  expect(await part).toBe(phase.running);
  await new Promise((resolve) => begin.once("exit", resolve));

  set(flag, phase.cutting);
  const other = takeBack(flag);
  leave(flag);
  expect(phaseOf(flag)).toBe(phase.idle);
  await new Promise((resolve) => other.once("exit", resolve));
  expect(phaseOf(flag)).toBe(phase.idle);
});

test("the other thread strikes a running cell whose time is past, and nothing else", async () => {
  const flag = createInterruptFlag();
  const deadline = createDeadline();
  const seen: number[] = [];
  let cuts = 0;
  const strike = async () => {
    seen.push(phaseOf(flag));
    setDeadline(deadline, Number.POSITIVE_INFINITY);
  };
  expect(setDeadline(deadline, readClock() + 1e6)).toBe(true);
  expect(setDeadline(deadline, readClock() + 1e6)).toBe(false);
  const watching = watchDeadline(deadline, flag, strike, () => cuts++);
  const looks = () => new Promise((resolve) => setTimeout(resolve, 200));
  set(flag, phase.running);
  await looks();
  expect(seen).toEqual([]);
  for (const spared of [phase.idle, phase.compiling, phase.asked, phase.terminating]) {
    set(flag, spared);
    setDeadline(deadline, readClock() - 1);
    await looks();
    expect(phaseOf(flag)).toBe(spared);
  }
  expect(seen).toEqual([]);
  set(flag, phase.running);
  await looks();
  expect([seen, cuts, phaseOf(flag)]).toEqual([[phase.cutting], 1, phase.cut]);
  // Nobody looks any more, and the next deadline says so.
  await watching;
  expect(setDeadline(deadline, readClock() + 1e6)).toBe(true);
}, 60_000);
