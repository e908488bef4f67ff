import { expect, test } from "vitest";
import { needingSandbox } from "../../grader/sandbox/tiers.fixture.ts";
import { mix } from "./class.ts";
import { measureRun } from "./judged.ts";
import { judgeTable } from "./table.ts";
import { meterTurns } from "./turn-meter.ts";

const sandboxed = await needingSandbox();

sandboxed.test(
  "hostile submissions beside honest ones, 8 at a time: no turn of 50 ms, everybody gets what they deserve",
  { timeout: 300_000 },
  async () => {
    const run = await measureRun({ jobs: 8, kind: "", seed: "test", copies: 0, each: 3 });
    expect(run.hostile).toBeGreaterThanOrEqual(8);
    expect(run.honest).toBeGreaterThan(15);
    expect(run.amiss).toEqual([]);
    expect(run.longestMs).toBeLessThanOrEqual(50);
    expect(run.peakMB).toBeLessThan(600);
  },
);

sandboxed.test(
  "printing a byte at a time does not keep the judge busy for as long as it goes on",
  { timeout: 300_000 },
  async () => {
    const run = await measureRun({
      ...{ jobs: 2, kind: "prints-single-bytes.ts", seed: "test", copies: 4 },
      alone: true,
    });
    expect(run.hostile).toBe(4);
    expect(run.amiss).toEqual([]);
    // They may compute for eight seconds in all; listening to every byte costs the judge five.
    expect(run.processorMs).toBeLessThan(3000);
  },
);

test("the meter sees a long turn, by its processor time and not by the clock", async () => {
  const work = (milliseconds: number) => {
    const computed = () => process.threadCpuUsage().user + process.threadCpuUsage().system;
    for (const start = computed(); computed() - start < 1000 * milliseconds; );
  };
  const stop = meterTurns();
  for (let i = 0; i < 10; i++) {
    work(10);
    await new Promise((next) => setTimeout(next, 5));
  }
  setTimeout(() => work(80), 1);
  await new Promise((next) => setTimeout(next, 10));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  const { longestMs, processorMs } = stop();
  expect(longestMs).toBeGreaterThanOrEqual(80);
  expect(longestMs).toBeLessThan(170);
  expect(processorMs).toBeGreaterThanOrEqual(180);
});

test("two lists are spread evenly into one", () => {
  expect(mix(["1", "2", "3", "4"], ["a", "b"]).join("")).toBe("1a23b4");
  expect(mix([], ["a"])).toEqual(["a"]);
});

test("the table shows the worst of the runs, and who got something else", () => {
  const turns = { longestMs: 7, processorMs: 100, peakMB: 120, amiss: [], honest: 3, hostile: 4 };
  const table = judgeTable([
    { title: "all", jobs: 2, run: turns },
    { title: "all", jobs: 2, run: { ...turns, longestMs: 9.04, amiss: ["right.ts: 2 of 3 points"] } },
    { title: "all", jobs: 8, run: turns },
  ]);
  expect(table.split("\n").slice(2)).toEqual([
    "| all | 2 | 2 | 3 + 4 | 9.0 ms | 120 MB | not as deserved in 1 |",
    "| all | 8 | 1 | 3 + 4 | 7.0 ms | 120 MB | all as deserved |",
    "",
    "- 2 jobs: right.ts: 2 of 3 points",
    "",
  ]);
});
