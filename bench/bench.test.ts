import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { engines, startEngine } from "./engines.ts";
import { writeJob } from "./job.ts";
import { peersPython } from "./peers.ts";
import { type EngineResult, median, type ReportLine } from "./result.ts";
import { tables } from "./table.ts";
import { runInTurns } from "./turns.ts";
import { qualityWorkloads, speedWorkloads, type Workload } from "./workloads.ts";

const missing = !existsSync(peersPython);
if (missing && !process.env.CI)
  console.log("skipped: no PyTorch and JAX to compare with; run: node bench/setup-peers.ts");

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

/**
 * How far losses may differ: the first is the same function of the same numbers; Adam's first steps then turn the
 * rounding of tiny gradients into steps of full length.
 */
const tolerance = (step: number) => (step === 0 ? 1e-5 : 2e-3);

describe.skipIf(missing && !process.env.CI)("every engine does the same work", () => {
  const small: Workload[] = speedWorkloads.map((workload) => ({
    ...{ ...workload, count: 64 },
    ...(workload.kind === "glow" ? { options: { ...workload.options, steps: 2, hidden: [8, 8] } } : {}),
  }));
  const names = ["flowlab compiled", "flowlab wasm", "PyTorch eager, 1 thread", "JAX jit"];

  test("first losses agree, and all measures are taken", { timeout: 300_000 }, async () => {
    const { folder, remove } = writeJob(small, { seconds: 0.01, rounds: 1, qualitySteps: 1 });
    const chosen = engines([1]).filter(({ name }) => names.includes(name));
    const all = await runInTurns(
      chosen.map((engine) => startEngine(engine, folder)),
      () => {},
      () => {},
    );
    remove();
    const [ours] = all;
    for (const { engine, lines, skipped } of all) {
      if (skipped?.startsWith("the backend")) continue;
      // 6 GB are not to be had everywhere; JAX alone is a check from outside as well.
      if (skipped?.includes("No module named 'torch'")) {
        console.log(`skipped: ${engine} is not installed; run: node bench/setup-peers.ts`);
        continue;
      }
      expect(skipped, engine).toBeUndefined();
      expect(lines.map(({ measure, reason }) => reason ?? measure).sort(), engine).toEqual([
        "about",
        ...Array(4).fill("logProb"),
        ...Array(4).fill("sample"),
        ...Array(8).fill("train"),
      ]);
      for (const { workload, losses } of lines.filter(({ losses }) => losses)) {
        const expected = ours.lines.find((line) => line.workload === workload && line.losses)?.losses ?? [];
        expect(losses).toHaveLength(5);
        losses?.forEach((loss, i) => {
          const difference = Math.abs(loss - expected[i]) / Math.max(1, Math.abs(expected[i]));
          expect(difference, `${engine}, ${workload}, step ${i + 1}`).toBeLessThan(tolerance(i));
        });
      }
    }
  });
});
