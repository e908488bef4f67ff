import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { standardNormal } from "../distributions/normal.ts";
import { fastBackends } from "../engine/backends.fixture.ts";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { type Flow, flow } from "../flows/flow.ts";
import { type FitOptions, fit } from "./fit.ts";
import { NonFiniteLossError } from "./step/fault.ts";

/** Where `steered` has no finite density any more. */
const LIMIT = 0.35;

/**
 * z = x with the log-determinant w·x, as if there were such a map: a training on x = 1 makes w grow by the learning
 * rate at each step, and the loss of x = −1 with it. From w = 0.35 on the log-determinant is not a number.
 */
function steered(): Flow {
  const w = tf.variable(tf.scalar(0));
  const counted = tf.variable(tf.scalar(0), false);
  const inverse: Bijection["inverse"] = (x) => {
    const end = tf.mul(tf.log(tf.sub(LIMIT, w)), 1e-6);
    return { value: tf.clone(x), logDet: tf.add(tf.mul(w, x), end) };
  };
  return flow(standardNormal(), {
    name: "steered",
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z) => ({ value: z, logDet: tf.zerosLike(z) }),
    inverse,
    trainingInverse: (x) => ({ ...inverse(x), state: [tf.add(counted, 1)] }),
    variables: [w],
    state: [counted],
  });
}

const OPTIONS = {
  learningRate: 0.1,
  schedule: "constant",
  validation: [-1],
  validateEvery: 1,
} satisfies FitOptions;

/** w/0.1 and the number of steps that the state has seen. */
const place = ({ variables, state }: Flow) =>
  [...variables, ...state].map(
    (one, i) => Math.round(one.dataSync()[0] * (i === 0 ? 1000 : 1)) / (i === 0 ? 100 : 1),
  );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each(fastBackends())("on %s, with held-out events", (backend) => {
  beforeEach(() => void useBackend(backend));

  test("a flow ends with its best parameters and the state of then, or the last if that is wanted", async () => {
    const [best, last, plain] = [steered(), steered(), steered()];
    const history = await fit(best, [1], { ...OPTIONS, steps: 3 });
    expect([history.outcome, history.kept, place(best)]).toEqual(["finished", 1, [1, 1]]);
    const lowest = Math.min(...history.validation.map(({ loss }) => loss));
    expect(-best.logProb([-1]).dataSync()[0]).toBe(lowest);
    expect((await fit(last, [1], { ...OPTIONS, steps: 3, keep: "last" })).kept).toBe(3);
    expect(place(last)).toEqual([3, 3]);
    const { validation: _, ...without } = OPTIONS;
    expect((await fit(plain, [1], { ...without, steps: 3 })).kept).toBe(3);
    expect(place(plain)).toEqual([3, 3]);
  });

  test("so it does after an abort, and when that is gone on from", async () => {
    const checkpoint = join(folder, "file");
    const [first, second] = [steered(), steered()];
    const stop = new AbortController();
    const options = { ...OPTIONS, steps: 3, checkpoint };
    const aborted = await fit(first, [1], {
      ...options,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect([aborted.outcome, aborted.loss.length, place(first)]).toEqual(["aborted", 1, [1, 1]]);
    const { loss, kept } = await fit(second, [1], options);
    expect([loss.length, kept, place(second)]).toEqual([3, 1, [1, 1]]);
    await fit(second, [1], { ...options, keep: "last" });
    expect(place(second)).toEqual([3, 3]);
  });

  test("after a loss that is not finite it has the best, or the last whose loss was finite", async () => {
    for (const compile of [true, false]) {
      const [best, last, plain] = [steered(), steered(), steered()];
      const { validation: _, ...without } = OPTIONS;
      const before = tf.memory().numTensors;
      // After four steps w = 0.4, which the fifth step finds.
      for (const [model, options] of [
        [best, OPTIONS],
        [last, { ...OPTIONS, keep: "last" as const }],
        [plain, without],
      ] as const) {
        const failure = fit(model, [1], { ...options, steps: 9, compile });
        await expect(failure).rejects.toThrow(NonFiniteLossError);
        await expect(failure).rejects.toThrow(
          "the loss was NaN at step 5: the log-determinant of layer 1 of 1",
        );
      }
      expect([best, last, plain].map(place)).toEqual([
        [1, 1],
        [3, 3],
        [3, 3],
      ]);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  test("after an error of the callback, too", async () => {
    const model = steered();
    let reports = 0;
    const onProgress = () => {
      reports += 1;
      throw new Error("its own");
    };
    await expect(fit(model, [1], { ...OPTIONS, steps: 3, onProgress })).rejects.toThrow("its own");
    expect([reports, place(model)]).toEqual([1, [1, 1]]);
  });
});

describe("held-out losses that are not finite", () => {
  beforeEach(() => void useBackend(availableBackends()[0]));

  /** The density at −1 is not a number until w > 0.25; the training makes w grow to 0.6. */
  const late = () => {
    const w = tf.variable(tf.scalar(0));
    return flow(standardNormal(), {
      name: "late",
      eventRank: 0,
      inverseKind: "analytic",
      forward: (z) => ({ value: z, logDet: tf.zerosLike(z) }),
      inverse: (x) => {
        const held = tf.less(x, 0);
        return { value: tf.clone(x), logDet: tf.where(held, tf.log(tf.sub(w, 0.25)), tf.mul(w, tf.abs(x))) };
      },
      variables: [w],
    });
  };

  test("are worse than any other, and are not kept", async () => {
    const model = late();
    const { validation, outcome, kept } = await fit(model, [1], { ...OPTIONS, steps: 6, patience: 4 });
    expect(validation.map(({ loss }) => Number.isNaN(loss))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect([outcome, kept]).toEqual(["finished", 6]);
    expect(model.variables[0].dataSync()[0]).toBeCloseTo(0.6, 4);
  });

  test("exhaust the patience too, and leave the last parameters", async () => {
    const model = late();
    const { outcome, loss, kept } = await fit(model, [1], { ...OPTIONS, steps: 6, patience: 1 });
    expect([outcome, loss.length, kept]).toEqual(["stopped", 2, 2]);
    expect(model.variables[0].dataSync()[0]).toBeCloseTo(0.2, 4);
  });
});

test.each(["first", undefined])("keep: %s is refused", async (keep) => {
  const training = fit(steered(), [1], { ...OPTIONS, steps: 1, keep: keep as "best" });
  if (keep) await expect(training).rejects.toThrow(/keep to be one of "best", "last"; got "first"/);
  else expect((await training).kept).toBe(1);
});
