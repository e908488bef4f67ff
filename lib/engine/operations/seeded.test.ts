import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import { tf, useBackend } from "../tf.ts";

const numbersOf = (x: { dataSync(): ArrayLike<number> }) => Array.from(x.dataSync());
const logits = () => tf.zeros([1, 7]) as never;

const GENERATORS: Record<string, (seed?: number) => { dataSync(): ArrayLike<number> }> = {
  randomNormal: (seed) => tf.randomNormal([6], 0, 1, "float32", seed),
  randomStandardNormal: (seed) => tf.randomStandardNormal([6], "float32", seed),
  truncatedNormal: (seed) => tf.truncatedNormal([6], 0, 1, "float32", seed),
  randomUniform: (seed) => tf.randomUniform([6], 0, 1, "float32", seed),
  randomUniformInt: (seed) => tf.randomUniformInt([6], 0, 1000, seed),
  randomGamma: (seed) => tf.randomGamma([6], 2, 1, "float32", seed),
  multinomial: (seed) => tf.multinomial(logits(), 20, seed),
  dropout: (seed) => tf.dropout(tf.ones([40]), 0.5, undefined, seed),
  ...Object.fromEntries(
    (
      ["glorotNormal", "heNormal", "leCunNormal", "orthogonal", "truncatedNormal", "randomNormal"] as const
    ).map((name) => [
      `initializers.${name}`,
      (seed?: number) => {
        const make = tf.initializers[name] as unknown as (options: object) => {
          apply(shape: number[]): never;
        };
        return make(seed === undefined ? {} : { seed }).apply([3, 3]);
      },
    ]),
  ),
};

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(Object.entries(GENERATORS))(
    "%s repeats itself for a seed, also for 0, and for no other",
    (_, make) => {
      tf.tidy(() => {
        const [zero, again, one, more] = [0, 0, 1, 1].map((seed) => numbersOf(make(seed)));
        expect(again).toEqual(zero);
        expect(more).toEqual(one);
        expect(one).not.toEqual(zero);
        expect(zero.every(Number.isFinite)).toBe(true);
        // Without a seed, two draws of 2⁻²⁰ and rarer are the same.
        expect(numbersOf(make())).not.toEqual(numbersOf(make()));
      });
    },
  );

  test("the layers' dropout takes the seed 0 too", () => {
    const drop = () =>
      numbersOf(tf.layers.dropout({ rate: 0.5, seed: 0 }).apply(tf.ones([40]), { training: true }) as never);
    expect(drop()).toEqual(drop());
  });
});

test("a shuffled data set repeats itself for the seed 0", async () => {
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  const shuffled = () =>
    tf.data
      .array(numbers)
      .shuffle(20, 0 as never)
      .toArray();
  expect(await shuffled()).toEqual(await shuffled());
});
