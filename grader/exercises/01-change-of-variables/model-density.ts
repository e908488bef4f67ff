import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { buildMap, mapRef } from "../../harness/maps.ts";
import { checks } from "./model-density.checks.ts";
import { domain, normal, signatures } from "./model-density.domain.ts";
import { modelMixtures } from "./model-density.ingredients.ts";
import { misconceptions, mutants } from "./model-density.misconceptions.ts";

export const modelDensity = exercise({
  id: "1D.density",
  path: "01-change-of-variables/model-density",
  title: "The density of any invertible map",
  source: "Equation 16.1 of Prince, Understanding Deep Learning",
  statement: prose`
Write equation 16.1 once for all: \`modelDensity(x, inverse, derivative, base)\` gives $Pr(x)$ where \`inverse\` is $f^{-1}$,
\`derivative\` is $f'$ (a function of $z$) and \`base\` is the density of $z$. All three are functions from number to number.
$f$ may be increasing or decreasing, flat or steep. Seven digits are to be right.`,
  signatures,
  domains: { modelDensity: domain },
  checks,
  hints: [
    "Three lines are enough: $z$, the slope at $z$, the result.",
    "`const z = inverse(x)` comes first; after that $x$ is not needed any more.",
    "`base(z)` divided by the **size** of `derivative(z)`.",
  ],
  reference: {
    modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / Math.abs(derivative(inverse(x))),
  },
  parts: [
    {
      export: "modelDensity",
      by: "product",
      of: [
        {
          name: "the base density at $z$",
          value: ({ inputs: [x, inverse, , base] }) => buildMap(base)(buildMap(inverse)(x)),
        },
        {
          name: "the factor $1/|f'(z)|$",
          value: ({ inputs: [x, inverse, derivative] }) =>
            1 / Math.abs(buildMap(derivative)(buildMap(inverse)(x))),
        },
      ],
    },
  ],
  ingredients: [{ export: "modelDensity", mixtures: modelMixtures }],
  misconceptions,
  mutants,
  /** A decreasing map: it shows a missing absolute value, too. */
  async illustrate(learner) {
    const [inverse, derivative] = [mapRef("affine-inverse", -0.6, 0.5), mapRef("affine-derivative", -0.6)];
    return yoursAgainstAsked(
      grid(-2, 3, 61),
      (x) => learner.modelDensity(x, inverse, derivative, normal),
      (x) => buildMap(normal)(buildMap(inverse)(x)) / 0.6,
      { x: "x, where x = f(z) = −0.6 z + 0.5", y: "Pr(x)" },
    );
  },
});
