import { allowed, type Domain } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { grid, yoursAgainstAsked } from "../../illustration.ts";
import { integrate, quadraturePoints } from "../../oracle/quadrature.ts";
import { along, beside, evenly, linear, logarithmic, negative, only, strata } from "../../strata.ts";
import { valueText } from "../../transcript.ts";
import { sigmoidMixtures } from "./density.ingredients.ts";

const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const logit = (x: number): number => Math.log(x) - Math.log1p(-x);
const inside = (x: number): boolean => x > 0 && x < 1;

/** Pr(x) = Norm(logit x) / (x(1 − x)), because σ′(z) = σ(z)(1 − σ(z)) = x(1 − x). */
const truth = (x: number): number => (inside(x) ? normal(logit(x)) / (x * (1 - x)) : 0);

const within = {
  // Whatever interval of length 0.002 an answer is wrong in, one of the points lies there.
  "between 0 and 1": evenly(510, along(linear(1e-3, 1 - 1e-3))),
};
const close = {
  "close to 0": along(logarithmic(1.01e-7, 1e-3), 8),
  "close to 1": along(beside(1, negative(logarithmic(5e-7, 1e-3))), 8),
  // There 1/x − 1 has lost enough digits of 1 − x.
  "closer to 1": along(beside(1, negative(logarithmic(1.01e-7, 5e-7))), 12),
};
const outside = {
  "very close to 0": along(logarithmic(1e-150, 1e-7), 8),
  "very close to 1": along(beside(1, negative(logarithmic(2 ** -53, 1e-7))), 8),
  "the lower end": along(only(0), 1),
  "the upper end": along(only(1), 1),
  "just below 0": along(negative(logarithmic(1e-300, 1e-3)), 8),
  "below 0": along(negative(logarithmic(1e-3, 1e3))),
  "far below 0": along(negative(logarithmic(1e3, 1e300)), 12),
  "just above 1": along(beside(1, logarithmic(2 ** -52, 1e-3)), 8),
  "above 1": along(linear(1.001, 5)),
  "far above 1": along(logarithmic(5, 1e300), 12),
};

/** Nearer to the ends than 1e-7 the density is below 2e-50. */
const NOTHING = 1e-45;

const domain: Domain<readonly [number]> = {
  regions: { ...within, ...close, ...outside },
  allows: (_answer, x) => (!inside(x) ? 0 : Math.min(x, 1 - x) < 1e-7 ? NOTHING : 1e-9 * truth(x)),
  /** Rounding x moves z by ε/(1 − x), rounding z²/2 is magnified by the exponential function; and float32 ends at 1e-38. */
  float32(_answer, x) {
    if (x === 0 || x === 1) return 0;
    if (!inside(x)) return Math.abs(x - 1) < 1e-6 ? 1e-30 : 0;
    const z = logit(x);
    // The normal density ends at 1e-38 before it is divided by the slope.
    const lost = 3e-32 / (Math.max(x, 1e-8) * (1 - x));
    return truth(x) * (2 + z * z + Math.abs(z) / (1 - x)) + 1e-30 + lost;
  },
};

export const sigmoidOfNormal = exercise({
  id: "16.2",
  path: "01-change-of-variables/16-2-sigmoid",
  title: "The density of a squashed normal variable",
  source: "Prince, Understanding Deep Learning, Problem 16.2",
  statement: prose`
Let $z$ have the standard normal density $Pr(z) = \frac{1}{\sqrt{2\pi}} e^{-z^2/2}$ and let
$x = f(z) = \frac{1}{1 + e^{-z}}$. Write \`sigmoidDensity(x)\`, the density $Pr(x)$ of $x$, for every real $x$.
At the ends $x = 0$ and $x = 1$ return the limit. Nine digits are to be right for $x$ from $10^{-7}$ to $1 - 10^{-7}$; still
closer to the ends the density is below $10^{-45}$, and anything below that is right.`,
  signatures: { sigmoidDensity: fn([parameter("x", number)], number) },
  domains: { sigmoidDensity: domain },
  checks: [
    {
      name: "has the right value between 0 and 1",
      points: 2,
      hints: [
        {
          test: async (learner) => ({
            got: await learner.sigmoidDensity(0.5),
            want: 4 / Math.sqrt(2 * Math.PI),
          }),
          text: "At $x = \\tfrac12$ everything can be done by hand: $z = 0$, the slope is $\\tfrac14$, so the density is $4 / \\sqrt{2\\pi}$.",
        },
        {
          text: "At $x = \\tfrac12$ your value is right. There $z = 0$ and the slope is the steepest, so it says nothing about how $z$ is found, how it enters the exponent, or how the slope changes: look at these.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, within)) {
          const [x] = inputs;
          expect.close(await learner.sigmoidDensity(x), truth(x), allowed(domain, truth(x), x));
        }
      },
    },
    {
      name: "is zero at both ends and outside",
      points: 1,
      hints: [
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x === 0 || x === 1,
          text: "At the ends the formula is 0 divided by 0. What does it tend to? The normal density falls faster than any slope.",
        },
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x < 0 || x > 1,
          text: "No $z$ leads to this $x$, and the formula has no value there. Decide about such $x$ before it is used.",
        },
        {
          where: ({ inputs: [x] }) => x <= 0 || x >= 1,
          text: "Which values can $1/(1 + e^{-z})$ take? Nothing arrives at the $x$ shown, so its density is 0.",
        },
        {
          where: ({ inputs: [x] }) => x > 0 && x < 1,
          test: async (learner) => ({ got: await learner.sigmoidDensity(0.3), want: truth(0.3) }),
          text: "Close to the end your value is off, but so it is in the middle: begin with the check above.",
        },
        {
          where: ({ inputs: [x] }) => x > 0 && x < 1,
          text: "The $x$ shown lies inside, if close to an end: the formula holds there as in the middle. Is something of yours held away from the ends, or set to 0 too soon?",
        },
      ],
      async run({ learner, random, expect }) {
        const middle = along(linear(0.1, 0.9));
        for (const { region, inputs } of strata(random, { ...outside, ...close, middle })) {
          const [x] = inputs;
          const got = await learner.sigmoidDensity(x);
          if (region === "middle") {
            expect.that(got > 0, "where some z leads, the density is above 0", { got, expected: "above 0" });
          } else {
            const message =
              region in close
                ? "close to the end the value is small, but not 0"
                : "nothing arrives there, so the density is 0";
            expect.close(got, truth(x), { ...allowed(domain, truth(x), x), message });
          }
        }
      },
    },
    {
      name: "integrates to one, and keeps the mass of each interval",
      points: 1,
      hints: [
        {
          text: "The $z$ between two numbers arrive between their images with all their mass. Two things decide that: the $z$ at which the base density is taken, and the factor $1/|f'(z)|$.",
        },
      ],
      async run({ learner, random, expect }) {
        // One is also the integral of a density that is wrong; only this one gives [σ(low), σ(high)] the mass of [low, high].
        for (const [low, high] of [
          [-8, random.uniform(-1, -0.3)] as const,
          [random.uniform(0.3, 1), 8] as const,
          [-8, 8] as const,
        ]) {
          // x = σ(t): ∫ Pr(x) dx = ∫ Pr(σ(t)) σ(t)(1 − σ(t)) dt, a normal density in t; ±8 leaves 1e-15 outside.
          const { x: t, weights } = quadraturePoints(low, high, 8);
          let mass = 0;
          for (const [i, at] of t.entries()) {
            const x = sigmoid(at);
            mass += weights[i] * x * sigmoid(-at) * (await learner.sigmoidDensity(x));
          }
          expect.close(mass, integrate(normal, low, high), {
            absolute: 1e-6,
            input: `∫ sigmoidDensity(x) dx over [${valueText(sigmoid(low))}, ${valueText(sigmoid(high))}]`,
            message: "the mass is not that of the z that lead there",
          });
        }
      },
    },
  ],
  hints: [
    "Solve $x = 1/(1 + e^{-z})$ for $z$ first.",
    "$z = \\log\\frac{x}{1 - x}$, and the slope of the sigmoid can be written with its own value: $f'(z) = x(1 - x)$.",
    "$Pr(x) = Pr(z) / (x(1 - x))$ with that $z$. Outside $(0, 1)$, and at its ends, return 0.",
  ],
  reference: { sigmoidDensity: truth },
  parts: [
    {
      export: "sigmoidDensity",
      by: "product",
      of: [
        { name: "the exponential $e^{-z^2/2}$", value: ({ inputs: [x] }) => Math.exp(-0.5 * logit(x) ** 2) },
        { name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / (x * (1 - x)) },
      ],
    },
  ],
  ingredients: [{ export: "sigmoidDensity", mixtures: sigmoidMixtures }],
  misconceptions: [
    {
      id: "multiplied-by-the-slope",
      explanation:
        "You **multiplied** by the slope of the sigmoid. It squeezes the whole line into $(0, 1)$, so the density has to rise: divide by the slope.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) * x * (1 - x) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(logit(x)) * x * (1 - x) }],
    },
    {
      id: "base-at-x",
      explanation:
        "The slope is right, but you put $x$ into the normal density. The base density belongs to $z$: put $z = f^{-1}(x)$ in.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(x) / (x * (1 - x)) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(x) / (x * (1 - x)) }],
    },
    {
      id: "slope-at-x",
      explanation:
        "The base density is right, but you took the slope of the sigmoid at $x$, that is $\\sigma(x)(1 - \\sigma(x))$. It is wanted at $z$, where $\\sigma(z)$ is just $x$.",
      implementation: {
        sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / (sigmoid(x) * (1 - sigmoid(x))) : 0),
      },
      variants: [{ sigmoidDensity: (x) => normal(logit(x)) / (sigmoid(x) * (1 - sigmoid(x))) }],
    },
    {
      id: "no-slope",
      explanation:
        "You returned the base density at $z$ without the factor $1/|f'(z)|$. Check the total mass: squeezing the line into $(0, 1)$ without raising the density loses most of it.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) : 0) },
      variants: [{ sigmoidDensity: (x) => normal(logit(x)) }],
    },
    {
      id: "unnormalised-base",
      explanation:
        "You are a constant factor off, the same everywhere: the normal density starts with $1/\\sqrt{2\\pi}$.",
      implementation: {
        sigmoidDensity: (x) => (inside(x) ? Math.exp(-0.5 * logit(x) ** 2) / (x * (1 - x)) : 0),
      },
      variants: [{ sigmoidDensity: (x) => Math.exp(-0.5 * logit(x) ** 2) / (x * (1 - x)) }],
    },
    {
      id: "not-a-number-at-the-ends",
      explanation:
        "The formula is right, but at the ends it divides 0 by 0 and outside it takes the logarithm of a negative number, which gives NaN. Return 0 unless $0 < x < 1$.",
      implementation: { sigmoidDensity: (x) => normal(Math.log(x / (1 - x))) / (x * (1 - x)) },
      variants: [
        {
          sigmoidDensity: (x) => (x < 0 || x > 1 ? 0 : normal(Math.log(x / (1 - x))) / (x * (1 - x))),
        },
      ],
    },

    {
      id: "square-not-halved",
      explanation: "The exponent of the normal density is $-z^2/2$. In yours the $\\tfrac12$ is missing.",
      implementation: {
        sigmoidDensity: (x) =>
          inside(x) ? Math.exp(-(logit(x) ** 2)) / Math.sqrt(2 * Math.PI) / (x * (1 - x)) : 0,
      },
      variants: [{ sigmoidDensity: (x) => (inside(x) ? Math.exp(-(logit(x) ** 2)) / (x * (1 - x)) : 0) }],
    },
    {
      id: "exponent-with-plus",
      explanation:
        "The sign in the exponent is wrong: $e^{z^2/2}$ grows without limit, and no density does that on the whole line.",
      implementation: {
        sigmoidDensity: (x) =>
          inside(x) ? Math.exp(logit(x) ** 2 / 2) / Math.sqrt(2 * Math.PI) / (x * (1 - x)) : 0,
      },
    },
    {
      id: "another-logarithm",
      explanation:
        "Your logarithm has another base. The exponential in $f$ is undone by the **natural** logarithm, `Math.log`.",
      implementation: {
        sigmoidDensity: (x) => (inside(x) ? normal(Math.log10(x / (1 - x))) / (x * (1 - x)) : 0),
      },
      variants: [{ sigmoidDensity: (x) => (inside(x) ? normal(Math.log2(x / (1 - x))) / (x * (1 - x)) : 0) }],
    },
    {
      id: "half-of-the-slope",
      explanation:
        "Of the slope only one factor is there. Differentiate $1/(1 + e^{-z})$ once more and write the result with $x$ and $1 - x$: both occur.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / (1 - x) : 0) },
      variants: [{ sigmoidDensity: (x) => (inside(x) ? normal(logit(x)) / x : 0) }],
    },
    {
      id: "constant-of-the-normal-density",
      explanation:
        "A constant is off, the same everywhere: the normal density begins with $1/\\sqrt{2\\pi}$, the root over the whole of $2\\pi$, all of it below the line.",
      implementation: {
        sigmoidDensity: (x) =>
          inside(x) ? Math.exp(-0.5 * logit(x) ** 2) / (2 * Math.PI) / (x * (1 - x)) : 0,
      },
      variants: [
        Math.PI / Math.sqrt(2),
        1 / (Math.sqrt(2) * Math.PI),
        1 / Math.sqrt(Math.PI),
        Math.sqrt(2 * Math.PI),
        1 / Math.sqrt(2),
      ].map((constant) => ({
        sigmoidDensity: (x: number) =>
          inside(x) ? (constant * Math.exp(-0.5 * logit(x) ** 2)) / (x * (1 - x)) : 0,
      })),
    },
    {
      id: "inverse-without-logarithm",
      explanation: "Your $z$ is the ratio $x/(1 - x)$ itself. That is $e^z$: one step back is still missing.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(x / (1 - x)) / (x * (1 - x)) : 0) },
      variants: [{ sigmoidDensity: (x) => (inside(x) ? normal((1 - x) / x) / (x * (1 - x)) : 0) }],
    },
    {
      id: "logarithm-of-x-alone",
      explanation:
        "Your $z$ is $\\log x$. Solve $x = 1/(1 + e^{-z})$ step by step: $1 - x$ comes in as well.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? normal(Math.log(x)) / (x * (1 - x)) : 0) },
    },
    {
      id: "inverse-instead-of-density",
      explanation:
        "You returned $z = f^{-1}(x)$ itself: the point that leads to $x$. Asked for is how dense the points lie at $x$.",
      implementation: { sigmoidDensity: (x) => (inside(x) ? logit(x) : 0) },
      variants: [{ sigmoidDensity: logit }],
    },
    {
      id: "forward-instead-of-inverse",
      explanation:
        "You applied the sigmoid to $x$. But $x$ is what comes out of it: go back to $z$ first, and ask both the base density and the slope there.",
      implementation: { sigmoidDensity: (x) => normal(sigmoid(x)) / (sigmoid(x) * (1 - sigmoid(x))) },
      variants: [
        { sigmoidDensity: (x) => (inside(x) ? normal(sigmoid(x)) / (sigmoid(x) * (1 - sigmoid(x))) : 0) },
        { sigmoidDensity: (x) => normal(x) / (sigmoid(x) * (1 - sigmoid(x))) },
        { sigmoidDensity: (x) => (inside(x) ? normal(x) / (sigmoid(x) * (1 - sigmoid(x))) : 0) },
        { sigmoidDensity: (x) => (inside(x) ? normal(sigmoid(x)) / (x * (1 - x)) : 0) },
      ],
    },
  ],
  mutants: [
    {
      id: "not-a-number-at-the-very-ends",
      implementation: { sigmoidDensity: (x) => (x === 0 || x === 1 ? Number.NaN : truth(x)) },
    },
    {
      id: "slope-of-the-middle",
      implementation: { sigmoidDensity: (x) => (inside(x) ? 4 * normal(logit(x)) : 0) },
    },
    {
      id: "not-a-number-outside",
      implementation: {
        sigmoidDensity: (x) => (x === 0 || x === 1 ? 0 : normal(Math.log(x / (1 - x))) / (x * (1 - x))),
      },
    },
    {
      id: "absolute-value-for-support",
      implementation: {
        sigmoidDensity: (x) =>
          x === 0 || x === 1 ? 0 : normal(Math.log(Math.abs(x / (1 - x)))) / Math.abs(x * (1 - x)),
      },
    },
    { id: "zero-everywhere", implementation: { sigmoidDensity: () => 0 } },
    {
      id: "clamped-away-from-the-ends",
      implementation: { sigmoidDensity: (x) => (inside(x) ? truth(Math.min(Math.max(x, 0.01), 0.99)) : 0) },
    },
    {
      id: "another-density",
      implementation: { sigmoidDensity: (x) => (inside(x) ? 30 * (x * (1 - x)) ** 2 : 0) },
    },
  ],
  illustrate: (learner) =>
    yoursAgainstAsked(grid(-0.1, 1.1, 61), learner.sigmoidDensity, truth, { x: "x", y: "Pr(x)" }),
});
