import { beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { chain } from "../../bijections/composition/chain.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { logitTransform } from "../../bijections/elementwise/logit-transform.ts";
import { sigmoid } from "../../bijections/elementwise/sigmoid.ts";
import { softplus } from "../../bijections/elementwise/softplus.ts";
import { tanh } from "../../bijections/elementwise/tanh.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { compile } from "../../engine/compile/compile.ts";
import { countGraphs } from "../../engine/compile/native.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { batches } from "../data/batches.ts";
import { fit } from "../fit.ts";
import { NonFiniteLossError } from "./fault.ts";

/** Layers next to the data that are not defined everywhere, a number where they are not, and what is said of it. */
const LAYERS: [string, () => Bijection, number, RegExp][] = [
  ["sigmoid", sigmoid, 1.5, /logit: expected numbers from 0 to 1; got 0.25 to 1.5: move and scale them/],
  ["tanh", tanh, -3, /inverse of tanh: expected numbers from -1 to 1; got -3 to 0.75: move and scale them/],
  ["softplus", softplus, -0.5, /inverse of softplus: expected numbers of at least 0; got -0.5 to 0.75: move/],
  [
    "logit transform",
    logitTransform,
    200,
    /logit transform: expected numbers from -0.0555566 to 1.05556; got 0.25 to 200: move and scale them/,
  ],
];
const INSIDE = [0.25, 0.5, 0.75];

describe.each(LAYERS)("data where %s is not defined", (name, create, outside, message) => {
  const model = () => flow(standardNormal(), chain([affine(), create()]));
  const data = (value: number) => [...INSIDE, value];

  describe.each(fastBackends())("on %s", (backend) => {
    beforeEach(() => useBackend(backend));

    test("are an error in training that tells the layer, what it got and what it expects", async () => {
      const one = model();
      const before = tf.memory().numTensors;
      for (const compile of [true, false]) {
        const failure = fit(one, data(outside), { steps: 5, compile });
        await expect(failure).rejects.toThrow(NonFiniteLossError);
        await expect(failure).rejects.toThrow(message);
        await expect(failure).rejects.toThrow(
          `at step 1: the inverse of layer 2 of 2 (${name}) is not defined there: `,
        );
      }
      expect(tf.memory().numTensors).toBe(before);
    });

    test("are found at the step that first sees them, in a graph too", async () => {
      const one = model();
      const rows = Array.from({ length: 40 }, (_, i) => (i === 13 ? outside : INSIDE[i % 3]));
      const order = batches(40, 8, 1);
      const seen = Array.from({ length: 5 }, () => order.next()).findIndex((batch) => batch.includes(13)) + 1;
      expect(seen).toBeGreaterThan(1);
      for (const compile of [true, false]) {
        await expect(fit(one, rows, { steps: 10, batchSize: 8, seed: 1, compile })).rejects.toThrow(
          `at step ${seen}: the inverse of layer 2 of 2 (${name})`,
        );
      }
    });

    test("are an error in evaluation, before and after it has become a graph", () => {
      const one = model();
      expect(() => one.logProb(data(outside))).toThrow(message);
      const graphs = () => (backend === "tensorflow" ? countGraphs() : 1);
      const before = graphs();
      const expected = Array.from(one.logProb(data(0.5)).dataSync());
      for (let i = 0; i < 20; i++) {
        expect(Array.from(one.logProb(data(0.5)).dataSync())).toEqual(expected);
      }
      expect(graphs()).toBe(backend === "tensorflow" ? before + 1 : 1);
      expect(() => one.logProb(data(outside))).toThrow(message);
      expect(() => one.logProb(data(Number.NaN))).toThrow(/got NaN to NaN: look for what is not a number/);
    });

    test("have the density 0 in a graph of one's own", () => {
      const one = model();
      const compiled = compile((x: tf.Tensor) => one.logProb(x));
      const inside = compiled(tf.tensor1d(data(0.5))).dataSync();
      if (backend !== "tensorflow") return;
      const result = compiled(tf.tensor1d(data(outside))).dataSync();
      expect(compiled.info().mode).toBe("graph");
      expect(Array.from(result)).toEqual([...inside.slice(0, 3), -Infinity]);
      compiled.dispose();
    });
  });
});

test("data outside of the base's support are an error in training, and have the density 0 in evaluation", async () => {
  const one = flow(uniform(0, 1), affine());
  await expect(fit(one, [0.5, 2], { steps: 3 })).rejects.toThrow(
    /at step 1: the base has no finite log-density at the normalized data, which are outside of its support/,
  );
  expect(Array.from(one.logProb([0.5, 2]).dataSync())).toEqual([0, -Infinity]);
});

test("the logit transform takes all that it generates, with any α", () => {
  for (const alpha of [1e-6, 0.05, 0.3, 0.4999]) {
    const map = logitTransform({ alpha });
    const { value } = map.forward(tf.tensor1d([-200, -20, 0, 20, 200]));
    const { value: back, logDet } = map.inverse(value);
    expect([...back.dataSync(), ...logDet.dataSync()].every(Number.isFinite)).toBe(true);
  }
});
