import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tf } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { made } from "./made.ts";

/** Decides networks and orders; a failure prints it. */
const SEED = Number(process.env.FLOWLAB_TEST_SEED ?? 20261120);

/** A random order of so many inputs, cut into random groups. */
function randomOrder(inputs: number, seed: number): number[][] {
  const stream = random(seed).fork("order");
  const groups: number[][] = [];
  for (const index of stream.shuffle(Array.from({ length: inputs }, (_, i) => i))) {
    if (groups.length > 0 && stream.uniform(1)[0] < 0.4) groups[groups.length - 1].push(index);
    else groups.push([index]);
  }
  return groups;
}

describe("made", () => {
  test(`outputs depend exactly on the inputs before them, and on all of the context (seed ${SEED})`, () => {
    const architecture = fc.record({
      inputs: fc.integer({ min: 1, max: 5 }),
      parameters: fc.integer({ min: 1, max: 3 }),
      layers: fc.integer({ min: 1, max: 3 }),
      context: fc.integer({ min: 0, max: 2 }),
      seed: fc.nat(1000),
    });
    const check = ({
      inputs,
      parameters,
      layers,
      context,
      seed,
    }: typeof architecture extends fc.Arbitrary<infer T> ? T : never) =>
      tf.tidy(() => {
        const order = randomOrder(inputs, seed);
        const hidden = Array<number>(layers).fill(12);
        const options = { inputs, parameters, order, hidden, context, seed };
        const network = made({ ...options, activation: "tanh", zeroLast: false });
        const point = random(seed).normalTensor([1, inputs]);
        const condition = random(seed + 1).normalTensor([1, Math.max(context, 1)]);
        const place = (i: number) => order.findIndex((group) => group.includes(i));
        for (let output = 0; output < inputs * parameters; output++) {
          const f = (x: tf.Tensor, c: tf.Tensor) =>
            tf.sum(tf.slice(network.apply(x, context > 0 ? c : undefined), [0, output], [1, 1])) as tf.Scalar;
          const byInput = tf.grad((x: tf.Tensor) => f(x, condition))(point);
          const own = place(Math.floor(output / parameters));
          const depends = Array.from(byInput.dataSync(), (slope) => slope !== 0);
          expect(depends).toEqual(depends.map((_, input) => place(input) < own));
          if (context > 0) {
            const byContext = tf.grad((c: tf.Tensor) => f(point, c))(condition);
            expect(Array.from(byContext.dataSync())).not.toContain(0);
          }
        }
        for (const variable of network.variables) variable.dispose();
      });
    fc.assert(
      fc.property(architecture, (options) => void check(options)),
      { numRuns: 25, seed: SEED },
    );
  });

  test("the same seed gives the same weights, another one others", () => {
    const weights = (seed: number) =>
      made({ inputs: 3, parameters: 2, seed }).variables.flatMap((v) => Array.from(v.dataSync()));
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });

  test.each([[[0, 1, 1]], [[0, 2]], [[[0], [], [1, 2]]]])("the order %j is refused", (order) => {
    expect(() => made({ inputs: 3, parameters: 1, order })).toThrow(
      "expected an order that names each of 0 … 2 once",
    );
  });

  test("a hidden layer that would cut dependencies off is refused", () => {
    expect(() => made({ inputs: 6, parameters: 1, hidden: [16, 4] })).toThrow(
      "made: expected hidden layers of at least 5 units for this order; got one of 4",
    );
  });
});
