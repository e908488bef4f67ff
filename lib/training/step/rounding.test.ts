import { afterEach, beforeEach, describe, expect } from "vitest";
import { standardNormal } from "../../distributions/normal.ts";
import { needingBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { glow } from "../../flows/glow.ts";
import { random } from "../../random/random.ts";
import { ADAM, adamNumbers } from "./adam.ts";
import { eagerStep, vectorOf } from "./step.ts";

const [BATCH, STEPS, RATE] = [32, 5, 1e-3];
const SHAPE = [8, 8, 3];
const SIZE = 8 * 8 * 3;

interface Choice {
  readonly backend: "tensorflow" | "wasm";
  /** The batches, counted from 0, that ActNorm is initialized from. */
  readonly initial: number;
  readonly epsilon?: number;
  /** Changes each number of the data by so large a share of it. */
  readonly nudge?: number;
}

/** Correlated images, BATCH for each step. */
function images(nudge: number): tf.Tensor {
  const noise = random("rounding");
  const shared = noise.normal(BATCH * STEPS);
  const numbers = noise
    .normal(BATCH * STEPS * SIZE)
    .map((own, i) => 0.6 * own + 0.8 * shared[Math.floor(i / SIZE)]);
  const signs = noise.normal(numbers.length).map(Math.sign);
  return tf.tensor(
    numbers.map((number, i) => Math.fround(number) * (1 + nudge * signs[i])),
    [BATCH * STEPS, ...SHAPE],
  );
}

/** The losses of the first steps of a training. */
function lossesOf({ backend, initial, epsilon = ADAM.epsilon, nudge = 0 }: Choice): number[] {
  useBackend(backend);
  const [height, width, channels] = SHAPE;
  const map = glow({ height, width, channels, levels: 1, steps: 3, hidden: [32, 32], seed: 1 });
  const model = flow(standardNormal(SHAPE), map);
  const events = images(nudge);
  map.initialize?.(tf.slice(events, 0, BATCH * initial));
  const step = eagerStep(model, "its losses are compared");
  const parameters = vectorOf(model.variables);
  let state: Parameters<typeof step>[0] = {
    ...{ parameters, sum: tf.zerosLike(parameters), squareSum: tf.zerosLike(parameters) },
    ...(model.state.length > 0 && {
      state: vectorOf(model.state),
    }),
  };
  return Array.from({ length: STEPS }, (_, done) => {
    const rows = tf.tensor1d(
      Array.from({ length: BATCH }, (_row, i) => done * BATCH + i),
      "int32",
    );
    const [rate, ofEpsilon] = adamNumbers(done + 1, RATE, 0, Number.POSITIVE_INFINITY).dataSync();
    const numbers = tf.tensor1d([rate, (ofEpsilon * epsilon) / ADAM.epsilon]);
    const { measured, ...next } = step(state, { events, rows, numbers });
    state = next;
    return measured.dataSync()[0];
  });
}

/** The largest relative difference. */
function parting(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((loss, i) => Math.abs(b[i] - loss) / Math.abs(loss)));
}

/**
 * ActNorm makes the channels' means 0 and their variances 1 on the data that it is initialized from. There the gradient of
 * each offset, a sum of what it has made 0, and of the last log-scale, 1 − variance, are 0, and rounding is all that is
 * left of them: some 1e-5 beside 100. Adam divides each gradient by its size, so that its first steps go the full
 * length in a direction that rounding has chosen. It is no fault of a backend, as one is as far from itself.
 */
needingBackend("tensorflow").describe("Glow's first losses, and what rounding does to them", () => {
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  const own = { backend: "tensorflow", initial: 1 } as const;
  const OTHER = { backend: "wasm" } as const;

  describe("trained on the batch that they were initialized from", () => {
    needingBackend("wasm").test(
      "part between backends as they do on one, by data that differ by rounding",
      () => {
        const base = lossesOf(own);
        expect(parting(base, lossesOf(own))).toBe(0);
        const nudged = parting(base, lossesOf({ ...own, nudge: 6e-8 }));
        const others = parting(base, lossesOf({ ...own, ...OTHER }));
        // A hundred times what is left where no gradient is 0.
        expect(nudged).toBeGreaterThan(1e-5);
        expect(others).toBeLessThan(20 * nudged);
      },
    );

    needingBackend("wasm").test("agree where Adam's ε is above rounding", () => {
      const epsilon = 0.1;
      const others = lossesOf({ ...own, ...OTHER, epsilon });
      expect(parting(lossesOf({ ...own, epsilon }), others)).toBeLessThan(2e-6);
    });
  });

  needingBackend("wasm").test("agree between backends if they were initialized from more data", () => {
    const initial = STEPS;
    const others = lossesOf({ ...own, ...OTHER, initial });
    expect(parting(lossesOf({ ...own, initial }), others)).toBeLessThan(2e-6);
  });
});
