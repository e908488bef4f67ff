import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { autoregressive } from "../bijections/autoregressive/autoregressive.ts";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { piecewiseLinear } from "../bijections/elementwise/piecewise-linear.ts";
import { rationalQuadraticSpline } from "../bijections/elementwise/rational-quadratic-spline.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { standardize } from "../bijections/normalization/standardize.ts";
import { made } from "../conditioners/made.ts";
import { standardNormal } from "../distributions/normal.ts";
import { uniform } from "../distributions/uniform.ts";
import { availableBackends, tf, useBackend } from "../engine/tf.ts";
import { flow } from "../flows/flow.ts";
import { maf } from "../flows/maf.ts";
import { realNVP } from "../flows/real-nvp.ts";
import { splineCoupling } from "../flows/spline-coupling.ts";
import { random } from "../random/random.ts";
import { rationalQuadratic } from "../transformers/splines/rational-quadratic.ts";
import { type FitOptions, fit } from "./fit.ts";

const COLUMNS = ["income", "age", "share"];
const SPLINES = { dimensions: 3, layers: 4, hidden: [8] };
/** Rows of three columns of the given places and widths. */
function rows(count: number, places: number[], widths: number[], seed = 1): number[][] {
  const stream = random(seed);
  return Array.from({ length: count }, () => stream.normal(3).map((z, i) => places[i] + widths[i] * z));
}
const TABLE = rows(400, [30_000, 40, 0.5], [9000, 12, 0.1]);
const PLAIN = rows(400, [0, 0, 0], [1, 1, 1]);

beforeEach(() => {
  useBackend(availableBackends()[0]);
});
afterEach(() => void vi.restoreAllMocks());

async function warningsOf(
  bijection: Bijection,
  data: tf.Tensor | tf.TensorLike,
  options: FitOptions = {},
  size: number[] = [3],
): Promise<readonly string[]> {
  const heard: string[] = [];
  const model = flow(standardNormal(size), bijection);
  const { warnings } = await fit(model, data, { steps: 1, onWarning: (one) => heard.push(one), ...options });
  expect(heard).toEqual(warnings);
  model.dispose();
  return warnings;
}

/** Raw tables are far from where a flow begins, besides. */
const isOfColumns = (warning: string): boolean => !warning.startsWith("the data are far");

describe("fit", () => {
  test("says when most data lie outside of a spline's interval, which columns, and what helps", async () => {
    const [first, second, ...rest] = await warningsOf(splineCoupling(SPLINES), TABLE, { columns: COLUMNS });
    expect(first).toMatch(
      /^layer 4 of 4 \(coupling\): 100% of column "income" lie outside of \[-4, 4\], beyond which.*nothing is learned \(they reach from \d+ to \d+\); put standardize\(data\) at the end of the chain/,
    );
    expect(second).toMatch(/^layer 3 of 4 \(coupling\): 100% of column "age" lie outside/);
    expect(rest).toEqual([]);
  });

  test("says nothing of data that fit, as behind standardize", async () => {
    const standardized = chain([splineCoupling(SPLINES), standardize(TABLE)]);
    expect(await warningsOf(standardized, TABLE, { columns: COLUMNS })).toEqual([]);
    expect(await warningsOf(splineCoupling(SPLINES), PLAIN)).toEqual([]);
    expect(await warningsOf(chain([realNVP(SPLINES), standardize(TABLE)]), TABLE)).toEqual([]);
    const circle = rationalQuadraticSpline({ circular: true });
    expect(await warningsOf(circle, rows(100, [9, 0, 0], [9, 1, 1]))).toEqual([]);
  });

  test("says of other flows that raw data are far from where they begin, and so of raw contexts", async () => {
    const far = [expect.stringMatching(/^the data are far from where the flow begins.*standardize\(data\)/)];
    expect(await warningsOf(realNVP(SPLINES), TABLE)).toEqual(far);
    expect(await warningsOf(maf({ dimensions: 3 }), TABLE)).toEqual(far);
    const conditional = () => maf({ dimensions: 3, context: 3 });
    const context = rows(400, [1e6, 2e6, 0], [1e5, 1e5, 1]);
    expect(await warningsOf(conditional(), PLAIN, { context })).toEqual([
      expect.stringMatching(
        /^context: most numbers of column 0 \(about 1.0e\+6\), 1 \(about 2.0e\+6\) are far/,
      ),
    ]);
    expect(await warningsOf(conditional(), PLAIN, { context: PLAIN })).toEqual([]);
  });

  test.each<[string, () => Bijection, RegExp]>([
    [
      "an elementwise spline",
      () => rationalQuadraticSpline({ shape: [3] }),
      /layer 1 of 1 \(rational-quadratic spline\)/,
    ],
    ["one for all", () => rationalQuadraticSpline(), /column 0 \(of 0 to 2\)/],
    ["a piecewise linear map", () => piecewiseLinear({ shape: [3] }), /piecewise linear.*\[-3, 3\]/],
    ["an inverted one", () => invert(piecewiseLinear({ shape: [3] })), /inverted piecewise linear/],
    [
      "an autoregressive spline",
      () => {
        const transformer = rationalQuadratic({ interval: [-2, 2] });
        const conditioner = made({ inputs: 3, parameters: transformer.parameters, hidden: [8] });
        return autoregressive({ transformer, conditioner });
      },
      /\(autoregressive\).*\[-2, 2\]/,
    ],
    [
      "one behind a layer that moves the data away",
      () => chain([piecewiseLinear({ shape: [3] }), affine({ scale: [1, 1, 1], shift: [50, 50, 50] })]),
      /layer 1 of 2 \(piecewise linear\): 100% of number 0 of its input, number 1/,
    ],
  ])("says it of %s", async (_, make, message) => {
    const data = rows(100, [20, 0.1, 0.1], [1, 0.1, 0.1]);
    const warnings = await warningsOf(make(), data);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(message);
  });

  test("says it of single numbers and of images", async () => {
    const line = await warningsOf(rationalQuadraticSpline(), [10, 11, 12, 13, 0.5], {}, []);
    expect(line).toEqual([expect.stringMatching(/80% of the numbers lie outside of \[-3, 3\]/)]);
    const images = random(1).uniformTensor([20, 2, 2, 2], 0, 255);
    const bright = await warningsOf(piecewiseLinear(), images, {}, [2, 2, 2]);
    expect(bright).toEqual([
      expect.stringMatching(/number 0 of its input, number 1 of its input lie outside/),
    ]);
  });

  test("says of a channel that does not vary that there is nothing to divide by", async () => {
    const data = PLAIN.map(([a, , c]) => [a, 5, c]);
    for (const layer of [actNorm({ dimensions: 3 }), batchNorm({ dimensions: 3 })]) {
      const warnings = await warningsOf(chain([realNVP(SPLINES), layer]), data, { columns: COLUMNS });
      expect(warnings).toHaveLength(2);
      expect(warnings[0]).toMatch(
        /^column "age" is the same in all 400 events \(5\): a constant has no density/,
      );
      expect(warnings[1]).toMatch(
        /layer 5 of 5 \(.*\): column "age" did not vary in the first batch \(5 throughout\)/,
      );
    }
  });

  test("says of a channel that varies by too little that it stays so", async () => {
    const data = PLAIN.map(([a, b, c]) => [a, 1e-30 * b, c]);
    for (const layer of [actNorm({ dimensions: 3 }), batchNorm({ dimensions: 3 })]) {
      expect(await warningsOf(layer, data, { columns: COLUMNS })).toEqual([
        expect.stringMatching(
          /column "age" varied by too little in the first batch \(a deviation of \d.*e-\d+\).*standardize\(data\)/,
        ),
      ]);
    }
  });

  test("a channel that varies only later does not throw the training off", async () => {
    // The rare event is not in the first batch.
    const data = PLAIN.map(([a, b], i) => [a, b, i === 0 ? 1 : 0]);
    for (const layer of [actNorm({ dimensions: 3 }), batchNorm({ dimensions: 3 })]) {
      const model = flow(standardNormal([3]), chain([realNVP(SPLINES), layer]));
      const { loss } = await fit(model, data, {
        steps: 40,
        batchSize: 32,
        learningRate: 0.01,
        onWarning: () => {},
      });
      expect(Math.max(...loss)).toBeLessThan(20);
    }
  });

  test.each<[string, number[][], (string | RegExp)[]]>([
    [
      "a constant",
      PLAIN.map(([a, , c]) => [a, -2.5, c]),
      [
        /^column "age" is the same in all 400 events \(-2.5\): a constant has no density.*leave it out, or add noise/,
      ],
    ],
    [
      "two constants",
      PLAIN.map(([a]) => [a, 1, 2]),
      [/^column "age", column "share" are the same in all 400 events/],
    ],
    [
      "a copy",
      PLAIN.map(([a, b]) => [a, b, a]),
      [
        /^column "share" repeats column "income" in every event: together they have no density.*leave one of them out/,
      ],
    ],
    [
      "a copy in another unit",
      PLAIN.map(([a, b]) => [a, 32 + 1.8 * a, b]),
      [/^column "age" repeats column "income" in every event \(times 1.8, plus 32\)/],
    ],
    [
      "a mirrored one of large numbers",
      TABLE.map(([a, b]) => [a, b, -0.01 * a]),
      [/^column "share" repeats column "income" in every event \(times -0.01, plus -?[\d.e-]+\)/],
    ],
    [
      "two copies",
      PLAIN.map(([a]) => [a, a, 2 * a]),
      [/^column "age" repeats column "income"/, /^column "share" repeats column "income"/],
    ],
    ["nothing: columns that are nearly the same", PLAIN.map(([a, b, c]) => [a, a + 1e-3 * b, c]), []],
    ["nothing: whole numbers", PLAIN.map(([a, b, c]) => [Math.round(9 * a), Math.round(b), c]), []],
    [
      "whole numbers beyond 2²⁴",
      PLAIN.map(([a, b], i) => [a, b, 1_700_000_000 + 60 * i]),
      [/^column "share" holds whole numbers of up to 1700000000, beyond 2²⁴ = 16777216, where float32/],
    ],
    [
      "negative whole numbers beyond 2²⁴",
      PLAIN.map(([a, b], i) => [a, b, -20_000_000 - i]),
      [/^column "share" holds whole numbers of up to 20000000/],
    ],
    ["nothing: whole numbers up to 2²⁴", PLAIN.map(([a, b], i) => [a, b, 2 ** 24 - 7 * i]), []],
    [
      "numbers of which float32 keeps nothing",
      PLAIN.map(([a, b, c]) => [a, b, 3e5 + 0.1 * c]),
      [
        /^column "share" lies so far from 0 \(at 300000\) that float32 keeps steps of 0.03.*deviation of 0.098/,
      ],
    ],
  ])("tells %s of a table", async (_, data, expected) => {
    const warnings = await warningsOf(realNVP(SPLINES), data, { columns: COLUMNS });
    expect(warnings.filter(isOfColumns)).toEqual(expected.map((one) => expect.stringMatching(one)));
  });

  test("whole numbers are told of before they become float32, too", async () => {
    const ids = tf.tensor2d(
      PLAIN.map((_, i) => [i, 7 * i * i, 50_000_000 + i]),
      [400, 3],
      "int32",
    );
    expect((await warningsOf(realNVP(SPLINES), ids)).filter(isOfColumns)).toEqual([
      expect.stringMatching(/column 2 \(of 0 to 2\) holds/),
    ]);
  });

  test("many constants are told in one sentence, and images by their places", async () => {
    const images = tf.tidy(() => {
      const noise = random(1).uniformTensor([30, 2, 3, 1]);
      return tf.mul(noise, tf.tensor([0, 0, 0, 0, 0, 0], [2, 3, 1]));
    });
    const [all] = await warningsOf(actNorm({ dimensions: 1 }), images, {}, [2, 3, 1]);
    expect(all).toMatch(
      /^6 of 6 numbers of an event \(number \[0,0,0\], number \[0,1,0\], .*, …\) are the same/,
    );
  });

  test("judges no data that are made anew at each step, and nothing twice after a resumption", async () => {
    const constant = PLAIN.map(([a, b]) => [a, b, 1]);
    const perturb: FitOptions["perturb"] = (x, stream) => tf.add(x, stream.normalTensor(x.shape));
    expect(await warningsOf(realNVP(SPLINES), constant, { perturb })).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
    try {
      const checkpoint = join(folder, "file");
      expect(await warningsOf(realNVP(SPLINES), constant, { checkpoint })).toHaveLength(1);
      expect(await warningsOf(realNVP(SPLINES), constant, { checkpoint, steps: 2 })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("writes to the console what nobody else listens to, and leaves no tensors", async () => {
    const written = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = flow(standardNormal([3]), splineCoupling(SPLINES));
    const before = tf.memory().numTensors;
    const { warnings } = await fit(model, TABLE, { steps: 1 });
    expect(tf.memory().numTensors).toBe(before);
    expect(warnings).toHaveLength(2);
    expect(written.mock.calls.flat()).toEqual(warnings.map((one) => `fit: ${one}`));
  });

  test("refuses names that are not those of the columns", async () => {
    const train = (columns: unknown) => warningsOf(realNVP(SPLINES), PLAIN, { columns: columns as string[] });
    await expect(train(["a"])).rejects.toThrow(
      /fit: expected columns to name each number.*\[3\]; got 1 names/,
    );
    await expect(train("abc")).rejects.toThrow(/fit: expected columns to be a list of names; got "abc"/);
    await expect(train([1, 2, 3])).rejects.toThrow(/list of names; got \[1,2,3\]/);
  });
});

describe("held-out data", () => {
  const train = (options: FitOptions, bijection = realNVP({ ...SPLINES, context: 1 })) =>
    fit(flow(standardNormal([3]), bijection), PLAIN, {
      steps: 40,
      context: PLAIN.map(([a]) => [a]),
      onWarning: () => {},
      ...options,
    });
  const held = { validation: PLAIN.slice(0, 20), validationContext: PLAIN.slice(0, 20).map(([a]) => [a]) };

  test.each([Number.NaN, Infinity, -Infinity])("with %d are refused before the first step", async (bad) => {
    let steps = 0;
    const options = { ...held, patience: 2, onProgress: () => void steps++ };
    const validation = held.validation.with(7, [0, bad, 0]);
    await expect(train({ ...options, validation, columns: COLUMNS })).rejects.toThrow(
      `fit, validation: the held-out data contain a number that is not finite, ${bad} in row 7, column "age"; leave`,
    );
    const validationContext = held.validationContext.with(3, [bad]);
    await expect(train({ ...options, validationContext })).rejects.toThrow(
      `fit, validationContext: the held-out data contain a number that is not finite, ${bad} in row 3, column 0`,
    );
    expect(steps).toBe(0);
  });

  test("with a number beyond float32 are refused by that number", async () => {
    const validation = held.validation.with(7, [0, 1e300, 0]);
    await expect(train({ ...held, validation })).rejects.toThrow(
      "not finite, 1e+300, more than the 3.4e38 that float32 holds, in row 7, column 1 (of 0 to 2); leave",
    );
    const validationContext = held.validationContext.with(3, [-1e39]);
    await expect(train({ ...held, validationContext })).rejects.toThrow("-1e+39, more than");
  });

  test("whose loss is not finite are told of once, with the reason", async () => {
    const warnings: string[] = [];
    const model = flow(uniform(-3, 3, [3]), affine({ scale: [2, 2, 2] }));
    const { outcome } = await fit(model, PLAIN, {
      steps: 40,
      validation: [[50, 0, 0]],
      onWarning: (one) => warnings.push(one),
    });
    expect(outcome).toBe("finished");
    expect(warnings).toEqual([
      expect.stringMatching(
        /the loss of the held-out events is Infinity after step 2: the base has no finite log-density/,
      ),
    ]);
  });
});

describe("a fault in training", () => {
  test("that comes from the scale of the data names it as the remedy", async () => {
    const huge = rows(100, [1e30, 0, 0], [1e25, 1, 1]);
    const train = (bijection: Bijection) =>
      fit(flow(standardNormal([3]), bijection), huge, { steps: 3, onWarning: () => {} });
    await expect(train(realNVP(SPLINES))).rejects.toThrow(
      /step 1: .*; the data reach as far as ±1e\+30: bring them to a size of about 1, by standardize\(data\) at the end of the chain; or look for such numbers/,
    );
    expect((await train(chain([realNVP(SPLINES), standardize(huge)]))).outcome).toBe("finished");
  });

  test("that has another reason does not", async () => {
    const spoil = (events: tf.Tensor) => tf.mul(events, Number.NaN);
    const failure = fit(flow(standardNormal([3]), realNVP(SPLINES)), PLAIN, { steps: 3, perturb: spoil });
    await expect(failure).rejects.toThrow(
      /step 1: the data contain a number that is not finite, NaN in row 0, column 0 \(of 0 to 2\), of the step's batch; look for such/,
    );
  });
});

describe("training data", () => {
  const model = () => flow(standardNormal([3]), realNVP({ ...SPLINES, context: 1 }));
  const context = PLAIN.map(([a]) => [a]);

  test.each([Number.NaN, Infinity, -Infinity])("with %d are refused before the first step", async (bad) => {
    let steps = 0;
    const options = { steps: 3, context, onWarning: () => {}, onProgress: () => void steps++ };
    const spoilt = PLAIN.with(7, [0, bad, 0]);
    for (const columns of [COLUMNS, undefined]) {
      const failure = fit(model(), spoilt, { ...options, ...(columns && { columns }) });
      await expect(failure).rejects.toThrow(RangeError);
      await expect(failure).rejects.toThrow(
        `fit, data: the data contain a number that is not finite, ${bad} in row 7, column ${columns ? '"age"' : "1 (of 0 to 2)"}; leave`,
      );
    }
    await expect(fit(model(), PLAIN, { ...options, context: context.with(3, [bad]) })).rejects.toThrow(
      `fit, context: the contexts contain a number that is not finite, ${bad} in row 3, column 0`,
    );
    expect(steps).toBe(0);
  });

  test("with a number beyond float32 are refused by that number, as a tensor or not", async () => {
    await expect(fit(model(), PLAIN.with(7, [0, 1e300, 0]), { context })).rejects.toThrow(
      "not finite, 1e+300, more than the 3.4e38 that float32 holds, in row 7, column 1 (of 0 to 2); leave",
    );
    const spoilt = tf.tensor2d(PLAIN.with(2, [Number.NaN, 0, 0]));
    await expect(fit(model(), spoilt, { context })).rejects.toThrow("NaN in row 2, column 0 (of 0 to 2)");
    spoilt.dispose();
  });
});

describe("a checkpoint of 200 steps", () => {
  const make = () => flow(standardNormal([3]), realNVP({ ...SPLINES, layers: 2 }));
  const run = (options: FitOptions) => fit(make(), PLAIN, { batchSize: 32, ...options });
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("goes on to 300, with the losses of 300 at a constant rate", async () => {
    const checkpoint = join(folder, "file");
    const constant = { schedule: "constant" } as const;
    const { loss } = await run({ ...constant, steps: 200, checkpoint });
    const longer = await run({ ...constant, steps: 300, checkpoint });
    expect(longer.loss).toHaveLength(300);
    expect(longer.loss.slice(0, 200)).toEqual(loss);
    expect(longer.loss).toEqual((await run({ ...constant, steps: 300 })).loss);
    expect((await run({ ...constant, steps: 100, checkpoint })).loss).toHaveLength(300);
  });

  test("goes on to 300 with a falling rate and held-out data, and still refuses another training", async () => {
    const checkpoint = join(folder, "file");
    const validation = PLAIN.slice(0, 50);
    const first = await run({ steps: 200, checkpoint, validation });
    const longer = await run({ steps: 300, checkpoint, validation });
    expect(longer.loss.slice(0, 200)).toEqual(first.loss);
    expect(longer.validation.map(({ step }) => step).at(-1)).toBe(300);
    expect(longer.validation.length).toBeGreaterThan(first.validation.length);
    await expect(run({ steps: 400, checkpoint, validation, learningRate: 0.1 })).rejects.toThrow(
      /belongs to a training with other learningRate/,
    );
  });
});
