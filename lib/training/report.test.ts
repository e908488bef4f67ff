import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { affine } from "../bijections/elementwise/affine.ts";
import { standardNormal } from "../distributions/normal.ts";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { flow } from "../flows/flow.ts";
import { hostKey } from "../ground/notebook/notebook-host.ts";
import { trainingDisplay } from "../notebook/training-display.ts";
import { random } from "../random/random.ts";
import { type FitOptions, type FitProgress, fit } from "./fit.ts";

interface Shown {
  readonly data: Record<string, unknown>;
  readonly options: { displayId?: string };
}

const globals = globalThis as Record<symbol, unknown>;
const data = random(1).normal(300, 3, 2);
const held = random(2).normal(50, 3, 2);
const made = () => flow(standardNormal(), affine());

let folder: string;
let shown: Shown[];
beforeEach(() => {
  useBackend(availableBackends()[0]);
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
  shown = [];
  const publish = (data: Record<string, unknown>, options = {}) => void shown.push({ data, options });
  globals[hostKey] = { cellId: "cell", executionCount: 1, display: publish };
});
afterEach(() => {
  delete globals[hostKey];
  rmSync(folder, { recursive: true });
});

/** Trains with a display that also keeps the reports. */
async function watched(options: FitOptions & { steps: number }, model = made()) {
  const reports: FitProgress[] = [];
  const shows = trainingDisplay({ steps: options.steps });
  const onProgress = (report: FitProgress) => {
    reports.push(report);
    shows(report);
  };
  const history = await fit(model, data, { ...options, onProgress }).catch(() => undefined);
  const live = shown.filter(({ options }) => options.displayId !== undefined);
  const final = shown.filter(({ options }) => options.displayId === undefined);
  return { reports, history, bar: String(live.at(-1)?.data["text/plain"]), final };
}

const all = (reports: readonly FitProgress[]) => reports.flatMap(({ recent }) => recent.loss);
const evaluations = (reports: readonly FitProgress[]) => reports.flatMap(({ recent }) => recent.validation);
const outcomes = (reports: readonly FitProgress[]) => reports.map(({ outcome }) => outcome);

describe("the display of a real training", () => {
  test("has the loss of each step and each evaluation at the end, however few reports there were", async () => {
    const steps = 2000;
    const { reports, history, bar, final } = await watched({
      steps,
      batchSize: 64,
      validation: held,
      validateEvery: 3,
    });
    expect(reports.length).toBeLessThan(steps / 4);
    expect(all(reports)).toEqual(history?.loss);
    expect(evaluations(reports)).toEqual(history?.validation);
    expect(
      outcomes(reports)
        .slice(0, -1)
        .every((outcome) => outcome === undefined),
    ).toBe(true);
    expect(reports.at(-1)).toMatchObject({
      step: steps,
      steps,
      outcome: "finished",
      loss: history?.loss.at(-1),
    });
    expect(bar).toMatch(/2,000 \/ 2,000 · negative log-likelihood .* nats · held-out .* · in /);
    expect(bar).not.toMatch(/left|stopped|aborted/);
    expect(final.map((one) => one.data["text/plain"])).toEqual([
      expect.stringMatching(/Loss curve: 2000 values/),
    ]);
  });

  test("ends where a training stops early", async () => {
    const { reports, history, bar, final } = await watched({
      steps: 3000,
      learningRate: 0.1,
      schedule: "constant",
      validation: held,
      validateEvery: 5,
      patience: 3,
    });
    const count = history?.loss.length ?? 0;
    expect([history?.outcome, count % 5, count < 3000]).toEqual(["stopped", 0, true]);
    expect(all(reports)).toEqual(history?.loss);
    expect(outcomes(reports).at(-1)).toBe("stopped");
    expect(bar).toMatch(new RegExp(`${count.toLocaleString("en")} / 3,000 .* · stopped early · in `));
    expect(final.map((one) => one.data["text/plain"])).toEqual([
      expect.stringMatching(`Loss curve: ${count} values`),
    ]);
  });

  test("ends where a training is aborted, and goes on with all that was before", async () => {
    const stop = new AbortController();
    let steps = 0;
    // Aborted in the ninth step, which is done to its end: a report, of which a fast training makes one, would be late.
    const perturb = (batch: tf.Tensor) => {
      if (++steps === 9) stop.abort();
      return batch;
    };
    const options = { steps: 400, checkpoint: join(folder, "file"), perturb };
    const first = await watched({ ...options, signal: stop.signal });
    expect([first.history?.outcome, outcomes(first.reports).at(-1)]).toEqual(["aborted", "aborted"]);
    expect(first.history?.loss).toHaveLength(9);
    expect(all(first.reports)).toEqual(first.history?.loss);
    expect(first.bar).toMatch(/9 \/ 400 .* · aborted · in /);
    expect(first.final).toHaveLength(1);
    shown = [];
    const second = await watched(options);
    expect(second.reports[0].recent.loss).toHaveLength(10);
    expect(all(second.reports)).toEqual(second.history?.loss);
    expect(second.final.map((one) => one.data["text/plain"])).toEqual([
      expect.stringMatching("Loss curve: 400 values"),
    ]);
  });

  test("ends where a training fails, with the losses before", async () => {
    const model = made();
    const perturb = (batch: tf.Tensor) => tf.mul(batch, ++seen < 8 ? 1 : Number.NaN);
    let seen = 0;
    const { reports, history, bar, final } = await watched({ steps: 400, perturb }, model);
    expect([history, outcomes(reports).at(-1), all(reports).length]).toEqual([undefined, "failed", 7]);
    expect(bar).toMatch(/7 \/ 400 .* · failed · in /);
    expect(final).toHaveLength(1);
  });

  test("ends before the first step, if the signal has been aborted by then", async () => {
    const stop = new AbortController();
    stop.abort();
    const { reports, bar, final } = await watched({ steps: 5, signal: stop.signal });
    expect(reports).toEqual([
      expect.objectContaining({
        step: 0,
        loss: Number.NaN,
        outcome: "aborted",
        recent: { loss: [], validation: [] },
      }),
    ]);
    expect(bar).toMatch(/0 \/ 5 · aborted · in /);
    expect(final).toEqual([]);
  });
});

test("at the last report the flow has the parameters that it keeps", async () => {
  const model = made();
  const at: (number | undefined)[][] = [];
  await fit(model, data, {
    steps: 30,
    learningRate: 0.1,
    validation: [20, -20],
    onProgress: ({ outcome }) =>
      void at.push([outcome && 1, tf.mean(model.logProb([20, -20])).dataSync()[0]]),
  });
  expect(at.at(-1)).toEqual([1, tf.mean(model.logProb([20, -20])).dataSync()[0]]);
});
