import { checkOptions } from "../ground/check-options.ts";
import type { Config } from "../ground/config.ts";
import type { Distribution } from "./distribution.ts";
import type { LocationScale } from "./location-scale.ts";
import { logistic } from "./logistic.ts";
import { mixture } from "./mixture.ts";
import { normal, standardNormal } from "./normal.ts";
import { type StudentTOptions, studentT } from "./student-t.ts";
import { uniform } from "./uniform.ts";
import { type VonMisesOptions, vonMises } from "./von-mises.ts";

/** Each type of a distribution's config, and how one is made from it. */
const builders: Record<string, (config: Config) => Distribution> = {
  standardNormal: ({ eventShape }) => standardNormal(eventShape as number[]),
  normal: (config) => normal(config as LocationScale),
  uniform: ({ low, high, eventShape }) => uniform(low as number, high as number, eventShape as number[]),
  logistic: (config) => logistic(config as LocationScale),
  studentT: (config) => studentT(config as unknown as StudentTOptions),
  vonMises: (config) => vonMises(config as VonMisesOptions),
  mixture: ({ components, weights }) =>
    mixture((components as Config[]).map(buildDistribution), weights as number[]),
};

/** The types that a distribution's config may have. */
export const distributionTypes: readonly string[] = Object.keys(builders);

/**
 * The distribution that a config describes, as `config` of a distribution gives it and JSON keeps it.
 *
 * @throws RangeError if its type is unknown, or an option makes no sense.
 */
export function buildDistribution(config: Config): Distribution {
  checkOptions("buildDistribution", config, 'buildDistribution({ type: "standardNormal", eventShape: [2] })');
  const build = Object.hasOwn(builders, config.type) ? builders[config.type] : undefined;
  if (build !== undefined) return build(config);
  const known = Object.keys(builders).join(", ");
  throw new RangeError(`no distribution of type "${config.type}"; known are ${known}`);
}
