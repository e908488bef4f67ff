import { beforeEach, describe, expect, test } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import { mixtureLogisticCdf } from "./mixture-logistic-cdf.ts";
import { mixtureNormalCdf } from "./mixture-normal-cdf.ts";

/** As a network gives them for data that lie far out. */
describe.each(fastBackends())("on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([mixtureLogisticCdf(), mixtureNormalCdf()])(
    "parameters of any size make numbers of numbers: %#",
    ({ parameters, inverse }) => {
      for (const size of [1e5, 1e15, 1e30, 3e37]) {
        const numbers = random(4).normal(20 * parameters);
        const params = tf.tensor(
          Float32Array.from(numbers, (v) => v * size),
          [20, parameters],
        );
        const { value, logDet } = inverse(tf.tensor1d(Float32Array.from(random(5).normal(20))), params);
        expect([...value.dataSync()].filter(Number.isNaN), `${size}`).toEqual([]);
        expect([...logDet.dataSync()].filter(Number.isNaN), `${size}`).toEqual([]);
      }
    },
  );
});
