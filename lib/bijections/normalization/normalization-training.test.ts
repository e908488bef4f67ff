import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { type Flow, flow } from "../../flows/flow.ts";
import { realNVP } from "../../flows/real-nvp.ts";
import { loadFlow, saveFlow } from "../../serialize/flow-file.ts";
import { batches } from "../../training/data/batches.ts";
import { type FitOptions, fit } from "../../training/fit.ts";
import type { Bijection } from "../bijection.ts";
import { chain } from "../composition/chain.ts";
import { actNorm } from "./act-norm.ts";
import { batchNorm } from "./batch-norm.ts";

/** Each stands next to the data, so that its statistics are those of the batches, whatever the couplings learn. */
const NORMALIZATIONS: Record<string, () => Bijection> = {
  batchNorm: () => batchNorm({ dimensions: 2, momentum: 0.9 }),
  actNorm: () => actNorm({ dimensions: 2 }),
};

const ROWS = Array.from({ length: 100 }, (_, i) => [
  5 + 3 * Math.cos(i),
  -20 + 0.1 * Math.sin(3 * i) + i / 50,
]);
const OPTIONS = { steps: 25, batchSize: 32, learningRate: 0.01, clipNorm: 5, seed: 4 } satisfies FitOptions;

const numbers = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => Array.from(tensor.dataSync()));
const learned = ({ variables, state }: Flow) => [numbers(variables), numbers(state)];
const densities = (model: Flow, x: tf.TensorLike = ROWS) => Array.from(model.logProb(x).dataSync());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each(Object.entries(NORMALIZATIONS))("a flow with %s", (name, create) => {
  const made = () =>
    flow(standardNormal([2]), chain([realNVP({ dimensions: 2, layers: 2, hidden: [8], seed: 3 }), create()]));

  describe.each(fastBackends())("on %s", (backend) => {
    beforeEach(() => {
      useBackend(backend);
      tf.engine().startScope();
    });
    afterEach(() => tf.engine().endScope());

    test("trains with the same losses, parameters and statistics, compiled or not", async () => {
      const runs = [];
      for (const compile of [true, false]) {
        const model = made();
        const before = learned(model);
        const { loss, validation, compiled } = await fit(model, ROWS, {
          ...OPTIONS,
          compile,
          validation: ROWS.slice(0, 40),
        });
        expect(compiled.mode).toBe(compile && backend === "tensorflow" ? "graph" : "eager");
        learned(model).forEach((now, kind) => void expect(now).not.toEqual(before[kind]));
        runs.push([loss, validation, ...learned(model)]);
      }
      expect(runs[0]).toEqual(runs[1]);
    });

    test("keeps its statistics while densities are evaluated, also between the steps", async () => {
      const [plain, judged] = [made(), made()];
      await fit(plain, ROWS, OPTIONS);
      const far = ROWS.map(([x, y]) => [9 * x, 9 * y]);
      await fit(judged, ROWS, { ...OPTIONS, validation: far, validateEvery: 1, keep: "last" });
      expect(learned(judged)).toEqual(learned(plain));
      const before = learned(plain);
      // Long enough for the density to become a graph.
      for (let i = 0; i < 20; i++) {
        // Batches of other sizes are multiplied in another order: the same but for rounding.
        expect(densities(plain, [ROWS[3], far[i]])[0]).toBeCloseTo(densities(plain)[3], 4);
      }
      plain.sample(50, 1);
      expect(learned(plain)).toEqual(before);
    });

    test("is evaluated with the statistics of the moment, not with those of the recorded call", async () => {
      const model = made();
      for (let i = 0; i < 20; i++) densities(model);
      await fit(model, ROWS, OPTIONS);
      const after = densities(model);
      saveFlow(model, join(folder, "flow"));
      expect(densities(loadFlow(join(folder, "flow")))).toEqual(after);
    });

    test("goes on from a file as if it had not been saved", async () => {
      const model = made();
      await fit(model, ROWS, OPTIONS);
      saveFlow(model, join(folder, "flow"));
      const loaded = loadFlow(join(folder, "flow"));
      expect(learned(loaded)).toEqual(learned(model));
      // Other data: what was initialized from its first batch must not be so again.
      const others = ROWS.map(([x, y]) => [x + 1, 2 * y]);
      const before = numbers(loaded.variables).flat();
      for (const one of [model, loaded]) await fit(one, others, { ...OPTIONS, steps: 1, learningRate: 1e-9 });
      expect(numbers(loaded.variables).flat()).toEqual(before.map((v) => expect.closeTo(v, 5)));
      const [first, second] = [await fit(model, others, OPTIONS), await fit(loaded, others, OPTIONS)];
      expect(second.loss).toEqual(first.loss);
      expect(learned(loaded)).toEqual(learned(model));
    });

    test("goes on from a checkpoint as if it had not been stopped", async () => {
      const whole = made();
      const expected = await fit(whole, ROWS, OPTIONS);
      const checkpoint = join(folder, "checkpoint");
      const stop = new AbortController();
      const stopped = await fit(made(), ROWS, {
        ...OPTIONS,
        checkpoint,
        signal: stop.signal,
        onProgress: () => stop.abort(),
      });
      expect(stopped.outcome).toBe("aborted");
      expect(stopped.loss.length).toBeLessThan(OPTIONS.steps);
      const resumed = made();
      expect((await fit(resumed, ROWS, { ...OPTIONS, checkpoint })).loss).toEqual(expected.loss);
      expect(learned(resumed)).toEqual(learned(whole));
    });

    test("has the statistics that its batches had", async () => {
      const model = made();
      await fit(model, ROWS, OPTIONS);
      const order = batches(ROWS.length, OPTIONS.batchSize, OPTIONS.seed);
      const means = Array.from({ length: OPTIONS.steps }, () => meanOf(order.next()));
      if (name === "batchNorm") {
        const running = means.reduce((old, now) => old.map((v, i) => 0.9 * v + 0.1 * now[i]));
        expect(numbers(model.state)[0]).toEqual(running.map((v) => expect.closeTo(v, 3)));
        expect(numbers(model.state)[2]).toEqual([1]);
      } else {
        const started = made();
        await fit(started, ROWS, { ...OPTIONS, steps: 1, learningRate: 1e-9 });
        const [, shift] = numbers(started.variables.slice(-2));
        expect(shift).toEqual(means[0].map((v) => expect.closeTo(v, 3)));
        expect([numbers(started.state), numbers(model.state)]).toEqual([[[1]], [[1]]]);
      }
    });
  });
});

function meanOf(rows: readonly number[]): number[] {
  return [0, 1].map((i) => rows.reduce((sum, row) => sum + ROWS[row][i], 0) / rows.length);
}
