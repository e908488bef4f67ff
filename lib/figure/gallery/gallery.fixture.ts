/** Every kind of figure as a learner meets it, for tests of what all of them must have. */

import type { Bijection } from "../../bijections/bijection.ts";
import { chain } from "../../bijections/composition/chain.ts";
import { affine } from "../../bijections/elementwise/affine.ts";
import { drawnImages } from "../../data/drawn-images.ts";
import { toyDensities } from "../../data/toy/toy-densities.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { normalDensity } from "../../ground/functions/normal-functions.ts";
import { random } from "../../random/random.ts";
import { compareFigure } from "../curves/compare.ts";
import { lineFigure } from "../curves/line.ts";
import { lossCurveFigure } from "../curves/loss-curve.ts";
import { type Figure, figure } from "../figure.ts";
import { imageGridFigure } from "../images/image-grid.ts";
import { interpolationFigure } from "../images/interpolation.ts";
import { linspace } from "../linspace.ts";
import { density2dFigure } from "../plane/density-2d.ts";
import { flowLayersFigure } from "../plane/flow-layers.ts";
import { jacobianFigure } from "../plane/jacobian.ts";
import { samples2dFigure } from "../plane/samples-2d.ts";
import { warpedGridFigure } from "../plane/warped-grid.ts";
import { changeOfVariablesFigure } from "../scalar/change-of-variables.ts";
import { deformationFigure } from "../scalar/deformation.ts";
import { densityFitFigure } from "../scalar/density-fit.ts";
import { normalizingFigure } from "../scalar/normalizing.ts";
import { samplePushFigure } from "../scalar/sample-push.ts";

const forward = (z: number) => 0.35 * z + 1.2 * Math.tanh(1.5 * (z - 0.4));
const twoPeaks = (x: number) => 0.5 * (normalDensity(x - 1.4) + normalDensity(x + 1.4));
const long = "A title that says at some length what is to be seen, and where one should look first";

/** x₁ = z₁, x₂ = z₂ + sin z₁, as a bijection with a name. */
function wave(name: string): Bijection {
  const move = (points: tf.Tensor, sign: number) => {
    const [first, second] = tf.split(points, 2, -1);
    const value = tf.concat([first, tf.add(second, tf.mul(tf.sin(first), sign))], -1);
    return { value, logDet: tf.zeros(points.shape.slice(0, -1)) };
  };
  return {
    ...{ eventRank: 1, inverseKind: "analytic", name, variables: [] },
    forward: (z) => move(z, 1),
    inverse: (x) => move(x, -1),
  };
}

const samples = (seed: number, count = 2000) =>
  random(seed)
    .normal(count)
    .map((value, i) => value + (i % 2 === 0 ? 1.4 : -1.4));

/** Each figure by its name. */
export function gallery(): Readonly<Record<string, Figure>> {
  const x = linspace(-3, 3, 120);
  const losses = Array.from({ length: 600 }, (_, i) => 1.4 + 2 * Math.exp(-i / 60) + 0.1 * Math.sin(37 * i));
  const heldOut = Array.from({ length: 20 }, (_, k) => ({
    step: 30 * (k + 1),
    loss: 1.5 + 2 * Math.exp(-k / 2),
  }));
  const moons = toyDensities.twoMoons;
  const points = [1, 2].map((seed) => tidy(() => moons.sample(600, random(seed)).arraySync()));
  const images = tidy(() => {
    const faces = drawnImages("faces", { count: 12 }).images.div(255);
    return {
      faces: imageGridFigure({ images: faces, title: "Drawn faces" }),
      interpolation: interpolationFigure({
        bijection: { ...affine(), eventRank: 3 },
        from: faces.slice([0, 0, 0, 0], [3, -1, -1, -1]),
        to: faces.slice([3, 0, 0, 0], [3, -1, -1, -1]),
      }),
    };
  });
  const plane = toyDensities.twoMoons.logProb;
  return {
    samplePush: samplePushFigure({ forward, highlight: [-1.2, 0.45], samples: [-1, 0, 1], title: long }),
    samplePushUntitled: samplePushFigure({ forward, highlight: [-1.2, 0.45] }),
    normalizing: normalizingFigure({ forward, highlight: [-1.4, 1.1], title: "Back to the bell" }),
    changeOfVariables: changeOfVariablesFigure({ forward, bins: 15, highlight: 8 }),
    changeOfVariablesTitled: changeOfVariablesFigure({ forward, title: long }),
    deformation: deformationFigure({
      forward: (z, t) => (1 - t) * z + t * forward(z),
      name: "bend",
    }),
    deformationTitled: deformationFigure({
      ...{ forward: (z, t) => (1 - t) * z + t * forward(z), bins: 12, steps: 6 },
      title: "Bend the line: which number in a bin never changes?",
    }),
    densityFit: densityFitFigure({
      ...{ data: samples(1), model: (at) => 1.02 * twoPeaks(at), truth: twoPeaks },
      title: "Learned and true density",
    }),
    samplesOfAModel: densityFitFigure({ data: samples(1), samples: samples(2), truth: twoPeaks }),
    lossCurve: lossCurveFigure({ training: losses, validation: heldOut, optimum: 1.42 }),
    lossCurveTitled: lossCurveFigure({ training: losses.slice(0, 40), title: long }),
    line: lineFigure({
      series: [{ x, y: x.map(forward), name: "learned" }],
      ...{ xTitle: "x", yTitle: "z", title: "The normalizing direction, z = f⁻¹(x)" },
    }),
    compare: compareFigure({ x, yours: x.map(twoPeaks), expected: x.map((at) => 2 * twoPeaks(at)), at: 1 }),
    density2d: density2dFigure({ logProb: (points) => points.map(plane), title: "Two moons" }),
    densityOfBase: density2dFigure({
      logProb: (points) => points.map(([a, b]) => -(a * a + b * b) / 2 - Math.log(2 * Math.PI)),
      ...{ space: "base", points: samples(3, 200).map((value) => [value / 2, -value / 2]) },
    }),
    samples2d: samples2dFigure({
      samples: [
        { points: points[0], name: "two moons, the data" },
        { points: points[1], name: "samples of the model", space: "neutral" },
      ],
      title: "Two thousand samples of a flow and of the data that it was fitted to",
    }),
    flowLayers: flowLayersFigure({
      bijection: chain([wave("affine coupling"), wave("permutation"), wave("affine coupling")]),
      ...{ points: points[0], between: 4, title: "Layer by layer" },
    }),
    flowLayersGrid: flowLayersFigure({
      bijection: chain([wave("a layer"), wave("another layer")]),
      between: 2,
    }),
    warpedGrid: warpedGridFigure({
      map: (points) => points.map(([a, b]) => [a, b + Math.sin(a)]),
      cell: { corner: [0.5, 0.5], side: 1 },
      title: long,
    }),
    jacobian: jacobianFigure({
      matrix: linspace(1, 8, 8).map((i) => linspace(1, 8, 8).map((j) => (j > i ? 0 : Math.cos(i * j)))),
      title: "The Jacobian of one coupling layer",
    }),
    ...images,
    plain: figure([{ y: [1, 3, 2], name: "one" }], { title: long }),
  };
}
