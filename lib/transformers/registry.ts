import { checkObject } from "../ground/arguments/check-options.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
import type { Config } from "../ground/config.ts";
import { additive } from "./additive.ts";
import { affineTransformer } from "./affine.ts";
import { mixtureLogisticCdf } from "./mixtures/mixture-logistic-cdf.ts";
import { mixtureNormalCdf } from "./mixtures/mixture-normal-cdf.ts";
import { nonlinearSquared } from "./nonlinear-squared.ts";
import { cubicSpline } from "./splines/cubic-spline.ts";
import { piecewiseLinearTransformer } from "./splines/piecewise-linear.ts";
import { quadraticSpline } from "./splines/quadratic-spline.ts";
import { rationalQuadratic } from "./splines/rational-quadratic.ts";
import type { Transformer } from "./transformer.ts";

/** Every kind of transformer by the type in its config: one line for each. */
const BUILDERS: Readonly<Record<string, (config: never) => Transformer>> = {
  additive,
  affine: affineTransformer,
  cubicSpline,
  mixtureLogisticCdf,
  mixtureNormalCdf,
  nonlinearSquared,
  piecewiseLinear: piecewiseLinearTransformer,
  quadraticSpline,
  rationalQuadratic,
};

/** The types that a transformer's config may have. */
export const transformerTypes: readonly string[] = Object.keys(BUILDERS);

/**
 * The transformer that a config describes: `transformerFrom(t.config)` computes what `t` does.
 *
 * @throws RangeError if the type is unknown, or an option makes no sense.
 */
export function transformerFrom(config: Config): Transformer {
  checkObject("transformerFrom", config, 'transformerFrom({ type: "affine" })');
  if (typeof config.type !== "string" || !Object.hasOwn(BUILDERS, config.type)) {
    const known = Object.keys(BUILDERS).join(", ");
    throw new RangeError(
      `transformerFrom: expected a transformer of type ${known}; got ${describe(config.type)}`,
    );
  }
  const { type, ...options } = config;
  return BUILDERS[type](options as never);
}
