import { derivation, fn } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";

export const FIRST = "log(p(x1) * p((x2 - t(x1)) / exp(s(x1))) / abs(1 * exp(s(x1)) - 0 * g))";
export const LAST = "log(p(x1)) + log(p((x2 - t(x1)) * exp(-s(x1)))) - s(x1)";

/** Any density and any functions will do; these are neither even nor monotone. */
export const task: DerivationTask = {
  first: FIRST,
  last: LAST,
  variables: {
    x1: (random) => random.uniform(-1.5, 1.5),
    x2: (random) => random.uniform(-2, 2),
    g: (random) => random.uniform(-3, 3),
  },
  functions: {
    p: (z) => Math.exp(-Math.abs(z - 0.3)) / (1 + Math.exp(-2 * z)),
    s: (a) => 0.4 + Math.sin(1.7 * a),
    t: (a) => a * a - 0.7 * a + 0.2,
  },
  forms: [
    {
      name: "the determinant without g",
      appears: ({ variables, functions }) => !variables.has("g") && functions.has("p"),
    },
  ],
};

export const signatures = { logDensitySteps: fn([], derivation) };
