// The functions of a list are called by their names.
// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: nothing is bundled here.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as data from "./data/index.ts";
import { temporaryFolder } from "./data/temporary-folder.fixture.ts";
import * as figures from "./figure/index.ts";
import * as lib from "./index.ts";
import * as notebook from "./notebook/index.ts";

/** A function with arguments that are right. */
export interface Call {
  readonly run: (...given: unknown[]) => unknown;
  readonly right: () => unknown[];
}

type Tensor = lib.Flow["variables"][number];

const { tf } = lib;
export const folder = temporaryFolder();
const rnd = () => lib.random(1);
const p2 = () =>
  tf.tensor2d([
    [0.1, 0.2],
    [0.3, 0.4],
  ]);
const img = () => tf.fill([2, 4, 4, 1], 7);
const net = () => lib.mlp({ inputs: 1, outputs: 2 });
const m2 = () => lib.flow(lib.standardNormal([2]), lib.affine());

/** What is exported of functions, and the methods of what they return, each with a call that is right. */
export const calls = new Map<string, Call>();

function add(name: string, run: unknown, right: () => unknown[]): void {
  calls.set(name, { run: run as Call["run"], right });
}

/** A method, of an object that is new for each call. */
function meth(owner: string, make: () => object, method: string, right: () => unknown[]): void {
  add(
    `${owner}.${method}`,
    (...given: unknown[]) => (make() as Record<string, Call["run"]>)[method](...given),
    right,
  );
}

writeFileSync(path.join(folder, "t.csv"), "x,y\n1,2\n");
writeFileSync(
  path.join(folder, "images.idx"),
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7),
);
writeFileSync(
  path.join(folder, "one.png"),
  data.encodePng({ height: 1, width: 1, channels: 1, bytes: new Uint8Array(1) }),
);
lib.saveFlow(m2(), path.join(folder, "f.safetensors"));
lib.saveWeights(m2(), path.join(folder, "w.safetensors"));

add("autoregressive", lib.autoregressive, () => [
  { transformer: lib.affineTransformer(), conditioner: lib.made({ inputs: 2, parameters: 2 }) },
]);
add("bijection", lib.bijection, () => [
  { name: "a", event: [], forward: (z: Tensor) => ({ value: z }), inverse: (z: Tensor) => ({ value: z }) },
]);
add("solveIncreasing", lib.solveIncreasing, () => [
  (x: number) => ({ value: x, slope: 1 }),
  0.5,
  { low: 0, high: 1 },
  1,
  1e-9,
]);
add("chain", lib.chain, () => [[lib.affine(), lib.tanh()]]);
add("invert", lib.invert, () => [lib.affine()]);
add("coupling", lib.coupling, () => [
  { mask: lib.halfMask(2, "first"), transformer: lib.affineTransformer(), conditioner: net() },
]);
add("alternatingMask", lib.alternatingMask, () => [4, "even"]);
add("channelMask", lib.channelMask, () => [4, "first"]);
add("checkerboardMask", lib.checkerboardMask, () => [2, 2, "even"]);
add("halfMask", lib.halfMask, () => [4, "first"]);
add("affine", lib.affine, () => [{ scale: 2, shift: 1 }]);
add("leakyRelu", lib.leakyRelu, () => [0.1]);
add("logitTransform", lib.logitTransform, () => [{ alpha: 0.05 }]);
add("monotone", lib.monotone, () => [{ steps: 4, interval: [-3, 3] }]);
add("piecewiseLinear", lib.piecewiseLinear, () => [{ bins: 4, interval: [0, 1], shape: [2] }]);
add("rationalQuadraticSpline", lib.rationalQuadraticSpline, () => [
  { bins: 4, interval: [0, 1], shape: [2], circular: false },
]);
add("rotation", lib.rotation, () => [{ shape: [2], period: 6 }]);
for (const n of ["logit", "sigmoid", "softplus", "tanh"]) add(n, lib[n as never], () => []);
add("glowStep", lib.glowStep, () => [{ channels: 4, hidden: [4], seed: 1 }]);
add("latentLevels", lib.latentLevels, () => [[4, 4, 1], 1]);
add("multiscale", lib.multiscale, () => [[lib.squeeze(), lib.split({ inner: lib.affine() })]]);
add("split", lib.split, () => [{ inner: lib.actNorm({ dimensions: 2 }), kept: 2 }]);
add("squeeze", lib.squeeze, () => [{ factor: 2 }]);
add("diagonal", lib.diagonal, () => [{ dimensions: 2, bias: true }]);
add("invertible1x1Convolution", lib.invertible1x1Convolution, () => [{ channels: 2, form: "plu", seed: 1 }]);
add("orthogonal", lib.orthogonal, () => [{ dimensions: 2, reflections: 2, seed: 1, bias: true }]);
add("qr", lib.qr, () => [{ dimensions: 2, reflections: 2, seed: 1, bias: true }]);
add("plu", lib.plu, () => [{ dimensions: 2, permutation: [1, 0], seed: 1, bias: true }]);
add("triangular", lib.triangular, () => [{ dimensions: 2, half: "lower", seed: 1, bias: true }]);
add("learnedPermutation", lib.learnedPermutation, () => [3, 1]);
add("permutation", lib.permutation, () => [[1, 0]]);
add("randomPermutation", lib.randomPermutation, () => [3, 1]);
add("reversePermutation", lib.reversePermutation, () => [3]);
add("actNorm", lib.actNorm, () => [{ dimensions: 2 }]);
add("batchNorm", lib.batchNorm, () => [{ dimensions: 2, momentum: 0.1, epsilon: 1e-5 }]);
add("standardize", lib.standardize, () => [p2(), { columns: ["a", "b"] }]);
add("contractiveMlp", lib.contractiveMlp, () => [
  { dimensions: 2, hidden: [4], lipschitz: 0.5, activation: "tanh", powerIterations: 2, seed: 1 },
]);
add("contractiveConvNet", lib.contractiveConvNet, () => [
  { height: 2, width: 2, channels: 1, hidden: [2], sizes: [3, 1], lipschitz: 0.5, seed: 1 },
]);
add("residual", lib.residual, () => [
  {
    network: lib.contractiveMlp({ dimensions: 2, hidden: [2] }),
    closed: "inverse",
    logDet: { terms: 2, samples: 1, noise: "normal", seed: 1 },
    tolerance: 1e-3,
  },
]);
add("iResNet", lib.iResNet, () => [
  { dimensions: 2, layers: 1, hidden: [4], lipschitz: 0.5, logDet: "exact", actNorm: false, seed: 1 },
]);
add("reversible", lib.reversible, () => [[lib.affine(), lib.affine()]]);
add("revNetBlock", lib.revNetBlock, () => [
  { dimensions: 3, over: "dimensions", first: lib.mlp({ inputs: 2, outputs: 1 }), second: net() },
]);
add("planar", lib.planar, () => [{ dimensions: 2, seed: 1 }]);
for (const n of ["convNet", "gatedConvNet", "mlp", "residualMlp"])
  add(n, lib[n as never], () => [{ inputs: 1, outputs: 2 }]);
add("made", lib.made, () => [{ inputs: 2, parameters: 2 }]);
add("buildDistribution", lib.buildDistribution, () => [{ type: "standardNormal", eventShape: [2] }]);
add("logistic", lib.logistic, () => [{ mean: 0, scale: 1, eventShape: [2] }]);
add("normal", lib.normal, () => [{ mean: 0, scale: 1, eventShape: [2] }]);
add("mixture", lib.mixture, () => [
  [lib.normal(), lib.normal({ mean: 2 })],
  [1, 2],
]);
add("standardNormal", lib.standardNormal, () => [[2]]);
add("studentT", lib.studentT, () => [{ freedom: 3 }]);
add("uniform", lib.uniform, () => [0, 1, [2]]);
add("vonMises", lib.vonMises, () => [{ concentration: 1, mean: 0 }]);
add("compile", lib.compile, () => [(x: Tensor) => tf.mul(x, 2), { after: 1 }]);
add("isRecording", lib.isRecording, () => []);
add("availableBackends", lib.availableBackends, () => []);
add("useBackend", lib.useBackend, () => [lib.engine.backend]);
add("flow", lib.flow, () => [lib.standardNormal([2]), lib.affine()]);
add("glow", lib.glow, () => [{ height: 4, width: 4, channels: 1, levels: 1, hidden: [4], steps: 1 }]);
add("iRevNet", lib.iRevNet, () => [
  { height: 4, width: 4, channels: 1, levels: 1, blocks: 1, hidden: [4], seed: 1 },
]);
for (const n of ["iaf", "maf", "nice", "realNVP", "splineCoupling"])
  add(n, lib[n as never], () => [{ dimensions: 2, layers: 1, hidden: [4], seed: 1 }]);
for (const n of ["normalCdf", "normalDensity", "normalQuantile", "digamma", "logGamma"])
  add(n, lib[n as never], () => [0.5]);
add("scaledBesselI", lib.scaledBesselI, () => [1, 0.5]);
add("logAbsDet", lib.logAbsDet, () => [p2()]);
add("matrixInverse", lib.matrixInverse, () => [p2()]);
add("triangularSolve", lib.triangularSolve, () => [p2(), p2(), { half: "lower", transposed: false }]);
add("random", lib.random, () => [1]);
add("saveFlow", lib.saveFlow, () => [m2(), `${folder}/f.safetensors`]);
add("saveWeights", lib.saveWeights, () => [m2(), `${folder}/w.safetensors`]);
add("loadFlow", lib.loadFlow, () => [`${folder}/f.safetensors`]);
add("loadWeights", lib.loadWeights, () => [m2(), `${folder}/w.safetensors`]);
add("bijectionFrom", lib.bijectionFrom, () => [{ type: "tanh" }]);
add("conditionerFrom", lib.conditionerFrom, () => [{ type: "mlp", inputs: 1, outputs: 2 }]);
add("transformerFrom", lib.transformerFrom, () => [{ type: "affine" }]);
add("encodeSafetensors", lib.encodeSafetensors, () => [
  { tensors: { a: { dtype: "F32", shape: [1], values: new Float32Array(1) } }, metadata: {} },
]);
add("decodeFlow", lib.decodeFlow, () => [readFileSync(path.join(folder, "f.safetensors"))]);
add("decodeSafetensors", lib.decodeSafetensors, () => [lib.encodeSafetensors({ tensors: {}, metadata: {} })]);
add("distill", lib.distill, () => [
  lib.flow(lib.standardNormal([2]), lib.affine()),
  lib.flow(lib.logistic({ eventShape: [2] }), lib.affine()),
  { steps: 1, batchSize: 2 },
]);
add("estimateEntropy", lib.estimateEntropy, () => [lib.flow(lib.logistic(), lib.affine()), 4, 1]);
add("fitToDensity", lib.fitToDensity, () => [
  lib.flow(lib.standardNormal([2]), lib.affine()),
  (x: Tensor) => tf.sum(tf.neg(tf.square(x)), -1),
  { steps: 1, batchSize: 2 },
]);
add("fit", lib.fit, () => [
  lib.flow(lib.standardNormal([2]), lib.planar({ dimensions: 2 })),
  p2(),
  { steps: 1, onWarning: () => {} },
]);
add("additive", lib.additive, () => []);
add("affineTransformer", lib.affineTransformer, () => [{ bound: 3 }]);
add("piecewiseLinearTransformer", lib.piecewiseLinearTransformer, () => [{ bins: 4, interval: [0, 1] }]);
add("rationalQuadratic", lib.rationalQuadratic, () => [{ bins: 4, interval: [0, 1], circular: false }]);
add("contactSheet", data.contactSheet, () => [img(), { columns: 2, zoom: 1 }]);
add("csvTable", data.csvTable, () => [`${folder}/t.csv`, {}]);
add("bitsPerDimension", data.bitsPerDimension, () => [-3, { dimensions: 4, bits: 8, range: 1 }]);
add("dequantize", data.dequantize, () => [img(), { bits: 5, random: 1 }]);
add("quantize", data.quantize, () => [p2(), { bits: 5 }]);
add("drawnImages", data.drawnImages, () => ["faces", { count: 1, size: 8, colour: false, seed: 1 }]);
add("readIdx", data.readIdx, () => [`${folder}/images.idx`]);
add("idxImages", data.idxImages, () => [`${folder}/images.idx`, { limit: 1 }]);
add("decodePng", data.decodePng, () => [
  data.encodePng({ height: 1, width: 1, channels: 1, bytes: new Uint8Array(1) }),
]);
add("encodePng", data.encodePng, () => [{ height: 1, width: 1, channels: 1, bytes: new Uint8Array(1) }]);
add("pngFolder", data.pngFolder, () => [folder, { channels: 1, limit: 1 }]);
const pairs = [1, 2, 3];
add("compareFigure", figures.compareFigure, () => [{ x: pairs, yours: pairs, expected: pairs }]);
add("lineFigure", figures.lineFigure, () => [
  { series: [{ x: pairs, y: pairs, name: "a" }], xTitle: "x", yTitle: "y", title: "t", height: 300 },
]);
add("lossCurveFigure", figures.lossCurveFigure, () => [
  {
    training: [
      { step: 1, loss: 2 },
      { step: 2, loss: 1 },
    ],
  },
]);
add("figure", figures.figure, () => [[{ x: pairs, y: pairs }], {}, { description: "d" }]);
add("isFigure", figures.isFigure, () => [1]);
add("imageGridFigure", figures.imageGridFigure, () => [{ images: img(), columns: 2 }]);
add("interpolate", figures.interpolate, () => [lib.affine(), img(), img(), 3]);
add("interpolationFigure", figures.interpolationFigure, () => [
  { bijection: lib.affine(), from: img(), to: img(), steps: 2 },
]);
add("linspace", figures.linspace, () => [0, 1, 3]);
for (const n of ["plotlyCarrier", "plotlyFile", "plotlyVersion"]) add(n, figures[n as never], () => []);
add("fade", figures.fade, () => ["#112233", 0.5]);
add("density2dFigure", figures.density2dFigure, () => [
  { logProb: (x: Tensor) => tf.neg(tf.sum(tf.square(x), -1)), resolution: 16 },
]);
add("flowLayersFigure", figures.flowLayersFigure, () => [
  { bijection: lib.chain([lib.affine(), lib.tanh()]) },
]);
add("jacobianFigure", figures.jacobianFigure, () => [
  {
    matrix: [
      [1, 0],
      [0, 1],
    ],
  },
]);
add("jacobianOf", figures.jacobianOf, () => [(x: Tensor) => tf.mul(x, 2), [1, 2]]);
add("samples2dFigure", figures.samples2dFigure, () => [{ samples: p2() }]);
add("warpedGridFigure", figures.warpedGridFigure, () => [{ map: (x: Tensor) => x, lines: 5 }]);
add("changeOfVariablesFigure", figures.changeOfVariablesFigure, () => [{ forward: (z: number) => 2 * z }]);
add("deformationFigure", figures.deformationFigure, () => [
  { forward: (z: number, t: number) => (1 + t) * z, steps: 3 },
]);
add("densityFitFigure", figures.densityFitFigure, () => [{ data: [1, 2, 3], model: () => 0.1 }]);
add("normalizingFigure", figures.normalizingFigure, () => [{ forward: (z: number) => 2 * z }]);
add("samplePushFigure", figures.samplePushFigure, () => [{ forward: (z: number) => 2 * z }]);
add("display", notebook.display, () => ["a"]);
add("liveDisplay", notebook.liveDisplay, () => ["a"]);
add("html", notebook.html, () => ["<b>", "b"]);
add("markdown", notebook.markdown, () => ["b"]);
add("table", notebook.table, () => [[{ a: 1 }], { columns: ["a"], caption: "c", digits: 3 }]);
add("progressBar", notebook.progressBar, () => ["a", 3]);
add("trainingDisplay", notebook.trainingDisplay, () => [{ steps: 3, label: "a" }]);
add("mimeBundle", notebook.mimeBundle, () => ["a"]);
add("escapeHtml", notebook.escapeHtml, () => ["a"]);
add("notebookHost", notebook.notebookHost, () => []);
const dists: [string, () => object][] = [
  ["normal", () => lib.normal()],
  ["standardNormal", () => lib.standardNormal()],
  ["uniform", () => lib.uniform()],
  ["logistic", () => lib.logistic()],
  ["studentT", () => lib.studentT({ freedom: 3 })],
  ["vonMises", () => lib.vonMises()],
  ["mixture", () => lib.mixture([lib.normal()])],
];
for (const [n, make] of dists) {
  meth(`${n}()`, make, "logProb", () => [tf.tensor1d([0.1])]);
  meth(`${n}()`, make, "sample", () => [2, rnd()]);
}
for (const m of ["logProb"]) meth("flow()", m2, m, () => [p2(), undefined, {}]);
for (const m of ["sample", "sampleWithLogProb"]) meth("flow()", m2, m, () => [2, 1, undefined, {}]);
const bis: [string, () => object][] = [
  ["affine", () => lib.affine()],
  ["chain", () => lib.chain([lib.affine(), lib.tanh()])],
  ["invert", () => lib.invert(lib.affine())],
  ["realNVP", () => lib.realNVP({ dimensions: 2, hidden: [4] })],
  ["permutation", () => lib.permutation([1, 0])],
  ["planar", () => lib.planar({ dimensions: 2 })],
  ["maf", () => lib.maf({ dimensions: 2, hidden: [4] })],
  ["monotone", () => lib.monotone()],
];
for (const [n, make] of bis) for (const m of ["forward", "inverse"]) meth(`${n}()`, make, m, () => [p2()]);
meth(
  "multiscale()",
  () => lib.multiscale([lib.actNorm({ dimensions: 4 })]),
  "forward",
  () => [img()],
);
meth("random()", rnd, "uniform", () => [2, 0, 1]);
meth("random()", rnd, "normal", () => [2, 0, 1]);
meth("random()", rnd, "integers", () => [2, 0, 3]);
meth("random()", rnd, "shuffle", () => [[1, 2]]);
meth("random()", rnd, "uniformTensor", () => [[2], 0, 1]);
meth("random()", rnd, "normalTensor", () => [[2], 0, 1]);
meth("random()", rnd, "fork", () => ["a"]);
meth(
  "toyDensities.twoMoons",
  () => data.toyDensities.twoMoons,
  "sample",
  () => [2, rnd()],
);
meth(
  "toyDensities.twoMoons",
  () => data.toyDensities.twoMoons,
  "logProb",
  () => [[1, 2]],
);
meth("mlp()", net, "apply", () => [tf.ones([2, 1])]);
meth(
  "figure()",
  () => figures.figure([{ x: pairs, y: pairs }]),
  "toSVG",
  () => [{ width: 100, height: 100, theme: "dark" }],
);
meth(
  "figure()",
  () => figures.figure([{ x: pairs, y: pairs }]),
  "toHTML",
  () => [{ plotly: "page" }],
);
meth(
  "progressBar()",
  () => notebook.progressBar("a", 3),
  "update",
  () => [1, "a"],
);
meth(
  "trainingDisplay()",
  () => {
    const f = notebook.trainingDisplay({ steps: 3 });
    return { report: f };
  },
  "report",
  () => [{ step: 1, loss: 1 }],
);
add("elementwise", lib.elementwise, () => [{ transformer: lib.cubicSpline(), shape: [2] }]);
add("radial", lib.radial, () => [{ dimensions: 2, seed: 1 }]);
add("cubicSpline", lib.cubicSpline, () => [{ bins: 4, interval: [0, 1] }]);
add("quadraticSpline", lib.quadraticSpline, () => [{ bins: 4, interval: [0, 1] }]);
add("nonlinearSquared", lib.nonlinearSquared, () => []);
add("slider", notebook.slider, () => [{ from: 0, to: 1, name: "t" }, (t: number) => t, { frames: 3 }]);
add("whiten", lib.whiten, () => [
  [
    [0.1, 0.2],
    [0.3, 0.1],
    [0.2, 0.5],
  ],
  { columns: ["a", "b"] },
]);
add("mixtureNormalCdf", lib.mixtureNormalCdf, () => [{ components: 2 }]);
add("mixtureLogisticCdf", lib.mixtureLogisticCdf, () => [{ components: 2 }]);
