import { describe, expect, test } from "vitest";
import { calls } from "./arguments.fixture.ts";
import { contactSheet, drawnImages } from "./data/index.ts";
import * as figures from "./figure/index.ts";
import * as lib from "./index.ts";

const { tf } = lib;
const HUGE = 1e9;
const spline = lib.cubicSpline();

/** Whose memory would be gone, and Node with it, before anybody could catch an error. */
const tooLarge: readonly (readonly [string, () => unknown])[] = [
  ["diagonal", () => lib.diagonal({ dimensions: HUGE })],
  ["triangular", () => lib.triangular({ dimensions: 1e5 })],
  ["plu", () => lib.plu({ dimensions: 1e5 })],
  ["qr", () => lib.qr({ dimensions: 1e5 })],
  ["orthogonal", () => lib.orthogonal({ dimensions: 2, reflections: HUGE })],
  ["orthogonal, both", () => lib.orthogonal({ dimensions: 1e7, reflections: 100 })],
  ["invertible1x1Convolution", () => lib.invertible1x1Convolution({ channels: 1e5 })],
  ["invertible1x1Convolution, full", () => lib.invertible1x1Convolution({ channels: 1e5, form: "full" })],
  ["invertible1x1Convolution, in time", () => lib.invertible1x1Convolution({ channels: 1025 })],
  ["glowStep, in time", () => lib.glowStep({ channels: 5000 })],
  ["learnedPermutation", () => lib.learnedPermutation(1e5, 1)],
  ["randomPermutation", () => lib.randomPermutation(HUGE, 1)],
  ["reversePermutation", () => lib.reversePermutation(HUGE)],
  ["halfMask", () => lib.halfMask(HUGE, "first")],
  ["alternatingMask", () => lib.alternatingMask(HUGE, "even")],
  ["channelMask", () => lib.channelMask(HUGE, "first")],
  ["checkerboardMask", () => lib.checkerboardMask(HUGE, HUGE, "even")],
  ["checkerboardMask, both", () => lib.checkerboardMask(1e5, 1e5, "even")],
  ["actNorm", () => lib.actNorm({ dimensions: HUGE })],
  ["batchNorm", () => lib.batchNorm({ dimensions: HUGE })],
  ["planar", () => lib.planar({ dimensions: HUGE })],
  ["radial", () => lib.radial({ dimensions: HUGE })],
  [
    "revNetBlock",
    () =>
      lib.revNetBlock({
        dimensions: HUGE,
        first: lib.mlp({ inputs: 1, outputs: 1 }),
        second: lib.mlp({ inputs: 1, outputs: 1 }),
      }),
  ],
  ["iRevNet, levels", () => lib.iRevNet({ height: 2 ** 20, width: 2 ** 20, channels: 3, levels: 20 })],
  ["iRevNet, blocks", () => lib.iRevNet({ height: 4, width: 4, channels: 1, blocks: HUGE })],
  ["contractiveMlp", () => lib.contractiveMlp({ dimensions: HUGE })],
  ["contractiveMlp, both", () => lib.contractiveMlp({ dimensions: 1e5, hidden: [1e5] })],
  ["contractiveConvNet", () => lib.contractiveConvNet({ height: 1e5, width: 1e5, channels: 1 })],
  [
    "contractiveConvNet, hidden",
    () => lib.contractiveConvNet({ height: 4, width: 4, channels: 1, hidden: [HUGE] }),
  ],
  [
    "residual, samples",
    () =>
      lib.residual({ network: lib.contractiveMlp({ dimensions: 2 }), logDet: { terms: 1, samples: HUGE } }),
  ],
  [
    "residual, terms",
    () => lib.residual({ network: lib.contractiveMlp({ dimensions: 2 }), logDet: { terms: HUGE } }),
  ],
  ["iResNet", () => lib.iResNet({ dimensions: HUGE })],
  ["iResNet, layers", () => lib.iResNet({ dimensions: 2, layers: HUGE })],
  ["monotone", () => lib.monotone({ steps: HUGE })],
  ["piecewiseLinear", () => lib.piecewiseLinear({ bins: HUGE })],
  ["piecewiseLinear, shape", () => lib.piecewiseLinear({ shape: [1e5, 1e5] })],
  ["rationalQuadraticSpline", () => lib.rationalQuadraticSpline({ shape: [1e4, 1e4] })],
  ["rotation", () => lib.rotation({ shape: [1e5, 1e5] })],
  ["elementwise", () => lib.elementwise({ transformer: spline, shape: [HUGE] })],
  ["mixtureNormalCdf", () => lib.mixtureNormalCdf({ components: HUGE })],
  ["mixtureLogisticCdf", () => lib.mixtureLogisticCdf({ components: HUGE })],
  ["rationalQuadratic", () => lib.rationalQuadratic({ bins: HUGE })],
  ["mlp", () => lib.mlp({ inputs: 1, outputs: HUGE })],
  ["mlp, context", () => lib.mlp({ inputs: 1, outputs: 1, context: HUGE })],
  ["mlp, hidden", () => lib.mlp({ inputs: 1, outputs: 1, hidden: [4, HUGE] })],
  ["mlp, both", () => lib.mlp({ inputs: 1, outputs: 1, hidden: [1e5, 1e5] })],
  ["made", () => lib.made({ inputs: HUGE, parameters: 2 })],
  ["made, both", () => lib.made({ inputs: 1e5, parameters: 2, hidden: [1e5] })],
  ["residualMlp", () => lib.residualMlp({ inputs: 1, outputs: 1, blocks: HUGE })],
  ["residualMlp, width", () => lib.residualMlp({ inputs: 1, outputs: 1, width: 1e5 })],
  ["convNet", () => lib.convNet({ inputs: 1, outputs: HUGE })],
  ["convNet, sizes", () => lib.convNet({ inputs: 1, outputs: 1, sizes: [9999, 1, 9999] })],
  ["gatedConvNet", () => lib.gatedConvNet({ inputs: 1, outputs: 1, blocks: HUGE })],
  ["gatedConvNet, width", () => lib.gatedConvNet({ inputs: 1, outputs: 1, width: 1e5 })],
  ["glowStep", () => lib.glowStep({ channels: HUGE })],
  ["glow, levels", () => lib.glow({ height: 2 ** 20, width: 2 ** 20, channels: 3, levels: 20 })],
  ["glow, steps", () => lib.glow({ height: 4, width: 4, channels: 1, steps: HUGE })],
  ["glow, steps of each level", () => lib.glow({ height: 4, width: 4, channels: 1, steps: [1, HUGE] })],
  ["latentLevels", () => lib.latentLevels([2 ** 17, 2 ** 17, 3], 1)],
  ["realNVP, dimensions", () => lib.realNVP({ dimensions: HUGE })],
  ["maf, layers", () => lib.maf({ dimensions: 2, layers: HUGE })],
  ["iaf, hidden", () => lib.iaf({ dimensions: 2, hidden: [HUGE] })],
  ["nice, context", () => lib.nice({ dimensions: 2, context: HUGE })],
  ["splineCoupling, bins", () => lib.splineCoupling({ dimensions: 2, bins: HUGE })],
  ["what a config says", () => lib.bijectionFrom({ type: "triangular", dimensions: 1e5 })],
  ["standardNormal", () => lib.standardNormal([1e5, 1e5])],
  ["normal", () => lib.normal({ eventShape: [HUGE] })],
  ["logistic", () => lib.logistic({ eventShape: [1e5, 1e5] })],
  ["uniform", () => lib.uniform(0, 1, [HUGE])],
  ["vonMises", () => lib.vonMises({ eventShape: [HUGE] })],
  ["drawnImages", () => drawnImages("faces", { count: HUGE })],
  ["contactSheet", () => contactSheet(tf.zeros([1, 2, 2, 1]), { zoom: HUGE })],
  ["linspace", () => figures.linspace(0, 1, HUGE)],
  ["jacobianOf", () => figures.jacobianOf((x) => x, new Float32Array(1e5))],
  [
    "interpolate",
    () => figures.interpolate(lib.affine(), tf.ones([1, 2, 2, 1]), tf.ones([1, 2, 2, 1]), HUGE),
  ],
  ["density2dFigure", () => figures.density2dFigure({ logProb: (x) => tf.sum(x, -1), resolution: 1e5 })],
  ["warpedGridFigure", () => figures.warpedGridFigure({ map: (x) => x, lines: HUGE })],
  [
    "flowLayersFigure",
    () => figures.flowLayersFigure({ bijection: lib.chain([lib.affine(), lib.tanh()]), between: HUGE }),
  ],
  ["studentT", () => lib.studentT({ freedom: 3, eventShape: [1e5, 1e5] })],
  ["conditionerFrom", () => lib.conditionerFrom({ type: "mlp", inputs: 1, outputs: HUGE })],
  ["piecewiseLinearTransformer", () => lib.piecewiseLinearTransformer({ bins: HUGE })],
  ["cubicSpline", () => lib.cubicSpline({ bins: HUGE })],
  ["quadraticSpline", () => lib.quadraticSpline({ bins: HUGE })],
  ["changeOfVariablesFigure", () => figures.changeOfVariablesFigure({ forward: (z) => 2 * z, bins: HUGE })],
  ["deformationFigure", () => figures.deformationFigure({ forward: (z, t) => (1 + t) * z, bins: HUGE })],
  ["densityFitFigure", () => figures.densityFitFigure({ data: [1, 2], model: () => 0.1, bins: HUGE })],
  ["figure().toSVG", () => figures.figure([{ x: [1, 2], y: [1, 2] }]).toSVG({ width: HUGE })],
];

/** Options that say how much is made at once, of whatever makes it. */
const SIZES = [
  ...["dimensions", "channels", "height", "width", "shape", "eventShape", "inputs", "outputs", "parameters"],
  ...[
    "hidden",
    "sizes",
    "blocks",
    "layers",
    "levels",
    "bins",
    "components",
    "reflections",
    "resolution",
    "lines",
  ],
  ...["between", "count", "zoom"],
];

/** Where such an option makes nothing: it is only counted with, is 1 or 3, or describes what is there already. */
const MAKES_NOTHING = ["bitsPerDimension", "encodePng", "pngFolder", "lineFigure"];

/** The options that a function says that it has, where it is given another one. */
async function optionsOf(
  run: (...given: unknown[]) => unknown,
  given: readonly unknown[],
): Promise<string[]> {
  const isObject = (one: unknown) => Object.getPrototypeOf(one ?? 0) === Object.prototype;
  if (!given.some(isObject)) return [];
  const wrong = given.map((one) => (isObject(one) ? { ...(one as object), entirelyElse: 1 } : one));
  const said = await Promise.resolve()
    .then(() => run(...wrong))
    .then(String, ({ message }: Error) => message);
  return /no other options than (.*); got/.exec(said)?.[1].split(", ") ?? [];
}

test("every function with an option of a size is tried", async () => {
  const tried = new Set(tooLarge.map(([label]) => label.split(",")[0]));
  const missing: string[] = [];
  let sized = 0;
  for (const [name, { run, right }] of calls) {
    const sizes = (await optionsOf(run, right())).filter((option) => SIZES.includes(option));
    if (sizes.length > 0) sized += 1;
    if (sizes.length > 0 && !tried.has(name) && !MAKES_NOTHING.includes(name))
      missing.push(`${name}: ${sizes.join(", ")}`);
  }
  expect(sized).toBeGreaterThan(35);
  expect(missing, "a line in tooLarge").toEqual([]);
});

describe("refuses a size before memory is gone, in words", () => {
  test.each(tooLarge)("%s", async (_, make) => {
    const before = { tensors: tf.memory().numBytes, all: process.memoryUsage().rss };
    await expect(async () => make()).rejects.toThrow(
      /expected .*(at most \d+|number of bins from 2 to 500).*; got .*\d/s,
    );
    // Nothing of what was asked for has been made by then.
    expect(tf.memory().numBytes - before.tensors).toBeLessThan(64 * 2 ** 20);
    expect(process.memoryUsage().rss - before.all).toBeLessThan(512 * 2 ** 20);
  });

  test("but not one that fits", () => {
    expect(lib.halfMask(1e6, "first").selected).toHaveLength(1e6);
    expect(lib.diagonal({ dimensions: 1e6 }).variables[0].size).toBe(1e6);
    expect(lib.standardNormal([512, 512, 3]).eventShape).toEqual([512, 512, 3]);
    expect(lib.mlp({ inputs: 3000, outputs: 1, hidden: [1000] }).variables).toHaveLength(4);
  });
});
