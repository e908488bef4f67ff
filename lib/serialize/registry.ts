import { actNorm } from "../bijections/act-norm.ts";
import { affine } from "../bijections/affine.ts";
import { autoregressive } from "../bijections/autoregressive.ts";
import { batchNorm } from "../bijections/batch-norm.ts";
import type { Bijection, Config } from "../bijections/bijection.ts";
import { chain } from "../bijections/chain.ts";
import { coupling } from "../bijections/coupling.ts";
import { diagonal } from "../bijections/diagonal.ts";
import { invert } from "../bijections/invert.ts";
import { invertible1x1Convolution } from "../bijections/invertible-1x1-convolution.ts";
import { leakyRelu } from "../bijections/leaky-relu.ts";
import { logitTransform } from "../bijections/logit-transform.ts";
import type { Mask } from "../bijections/masks.ts";
import { monotone } from "../bijections/monotone.ts";
import { orthogonal } from "../bijections/orthogonal.ts";
import { permutation } from "../bijections/permutation.ts";
import { piecewiseLinear } from "../bijections/piecewise-linear.ts";
import { plu } from "../bijections/plu.ts";
import { qr } from "../bijections/qr.ts";
import { rationalQuadraticSpline } from "../bijections/rational-quadratic-spline.ts";
import { rotation } from "../bijections/rotation.ts";
import { logit, sigmoid } from "../bijections/sigmoid.ts";
import { softplus } from "../bijections/softplus.ts";
import { split } from "../bijections/split.ts";
import { squeeze } from "../bijections/squeeze.ts";
import { tanh } from "../bijections/tanh.ts";
import { triangular } from "../bijections/triangular.ts";
import type { Conditioner } from "../conditioners/conditioner.ts";
import { convNet } from "../conditioners/conv-net.ts";
import { gatedConvNet } from "../conditioners/gated-conv-net.ts";
import { type AutoregressiveConditioner, made } from "../conditioners/made.ts";
import { mlp } from "../conditioners/mlp.ts";
import { residualMlp } from "../conditioners/residual-mlp.ts";
import { glow } from "../flows/glow.ts";
import { transformerFrom } from "../transformers/registry.ts";

/** Makes an object from the config that it had. Every builder takes the options that its own factory writes down. */
type Builders<T> = Readonly<Record<string, (options: never) => T>>;

/** Every type of bijection, one line for each. */
const BIJECTIONS: Builders<Bijection> = {
  actNorm,
  affine,
  autoregressive: ({ transformer, conditioner }: Parts) =>
    autoregressive({
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
  invert: ({ of }: { of: Config }) => invert(bijectionFrom(of)),
  invertible1x1Convolution,
  leakyRelu: ({ slope }: { slope: number }) => leakyRelu(slope),
  logit,
  logitTransform,
  monotone,
  orthogonal,
  permutation: ({ indices }: { indices: number[] }) => permutation(indices),
  piecewiseLinear,
  plu,
  qr,
  rationalQuadraticSpline,
  rotation,
  sigmoid,
  softplus,
  split: ({ inner, kept }: { inner: Config; kept?: number }) =>
    split({ inner: bijectionFrom(inner), ...(kept !== undefined && { kept }) }),
  squeeze,
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
  return built(BIJECTIONS, "bijection", config);
}

/**
 * A fresh conditioner of the architecture that a config describes.
 *
 * @throws RangeError if its type is unknown, or an option makes no sense.
 */
export function conditionerFrom(config: Config): Conditioner {
  return built(CONDITIONERS, "conditioner", config);
}

function built<T>(builders: Builders<T>, kind: string, config: Config): T {
  const type = config?.type;
  if (typeof type === "string" && Object.hasOwn(builders, type)) return builders[type](config as never);
  throw new RangeError(
    `expected the config of a ${kind}, of type ${Object.keys(builders).join(", ")}; got ${JSON.stringify(type)}`,
  );
}
