import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { fn, number, parameter } from "../harness/kinds.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { hasProc } from "../sandbox/processes.ts";
import { ownClock } from "./own-time.ts";
import { openSandboxedSession } from "./sandboxed.ts";

const withProc = needing("/proc", hasProc ? undefined : "only Linux has it");

const others: ChildProcess[] = [];
afterEach(() => {
  for (const child of others.splice(0)) child.kill("SIGKILL");
});

const pause = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds));

/** A program that first sleeps and then computes, as often as it is told. */
async function program(source: string): Promise<number> {
  // In a session of its own, as a sandbox is: Linux shares processors out by sessions.
  const child = spawn(process.execPath, ["-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  others.push(child);
  await new Promise((ready) => child.stdout.once("data", ready));
  return child.pid as number;
}

/** So many programs that compute without end. */
async function crowd(size: number): Promise<void> {
  await Promise.all(Array.from({ length: size }, () => program("console.log(1); for (;;);")));
}

/** Keeps this thread busy for so long, by its processor's time. */
function busy(milliseconds: number): void {
  const computed = () => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  };
  for (const start = computed(); computed() - start < 1000 * milliseconds; );
}

const session = (source: string) =>
  openSandboxedSession({
    source,
    exercise: { path: "00-test/answer", signatures: { f: fn([parameter("x", number)], number) } },
  });

/** Computes for x seconds of processor time, however long that takes. */
const COMPUTES = `
  const computed = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  export function f(x: number): number {
    let sum = 0;
    for (const start = computed(); computed() - start < x; ) for (let i = 1; i < 1e6; i++) sum += 1 / i;
    return sum > 0 ? x : -1;
  }`;

withProc.describe("a child's own time", () => {
  test("a loop computes, a sleeper waits, and neither does while it owes nothing", async () => {
    const loop = ownClock(await program("console.log(1); for (;;);"));
    const sleeper = ownClock(await program("console.log(1); setInterval(() => {}, 1e6);"));
    await pause(200);
    expect(sleeper.read()).toMatchObject({ waited: 0 });
    sleeper.startClock();
    // However long it takes on a busy machine: it ends when both have had what they need.
    while (loop.read().computed < 100 || sleeper.read().waited < 100) await pause(20);
    sleeper.stopClock();
    const owed = sleeper.wallTime();
    await pause(200);
    expect(sleeper.wallTime()).toBe(owed);
    const { computed, waited } = sleeper.read();
    expect(computed).toBeLessThan(50);
    expect(waited).toBeLessThanOrEqual(owed);
  });

  test("what it has used before a restart does not count", async () => {
    const clock = ownClock(await program("console.log(1); for (;;);"));
    await pause(300);
    clock.restart();
    expect(clock.read().computed).toBeLessThan(50);
  });

  test("nothing is waited for while the judge itself computes", async () => {
    const clock = ownClock(await program("console.log(1); setInterval(() => {}, 1e6);"));
    clock.startClock();
    busy(500);
    expect(clock.wallTime()).toBeGreaterThanOrEqual(500);
    expect(clock.read().waited).toBeLessThan(100);
  });

  test("in a crowd nobody waits: ready to run is not asleep", async () => {
    await crowd(6);
    const clock = ownClock(await program("console.log(1); for (;;);"));
    clock.startClock();
    await pause(1500);
    const { computed, waited } = clock.read();
    expect(computed).toBeLessThan(clock.wallTime());
    // The kernel tells of a wait in the queue when it is over; the last one may still be under way.
    expect(waited).toBeLessThan(300);
  });
});

withProc.describe("a deadline", () => {
  test("does not fail work that was done while the judge was busy", async () => {
    const { call, allow, close } = await session("export const f = (x: number) => x;");
    allow({ seconds: 0.2, answer: DEFAULT_ANSWER });
    const answer = call({ export: "f" }, [7]);
    await pause(0);
    busy(1000);
    expect(await answer).toBe(7);
    await close();
  });

  test("does not fail work that shares its processor with a crowd", async () => {
    const { call, allow, close } = await session(COMPUTES);
    await crowd(8);
    const started = performance.now();
    allow({ seconds: 1, answer: DEFAULT_ANSWER });
    expect(await call({ export: "f" }, [0.6])).toBe(0.6);
    // Otherwise it has proved nothing: by the clock on the wall it took longer than it may.
    if (performance.now() - started < 1000) console.log("this machine has processors for a crowd of eight");
    await close();
  });

  test("still comes, in a crowd too", async () => {
    const { call, allow, close } = await session(COMPUTES);
    await crowd(4);
    allow({ seconds: 0.3, answer: DEFAULT_ANSWER });
    await expect(call({ export: "f" }, [1e9])).rejects.toMatchObject({ trouble: "time" });
    await close();
  });
});
