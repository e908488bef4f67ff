import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./model-density.domain.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "missing-absolute-value",
    explanation:
      "For a decreasing map your density is negative. Mass does not care about direction: divide by the absolute value of the slope.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(inverse(x)),
    },
  },
  {
    id: "multiplied-by-the-slope",
    explanation:
      "You multiplied by the slope. Where $f$ stretches, density falls: divide by it. If your values for decreasing maps are negative, the absolute value of the slope is missing as well.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => base(inverse(x)) * Math.abs(derivative(inverse(x))),
    },
    variants: [{ modelDensity: (x, inverse, derivative, base) => base(inverse(x)) * derivative(inverse(x)) }],
  },
  {
    id: "slope-at-x",
    explanation:
      "You asked for the slope at $x$. `derivative` is a function of $z$: use the $z$ that leads to $x$. If your values for decreasing maps are negative, the absolute value of the slope is missing as well.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / Math.abs(derivative(x)),
    },
    variants: [{ modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(x) }],
  },
  {
    id: "base-at-x",
    explanation:
      "You asked for the base density at $x$. It is the density of $z$: go back through `inverse` first. If your values for decreasing maps are negative, the absolute value of the slope is missing as well.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => base(x) / Math.abs(derivative(inverse(x))),
    },
    variants: [{ modelDensity: (x, inverse, derivative, base) => base(x) / derivative(inverse(x)) }],
  },
  {
    id: "no-slope",
    explanation:
      "You returned the base density at $z$ without the factor $1/|f'(z)|$: that is right only where $f$ has slope 1.",
    implementation: { modelDensity: (x, inverse, _derivative, base) => base(inverse(x)) },
  },

  {
    id: "negative-slope-cut",
    explanation:
      "Where the slope is negative you return 0. Mass arrives there too; only its direction has turned. Of the slope, take the size.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => Math.max(0, base(inverse(x)) / derivative(inverse(x))),
    },
  },
  {
    id: "everything-at-x",
    explanation:
      "You asked both the slope and the base density at $x$. Both are functions of $z$: without `inverse` there is no way back. If your values for decreasing maps are negative, the absolute value of the slope is missing as well.",
    implementation: { modelDensity: (x, _inverse, derivative, base) => base(x) / Math.abs(derivative(x)) },
    variants: [
      { modelDensity: (x, _inverse, derivative, base) => base(x) / derivative(x) },
      { modelDensity: (x, _inverse, derivative, base) => base(x) * Math.abs(derivative(x)) },
      { modelDensity: (x, _inverse, _derivative, base) => base(x) },
    ],
  },
  {
    id: "back-twice",
    explanation:
      "You applied `inverse` twice. After the first time you are at $z$ already, where slope and base density belong.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) =>
        base(inverse(inverse(x))) / Math.abs(derivative(inverse(inverse(x)))),
    },
    variants: [
      {
        modelDensity: (x, inverse, derivative, base) =>
          base(inverse(inverse(x))) / Math.abs(derivative(inverse(x))),
      },
      {
        modelDensity: (x, inverse, derivative, base) =>
          base(inverse(x)) / Math.abs(derivative(inverse(inverse(x)))),
      },
    ],
  },
  {
    id: "logarithm-of-the-density",
    explanation:
      "You returned the logarithm of the density. That is what training works with; asked for here is the density.",
    implementation: {
      modelDensity: (x, inverse, derivative, base) =>
        Math.log(base(inverse(x))) - Math.log(Math.abs(derivative(inverse(x)))),
    },
    variants: [
      {
        modelDensity: (x, inverse, derivative, base) =>
          Math.log(Math.abs(derivative(inverse(x)))) - Math.log(base(inverse(x))),
      },
    ],
  },
  {
    id: "base-density-forgotten",
    explanation:
      "You returned $1/|f'(z)|$ alone. It says how much is squeezed; what is squeezed is the base density at $z$.",
    implementation: {
      modelDensity: (x, inverse, derivative) => 1 / Math.abs(derivative(inverse(x))),
    },
    variants: [{ modelDensity: (x, inverse, derivative) => Math.abs(derivative(inverse(x))) }],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "slope-squared",
    implementation: {
      modelDensity: (x, inverse, derivative, base) => base(inverse(x)) / derivative(inverse(x)) ** 2,
    },
  },
];
