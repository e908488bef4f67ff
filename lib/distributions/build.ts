import { checkObject } from "../ground/arguments/check-options.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
import type { Config } from "../ground/config.ts";
import type { Distribution } from "./distribution.ts";
import type { LocationScale } from "./location-scale.ts";
import { logistic } from "./logistic.ts";
import { mixture } from "./mixture.ts";
import { normal, standardNormal } from "./normal.ts";
import { type StudentTOptions, studentT } from "./student-t.ts";
import { uniform } from "./uniform.ts";
import { type VonMisesOptions, vonMises } from "./von-mises.ts";

type Options = Omit<Config, "type">;

/** Each type of a distribution's config, and how one is made from it. */
const builders: Record<string, (options: Options) => Distribution> = {
  standardNormal: ({ eventShape }) => standardNormal(eventShape as number[]),
  normal: (options) => normal(options as LocationScale),
  uniform: ({ low, high, eventShape }) => uniform(low as number, high as number, eventShape as number[]),
  logistic: (options) => logistic(options as LocationScale),
  studentT: (options) => studentT(options as unknown as StudentTOptions),
  vonMises: (options) => vonMises(options as VonMisesOptions),
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
  checkObject("buildDistribution", config, 'buildDistribution({ type: "standardNormal", eventShape: [2] })');
  const { type, ...options } = config;
  const build = typeof type === "string" && Object.hasOwn(builders, type) ? builders[type] : undefined;
  if (build !== undefined) return build(options);
  const known = Object.keys(builders).join(", ");
  throw new RangeError(`buildDistribution: expected a distribution of type ${known}; got ${describe(type)}`);
}
