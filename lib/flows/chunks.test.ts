import { describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { scatter } from "../bijections/contract/case.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { mixture } from "../distributions/mixture.ts";
import { standardNormal } from "../distributions/normal.ts";
import { studentT } from "../distributions/student-t.ts";
import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { flow } from "./flow.ts";
import { realNVP } from "./real-nvp.ts";

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
/** A product of fewer rows may be rounded otherwise. */
const close = (tensor: tf.Tensor) => numbers(tensor).map((v) => expect.closeTo(v, 5));

/** An affine map that remembers the largest number of events that it was given at a time. */
function watched() {
  const seen = { largest: 0, tensors: [] as number[] };
  const { config: _none, ...inner } = affine({ scale: [2, -1] });
  const bijection: Bijection = {
    ...inner,
    forward: (z) => {
      seen.largest = Math.max(seen.largest, z.shape[0]);
      seen.tensors.push(tf.memory().numTensors);
      return inner.forward(z);
    },
  };
  return { seen, bijection };
}

describe("samples in chunks", () => {
  test("are the same as all at once, of every base", () => {
    // A mixture and Student's t draw the numbers of all events in turns.
    const bases = [
      standardNormal([2]),
      studentT({ freedom: 3, eventShape: [2] }),
      mixture([standardNormal([2]), studentT({ freedom: 3, eventShape: [2] })]),
    ];
    for (const base of bases) {
      const { seen, bijection } = watched();
      const model = flow(base, bijection);
      const whole = model.sampleWithLogProb(7, 5);
      expect(seen.largest).toBe(7);
      seen.largest = 0;
      for (const chunk of [1, 3, 6]) {
        const parts = model.sampleWithLogProb(7, 5, undefined, { chunk });
        // As even as can be: 7 events in two chunks are 4 and 3.
        expect(seen.largest).toBe(chunk === 6 ? 4 : chunk);
        expect(numbers(parts.value)).toEqual(numbers(whole.value));
        expect(numbers(parts.logProb)).toEqual(numbers(whole.logProb));
        expect(numbers(model.sample(7, 5, undefined, { chunk }))).toEqual(numbers(whole.value));
      }
    }
  });

  test("keep to their contexts and their temperature", () => {
    const model = flow(standardNormal([2]), scatter(realNVP({ dimensions: 2, layers: 2, context: 3 }), 0.1));
    const context = random(2).normalTensor([7, 3]);
    const whole = model.sampleWithLogProb(7, 5, context, { temperature: 0.7 });
    for (const chunk of [2, 4]) {
      const parts = model.sampleWithLogProb(7, 5, context, { temperature: 0.7, chunk });
      expect(numbers(parts.value)).toEqual(close(whole.value));
      expect(numbers(parts.logProb)).toEqual(close(whole.logProb));
      expect(numbers(model.sample(7, 5, [1, 2, 3], { chunk }))).toEqual(
        close(model.sample(7, 5, tf.tensor2d([[1, 2, 3]]))),
      );
    }
  });

  test("are of 2¹⁷ numbers or 10,000 events without being asked, and none if none are wanted", () => {
    const { seen, bijection } = watched();
    const model = flow(standardNormal([2]), bijection);
    model.sample(20_000, 1).dispose();
    expect(seen.largest).toBe(10_000);
    const images = watched();
    flow(standardNormal([32, 32, 2]), images.bijection)
      .sample(128, 1)
      .dispose();
    expect(images.seen.largest).toBe(2 ** 6);
    expect(model.sampleWithLogProb(0, 1).value.shape).toEqual([0, 2]);
  });

  test("report the worst of all solutions", () => {
    const model = flow(standardNormal(), scatter(monotone({ steps: 4 }), 1));
    const whole = model.sampleWithLogProb(40, 1).solution;
    expect(whole?.iterations).toBeGreaterThan(1);
    expect(model.sampleWithLogProb(40, 1, undefined, { chunk: 1 }).solution).toEqual(whole);
  });

  test("carry gradients in the parameters", () => {
    const map = affine({ scale: 2 });
    const model = flow(standardNormal(), map);
    const gradient = (chunk: number) => {
      const { grads } = tf.variableGrads(
        () => tf.sum(model.sample(9, 3, undefined, { chunk })) as tf.Scalar,
        map.variables as tf.Variable[],
      );
      return map.variables.map((variable) => grads[variable.name].dataSync()[0]);
    };
    expect(gradient(4)).toEqual(gradient(9).map((v) => expect.closeTo(v, 4)));
    expect(gradient(4)[1]).toBe(9);
  });

  test("keep of a chunk only its points, its image and its densities while the next ones are computed", () => {
    const { seen, bijection } = watched();
    tf.dispose(flow(standardNormal([2]), bijection).sample(50, 1, undefined, { chunk: 5 }));
    expect(seen.tensors).toHaveLength(10);
    expect(seen.tensors[9] - seen.tensors[0]).toBe(9 * 3);
  });

  test("leave nothing but their results in memory", () => {
    const model = flow(standardNormal([2]), realNVP({ dimensions: 2, layers: 2 }));
    const before = tf.memory().numTensors;
    for (let i = 0; i < 20; i++) {
      const { value, logProb } = model.sampleWithLogProb(10, i, undefined, { chunk: 4 });
      tf.dispose([value, logProb]);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
