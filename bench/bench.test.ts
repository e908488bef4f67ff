import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { needing, tellAbsent } from "../setup/testing/needs.ts";
import { type Engine, engines, startEngine } from "./engines.ts";
import { writeJob } from "./job.ts";
import { peersPython } from "./peers.ts";
import { type EngineResult, median, type ReportLine } from "./result.ts";
import { tables } from "./table.ts";
import { runInTurns } from "./turns.ts";
import { qualityWorkloads, speedWorkloads, type Workload } from "./workloads.ts";

const beside = needing(
  "PyTorch and JAX to compare with",
  existsSync(peersPython) ? undefined : "run: node bench/setup-peers.ts",
);

test("the median of an odd and of an even number of values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

describe("the tables", () => {
  const [workload] = speedWorkloads;
  const [toy] = qualityWorkloads;
  const result = (engine: string, lines: ReportLine[], skipped?: string): EngineResult => ({
    ...{ engine, lines },
    ...(skipped !== undefined && { skipped }),
  });
  const train = (rounds: number[][], losses: number[]): ReportLine[] => [
    { workload: workload.name, measure: "train", losses, firstMs: 120 },
    ...rounds.map((ms): ReportLine => ({ workload: workload.name, measure: "train", ms })),
  ];
  const text = tables(
    [workload, toy],
    [
      result("ours", [
        ...train([[2, 1, 3], [2], [8]], [2, 1]),
        { workload: toy.name, measure: "quality", loss: 1.25, seconds: 4 },
      ]),
      result("theirs", train([[5, 5, 9], [5], [24]], [2, 1.01])),
      result("broken", [{ workload: workload.name, measure: "failed", reason: "out of memory" }]),
      result("absent", [], "not installed"),
    ],
  );

  test("give medians with the median ratio of the rounds, and a dash where there is none", () => {
    expect(text).toMatch(/RealNVP \(256\) +\| +2\.00 \| +5\.00 \(2\.50×\) \| +– \| +– \|/);
  });

  test("tell whether the engines did the same work", () => {
    expect(text).toMatch(/RealNVP +\| +1\.0e-2 \| +– \| +– \|/);
  });

  test("give the gap to the entropy", () => {
    expect(text).toContain("0.2424 in 4.0 s");
  });

  test("name what is missing and what failed", () => {
    expect(text).toMatch(/absent +\|.*not installed/);
    expect(text).toContain("- broken, RealNVP: out of memory");
  });
});

const nothing = () => {};

describe("engines in turn", () => {
  /** A program that reports what it was told, one line for each turn. */
  const engineOf = (name: string, script: string): Engine => ({
    ...{ name, threads: 1, command: [process.execPath, "-e", script] },
  });
  const counting = (turns: number, end = "") => `
    const { createInterface } = require("node:readline");
    const say = (line) => console.log(JSON.stringify(line));
    (async () => {
      const permits = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
      for (let turn = 0; turn < ${turns}; turn++) {
        say({ measure: "train", workload: "w", ms: [turn] });
        say({ measure: "turn" });
        await permits.next();
      }
      ${end}
      process.exit(0);
    })();`;

  test("each works only when the one before has given the turn back", async () => {
    const order: string[] = [];
    const started = ["a", "b"].map((name) => startEngine(engineOf(name, counting(2)), ["."], "w"));
    const results = await runInTurns(
      started,
      (engine) => order.push(engine),
      (round) => order.push(`round of ${round.length}`),
    );
    expect(order.slice(0, 6)).toEqual(["a", "b", "round of 2", "a", "b", "round of 2"]);
    expect(results.map(({ lines }) => lines.map(({ ms }) => ms))).toEqual([
      [[0], [1]],
      [[0], [1]],
    ]);
  });

  test("one that breaks off is named, and the others go on", async () => {
    const broken = engineOf("broken", counting(1, "throw new Error('no memory left');"));
    const silent = engineOf("silent", "throw new Error('No module named x')");
    const engines = [broken, engineOf("whole", counting(3)), silent];
    const results = await runInTurns(
      engines.map((engine) => startEngine(engine, ["."], "w")),
      nothing,
      nothing,
    );
    expect(results.map(({ lines }) => lines.length)).toEqual([2, 3, 0]);
    expect(results[0].lines[1]).toMatchObject({ measure: "failed", workload: "w" });
    expect(results[0].skipped).toBeUndefined();
    expect(results[2].skipped).toMatch(/^ended with 1: .*No module named x/);
  });
});

/**
 * How far losses may differ: the first is the same function of the same numbers; Adam's first steps then turn the
 * rounding of tiny gradients into steps of full length.
 */
const tolerance = (step: number) => (step === 0 ? 1e-5 : 2e-3);

beside.describe("every engine does the same work", () => {
  const names = ["flowlab compiled", "flowlab wasm", "PyTorch eager, 1 thread", "JAX jit"];
  const chosen = engines([1]).filter(({ name }) => names.includes(name));
  // What only a library has is compared with it by time alone: it starts from weights of its own.
  const common = speedWorkloads.filter((workload) => chosen.every(({ has }) => has?.(workload) ?? true));
  const small: Workload[] = common.map((workload) => ({
    ...{ ...workload, count: 64 },
    ...(workload.kind === "glow" ? { options: { ...workload.options, steps: 2, hidden: [8, 8] } } : {}),
  }));

  let all: EngineResult[];
  beforeAll(async () => {
    const options = { seconds: 0.01, rounds: 2, qualitySteps: 1 };
    const [first, ...others] = small.map((workload) => writeJob(workload, options));
    // Each program once for all of them: they take longer to start than for the work.
    const folders = [first.folder, ...others.map(({ folder }) => folder)] as const;
    const started = chosen.map((engine) => startEngine(engine, folders, "one of them"));
    all = await runInTurns(started, nothing, nothing);
    for (const { remove } of [first, ...others]) remove();
  }, 600_000);

  test.for(names)("%s: first losses agree, and all measures are taken", (name, context) => {
    const [ours] = all;
    const { engine, lines, skipped } = all.find((one) => one.engine === name)!;
    if (skipped?.startsWith("the backend")) tellAbsent(context, name, skipped);
    // 6 GB are not to be had everywhere.
    if (skipped?.includes("No module named 'torch'"))
      tellAbsent(context, name, "it is not installed; run: node bench/setup-peers.ts");
    expect(skipped, engine).toBeUndefined();
    const times = { logProb: 2, sample: 2, train: 3 };
    const expected = small.flatMap(({ measures }) =>
      measures.flatMap((what) => Array(times[what as keyof typeof times]).fill(what)),
    );
    expect(lines.map(({ measure, reason }) => reason ?? measure).sort(), engine).toEqual(
      ["about", ...expected].sort(),
    );
    for (const { workload, losses } of lines.filter(({ losses }) => losses)) {
      const expected = ours.lines.find((line) => line.workload === workload && line.losses)?.losses ?? [];
      expect(losses).toHaveLength(5);
      losses?.forEach((loss, i) => {
        const difference = Math.abs(loss - expected[i]) / Math.max(1, Math.abs(expected[i]));
        expect(difference, `${engine}, ${workload}, step ${i + 1}`).toBeLessThan(tolerance(i));
      });
    }
  });
});
