import { autoregressive } from "../bijections/autoregressive/autoregressive.ts";
import type { SolverOptions } from "../bijections/autoregressive/solver.ts";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { reversible } from "../bijections/composition/reversible.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import type { Mask } from "../bijections/coupling/masks.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { elementwise } from "../bijections/elementwise/elementwise.ts";
import { leakyRelu } from "../bijections/elementwise/leaky-relu.ts";
import { logitTransform } from "../bijections/elementwise/logit-transform.ts";
import { monotone } from "../bijections/elementwise/monotone.ts";
import { piecewiseLinear } from "../bijections/elementwise/piecewise-linear.ts";
import { rationalQuadraticSpline } from "../bijections/elementwise/rational-quadratic-spline.ts";
import { rotation } from "../bijections/elementwise/rotation.ts";
import { logit, sigmoid } from "../bijections/elementwise/sigmoid.ts";
import { softplus } from "../bijections/elementwise/softplus.ts";
import { tanh } from "../bijections/elementwise/tanh.ts";
import { split } from "../bijections/image/split.ts";
import { squeeze } from "../bijections/image/squeeze.ts";
import { diagonal } from "../bijections/linear/diagonal.ts";
import { invertible1x1Convolution } from "../bijections/linear/invertible-1x1-convolution.ts";
import { orthogonal } from "../bijections/linear/orthogonal.ts";
import { permutation } from "../bijections/linear/permutation.ts";
import { plu } from "../bijections/linear/plu.ts";
import { qr } from "../bijections/linear/qr.ts";
import { triangular } from "../bijections/linear/triangular.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { batchNorm } from "../bijections/normalization/batch-norm.ts";
import { standardizeShape } from "../bijections/normalization/standardize.ts";
import { planar } from "../bijections/residual/planar.ts";
import { radial } from "../bijections/residual/radial.ts";
import { type ResidualOptions, residual } from "../bijections/residual/residual.ts";
import type { Conditioner } from "../conditioners/conditioner.ts";
import type { Contraction } from "../conditioners/contraction/contraction.ts";
import { contractiveConvNet } from "../conditioners/contraction/contractive-conv-net.ts";
import { contractiveMlp } from "../conditioners/contraction/contractive-mlp.ts";
import { convNet } from "../conditioners/conv-net.ts";
import { gatedConvNet } from "../conditioners/gated-conv-net.ts";
import { type AutoregressiveConditioner, made } from "../conditioners/made.ts";
import { mlp } from "../conditioners/mlp.ts";
import { residualMlp } from "../conditioners/residual-mlp.ts";
import { glow } from "../flows/glow.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
import type { Config } from "../ground/config.ts";
import { transformerFrom } from "../transformers/registry.ts";

/** Makes an object from the config that it had. Every builder takes the options that its own factory writes down. */
type Builders<T> = Readonly<Record<string, (options: never) => T>>;

/** Every type of bijection, one line for each. */
const BIJECTIONS: Builders<Bijection> = {
  actNorm,
  affine,
  autoregressive: ({ transformer, conditioner, ...solver }: Parts & SolverOptions) =>
    autoregressive({
      ...solver,
      transformer: transformerFrom(transformer),
      conditioner: conditionerFrom(conditioner) as AutoregressiveConditioner,
    }),
  batchNorm,
  chain: ({ parts }: { parts: Config[] }) => chain(parts.map(bijectionFrom)),
  coupling: ({ mask, transformer, conditioner }: Parts & { mask: Mask }) =>
    coupling({
      mask,
      transformer: transformerFrom(transformer),
      conditioner: conditionerFrom(conditioner),
    }),
  glow,
  diagonal,
  elementwise: ({ transformer, shape }: { transformer: Config; shape: number[] }) =>
    elementwise({ transformer: transformerFrom(transformer), shape }),
  invert: ({ of }: { of: Config }) => invert(bijectionFrom(of)),
  invertible1x1Convolution,
  leakyRelu: ({ slope }: { slope: number }) => leakyRelu(slope),
  logit,
  logitTransform,
  monotone,
  orthogonal,
  permutation: ({ indices }: { indices: number[] }) => permutation(indices),
  piecewiseLinear,
  planar,
  plu,
  qr,
  radial,
  rationalQuadraticSpline,
  residual: ({ network, ...options }: Omit<ResidualOptions, "network"> & { network: Config }) =>
    residual({ ...options, network: build(CONTRACTIONS, "contraction", network) }),
  reversible: ({ parts }: { parts: Config[] }) => reversible(parts.map(bijectionFrom)),
  rotation,
  sigmoid,
  softplus,
  split: ({ inner, kept }: { inner: Config; kept?: number }) =>
    split({ inner: bijectionFrom(inner), ...(kept !== undefined && { kept }) }),
  squeeze,
  standardize: standardizeShape,
  tanh,
  triangular,
};

/** Every type of conditioner, one line for each. */
const CONDITIONERS: Builders<Conditioner> = {
  convNet,
  gatedConvNet,
  made,
  mlp,
  residualMlp,
};

/** Every type of network that a residual block adds, one line for each. */
const CONTRACTIONS: Builders<Contraction> = {
  contractiveConvNet,
  contractiveMlp,
};

/** The types that configs of bijections and conditioners may have. */
export const [bijectionTypes, conditionerTypes, contractionTypes] = [
  BIJECTIONS,
  CONDITIONERS,
  CONTRACTIONS,
].map((builders) => Object.keys(builders));

interface Parts {
  readonly transformer: Config;
  readonly conditioner: Config;
}

/**
 * A fresh bijection of the architecture that a config describes: `bijectionFrom(b.config)`. Its variables have the
 * shapes of the original's, with the values they start from.
 *
 * @throws RangeError if its type, or that of a part, is unknown, or an option makes no sense.
 */
export function bijectionFrom(config: Config): Bijection {
  return build(BIJECTIONS, "bijection", nameDimensions(config));
}

/** In earlier files linear maps call the numbers of an event their size, and actNorm calls them channels. */
function nameDimensions(config: Config): Config {
  const earlier = config?.type === "actNorm" ? "channels" : "size";
  const { [earlier]: dimensions, ...rest } = config ?? {};
  return dimensions === undefined ? config : ({ dimensions, ...rest } as Config);
}

/**
 * A fresh conditioner of the architecture that a config describes.
 *
 * @throws RangeError if its type is unknown, or an option makes no sense.
 */
export function conditionerFrom(config: Config): Conditioner {
  return build(CONDITIONERS, "conditioner", config);
}

function build<T>(builders: Builders<T>, kind: string, config: Config): T {
  const { type, ...options } = config ?? {};
  if (typeof type === "string" && Object.hasOwn(builders, type)) return builders[type](options as never);
  throw new RangeError(
    `${kind}From: expected the config of a ${kind}, of type ${Object.keys(builders).join(", ")}; got ${describe(type)}`,
  );
}
