import {
  type Bijection,
  chain,
  flow,
  glow,
  invert,
  iResNet,
  maf,
  planar,
  radial,
  random,
  realNVP,
  splineCoupling,
  standardNormal,
  tf,
  transformerFrom,
  type VectorFlowOptions,
} from "flowlab";
import { type ToyDensity, toyDensities } from "flowlab/data";
import { halfCouplings } from "../lib/flows/layers.ts";
import type { Config } from "../lib/ground/config.ts";

/** What can be timed, and the gap to the true density after equal steps. */
export type Measure = "train" | "logProb" | "sample" | "quality";

interface Layers {
  readonly dimensions: number;
  readonly layers: number;
  readonly seed: number;
}

/** So many layers, turned around: their closed form leads from the data to the base, which training needs. */
function invertLayers(layer: (options: { dimensions: number; seed: number }) => Bijection) {
  return ({ dimensions, layers, seed }: Layers) =>
    chain(Array.from({ length: layers }, (_, k) => invert(layer({ dimensions, seed: seed + k }))));
}

/** Couplings of the halves of a vector in turns, by any transformer. */
const transformerCoupling = ({
  transformer,
  ...options
}: VectorFlowOptions & Layers & { transformer: Config }) =>
  chain(halfCouplings(options, transformerFrom(transformer)));

/** Every kind of flow in the comparison; its formulas in Python are in peers/architectures.py. */
const BUILDERS = {
  realNVP,
  maf,
  splineCoupling,
  glow,
  planar: invertLayers(planar),
  radial: invertLayers(radial),
  transformerCoupling,
  iResNet: ({ terms, ...options }: Layers & { hidden: number[]; lipschitz: number; terms?: number }) =>
    iResNet({
      ...options,
      actNorm: false,
      logDet: terms === undefined ? "exact" : { terms, noise: "normal" },
    }),
} satisfies Record<string, (options: never) => Bijection>;

/** One thing to do in every engine. */
export interface Workload {
  readonly name: string;
  readonly kind: keyof typeof BUILDERS;
  readonly options: Readonly<Record<string, number | readonly number[] | Config>>;
  readonly batch: number;
  /** Events of one evaluation and of one draw. */
  readonly count: number;
  readonly measures: readonly Measure[];
  readonly group: "speed" | "scaling" | "quality";
  /** Where the data come from, if not the two moons. */
  readonly toy?: keyof typeof toyDensities;
}

const hidden = [64, 64];
const speed = {
  batch: 256,
  count: 10_000,
  measures: ["train", "logProb", "sample"],
  group: "speed",
} as const;

const ends = [-4, 4];

/** Couplings as those of rational-quadratic splines, by other transformers. */
const transformers: readonly Workload[] = [
  { type: "quadraticSpline", bins: 8, interval: ends },
  { type: "cubicSpline", bins: 8, interval: ends },
  { type: "nonlinearSquared" },
  { type: "mixtureLogisticCdf", components: 8 },
].map((transformer) => ({
  ...speed,
  name: `${transformer.type} coupling`,
  kind: "transformerCoupling",
  options: { dimensions: 2, layers: 4, hidden, transformer },
  // A mixture's quantiles are found by an iteration that the peers do not have.
  ...(transformer.type === "mixtureLogisticCdf" && { measures: ["train", "logProb"] as const }),
}));

/** Of a block of three layers: that library scales each of them to 0.97. */
const lipschitz = 0.97 ** 3;
const image = { height: 16, width: 16, channels: 3, levels: 1, steps: 4, hidden };

/** The flows of the comparison: the images are squeezed to 8×8×12 before the four steps of Glow. */
export const speedWorkloads: readonly Workload[] = [
  { ...speed, name: "RealNVP", kind: "realNVP", options: { dimensions: 2, layers: 8, hidden } },
  { ...speed, name: "MAF", kind: "maf", options: { dimensions: 2, layers: 5, hidden } },
  {
    ...speed,
    name: "MAF of 64 dimensions",
    kind: "maf",
    options: { dimensions: 64, layers: 5, hidden },
    // Samples take 320 passes, which XLA and torch.compile would unroll for minutes: autoregressive.ts measures ours.
    measures: ["train", "logProb"],
  },
  {
    ...speed,
    name: "RQ-spline coupling",
    kind: "splineCoupling",
    options: { dimensions: 2, layers: 4, bins: 8, interval: 4, hidden },
  },
  {
    ...speed,
    name: "planar",
    kind: "planar",
    options: { dimensions: 2, layers: 10 },
    // The other direction has no closed form, and the peers have none at all.
    measures: ["train", "logProb"],
  },
  { ...speed, name: "radial", kind: "radial", options: { dimensions: 2, layers: 10 } },
  {
    ...speed,
    name: "i-ResNet, exact",
    kind: "iResNet",
    options: { dimensions: 2, layers: 8, hidden, lipschitz },
  },
  {
    ...speed,
    name: "i-ResNet, 10 terms",
    kind: "iResNet",
    options: { dimensions: 16, layers: 8, hidden, lipschitz, terms: 10 },
    // The library's densities, other than its training, always end their series at random.
    measures: ["train"],
  },
  ...transformers,
  { ...speed, name: "Glow", kind: "glow", batch: 32, count: 128, options: image },
];

const scale = (name: string, batch: number, layers: number, dimensions: number): Workload => ({
  ...{ name: `RealNVP, ${name}`, kind: "realNVP", options: { dimensions, layers, hidden }, batch, count: 1 },
  ...{ measures: ["train"], group: "scaling" },
});

/** How the cost of a training step grows: three points for batch, depth and dimension each. */
export const scalingWorkloads: readonly Workload[] = [
  ...[64, 256, 1024].map((batch) => scale(`batch ${batch}`, batch, 8, 2)),
  ...[4, 8, 16].map((layers) => scale(`${layers} couplings`, 256, layers, 2)),
  ...[2, 16, 64].map((dimensions) => scale(`${dimensions} dimensions`, 256, 8, dimensions)),
];

const toys = ["twoMoons", "eightGaussians", "checkerboard", "rings", "pinwheel"] as const;

/** How near two flows come to densities of known entropy in the same number of steps. */
export const qualityWorkloads: readonly Workload[] = toys.flatMap((toy) => {
  const common = { batch: 256, count: 1, measures: ["quality"], group: "quality", toy } as const;
  const { name } = toyDensities[toy];
  return [
    { ...common, name: `RealNVP on ${name}`, kind: "realNVP", options: { dimensions: 2, layers: 8, hidden } },
    {
      ...common,
      name: `RQ-spline on ${name}`,
      kind: "splineCoupling",
      options: { dimensions: 2, layers: 4, bins: 8, interval: 4, hidden },
    },
  ] as const;
});

/** A new flow with the weights that its seed gives, and its base. */
export function flowOf({ kind, options }: Workload) {
  const build = BUILDERS[kind] as unknown as (options: unknown) => Bijection;
  const bijection = build({ ...options, seed: 1 });
  return flow(standardNormal(eventShapeOf(options)), bijection);
}

/** The density that the data of a workload are drawn from, if it is known. */
export function densityOf({ toy = "twoMoons" }: Workload): ToyDensity {
  return toyDensities[toy];
}

/** Events to train on: of the toy density; in other dimensions and for images, of correlated normal numbers. */
export function dataOf(workload: Workload, rows: number, name: string): tf.Tensor {
  const shape = eventShapeOf(workload.options);
  const stream = random(7).fork(`${workload.toy ?? workload.kind} ${name}`);
  if (shape.length === 1 && shape[0] === 2) return densityOf(workload).sample(rows, stream);
  return tf.tidy(() => {
    const own = stream.normalTensor([rows, ...shape]);
    const shared = stream.normalTensor([rows, ...shape.map(() => 1)]);
    return tf.add(tf.mul(own, 0.6), tf.mul(shared, 0.8));
  });
}

function eventShapeOf(options: Workload["options"]): number[] {
  const { dimensions, height, width, channels } = options as Record<string, number>;
  return dimensions === undefined ? [height, width, channels] : [dimensions];
}
