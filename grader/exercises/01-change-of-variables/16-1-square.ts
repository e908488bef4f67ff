import { allowed, type Domain, relatively } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { grid, yoursAgainstAsked } from "../../illustration.ts";
import { quadraturePoints } from "../../oracle/quadrature.ts";
import { along, beside, evenly, linear, logarithmic, negative, strata } from "../../strata.ts";
import { valueText } from "../../transcript.ts";
import { squareMixtures } from "./density.ingredients.ts";

/** Pr(x) = 1 / |dx/dz| = 1 / (2z) at z = √x, for x in (0, 1]. */
const truth = (x: number): number => (x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0);
const inside = (x: number): boolean => x > 0 && x <= 1;

const within = {
  // Whatever interval of length 0.002 an answer is wrong in, one of the points lies there.
  "between 0 and 1": evenly(510, along(linear(1e-9, 1))),
  "close to 0": along(logarithmic(1e-36, 1e-3), 12),
  "as close to 0 as numbers come": along(logarithmic(1e-300, 1e-37), 8),
  "just below 1": along(beside(1, negative(logarithmic(1e-12, 1e-3)))),
};
const outside = {
  "below 0": along(negative(logarithmic(1e-3, 1e3))),
  "far below 0": along(negative(logarithmic(1e3, 1e300)), 12),
  "just below 0": along(negative(logarithmic(1e-300, 1e-3)), 8),
  "just above 1": along(beside(1, logarithmic(1e-12, 1e-3)), 8),
  "above 1": along(linear(1.001, 5)),
  "far above 1": along(logarithmic(5, 1e300), 12),
};

const domain: Domain<readonly [number]> = {
  regions: { ...within, ...outside },
  allows: relatively(1e-7),
  float32(_answer, x) {
    // There float32 has no number, or rounds to the end of the support.
    const unknown = Math.abs(x) < 1e-36 || (x !== 1 && Math.abs(x - 1) < 1e-6);
    return unknown ? Number.POSITIVE_INFINITY : truth(x);
  },
};

export const square = exercise({
  id: "16.1",
  path: "01-change-of-variables/16-1-square",
  title: "The density of a squared uniform variable",
  source: "Prince, Understanding Deep Learning, Problem 16.1",
  statement: prose`
Let $z$ be uniform on $[0, 1]$ and let $x = f(z) = z^2$. Write \`density(x)\`, the density $Pr(x)$ of $x$, for **every** real $x$,
with seven digits right. (At $x = 0$ and $x = 1$ themselves the checks do not ask. Computing in float32 tensors is exact enough.)`,
  signatures: { density: fn([parameter("x", number)], number) },
  domains: { density: domain },
  checks: [
    {
      name: "has the right value between 0 and 1",
      points: 1,
      hints: [
        {
          test: async (learner) => ({ got: await learner.density(0.25), want: 1 }),
          text: "Work at one point first: which $z$ leads to $x = 0.25$, and how steep is $z^2$ there?",
        },
        {
          text: "At $x = 0.25$ your value is right, at the $x$ shown it is not. Work that one out on paper too: which $z$ leads there, and how steep is $z^2$ at it?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, within)) {
          const [x] = inputs;
          expect.close(await learner.density(x), truth(x), allowed(domain, truth(x), x));
        }
      },
    },
    {
      name: "is zero where no z leads",
      points: 1,
      hints: [
        {
          where: ({ inputs: [x] }) => x < 0,
          text: "Can the square of a real number be negative? What does that say about the density there?",
        },
        {
          where: ({ inputs: [x] }) => x > 1,
          text: "$z$ is at most 1. How large can $z^2$ become, and how much mass arrives beyond that?",
        },
        {
          where: ({ inputs: [x] }) => x > 0 && x <= 1,
          text: "Some $z$ leads to the $x$ shown, so it has a density above 0. For which $x$ does your code decide that nothing arrives?",
        },
        {
          when: "not-finite",
          where: ({ inputs: [x] }) => x < 0 || x > 1,
          text: "Your formula holds where some $z$ leads. Decide about all other $x$ before it is used: a negative $x$ has no real root.",
        },
      ],
      async run({ learner, random, expect }) {
        const inside = along(linear(0.01, 1));
        for (const { region, inputs } of strata(random, { ...outside, inside })) {
          const [x] = inputs;
          const got = await learner.density(x);
          if (region === "inside") {
            expect.that(got > 0, "where some z leads, the density is above 0", { got, expected: "above 0" });
          } else {
            expect.close(got, 0, {
              ...allowed(domain, 0, x),
              message: "no z in [0, 1] has this square, so the density is 0",
            });
          }
        }
      },
    },
    {
      name: "integrates to one, and keeps the mass of each interval",
      points: 1,
      hints: [
        {
          text: "The $z$ between two numbers arrive between their squares, with all their mass. Where $f$ stretches, the density falls; where it squeezes, it rises.",
        },
      ],
      async run({ learner, random, expect }) {
        // One is also the integral of a density that is wrong; only this one gives [low², high²] the mass of [low, high].
        for (const [low, high] of [
          [0, random.uniform(0.2, 0.5)] as const,
          [random.uniform(0.6, 0.8), 1] as const,
          [0, 1] as const,
        ]) {
          // x = t² removes the singularity at 0: ∫ Pr(x) dx = ∫ Pr(t²) 2t dt, whose integrand is constant.
          const { x: t, weights } = quadraturePoints(low, high, 2);
          let mass = 0;
          for (const [i, at] of t.entries()) mass += weights[i] * 2 * at * (await learner.density(at * at));
          expect.close(mass, high - low, {
            absolute: 1e-6,
            input: `∫ density(x) dx over [${valueText(low ** 2)}, ${valueText(high ** 2)}]`,
            message: "the mass is not that of the z that lead there",
          });
        }
      },
    },
  ],
  hints: [
    "Two questions settle it: which $z$ leads to a given $x$, and how much does $f$ stretch around that $z$?",
    "$Pr(x) = Pr(z) / |f'(z)|$ with $z = \\sqrt{x}$ and $f'(z) = 2z$. The base density is 1 on $[0, 1]$ and 0 elsewhere.",
    "Inside the interval the only thing left is to put $z = \\sqrt{x}$ into $1 / (2z)$. Outside it, return 0.",
  ],
  reference: { density: truth },
  parts: [
    {
      export: "density",
      by: "product",
      of: [{ name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / (2 * Math.sqrt(x)) }],
    },
  ],
  ingredients: [{ export: "density", mixtures: squareMixtures }],
  misconceptions: [
    {
      id: "multiplied-by-the-slope",
      explanation:
        "You **multiplied** by the slope $|f'(z)|$. Where $f$ stretches an interval, the same mass is spread over a longer piece, so the density must go down: divide.",
      implementation: { density: (x) => (inside(x) ? 2 * Math.sqrt(x) : 0) },
      variants: [{ density: (x) => 2 * Math.sqrt(x) }],
    },
    {
      id: "slope-at-x",
      explanation:
        "You took the slope of $f$ at $x$. The slope that counts is the one at the $z$ that was mapped to $x$, so first go back: $z = f^{-1}(x)$.",
      implementation: { density: (x) => (inside(x) ? 1 / (2 * x) : 0) },
      variants: [{ density: (x) => 1 / (2 * x) }],
    },
    {
      id: "no-slope",
      explanation:
        "You returned the base density at $z$ alone. That would be right if $f$ only moved points; $z^2$ also squeezes and stretches, and the density pays for it by the factor $1/|f'(z)|$.",
      implementation: { density: (x) => (inside(x) ? 1 : 0) },
      variants: [{ density: () => 1 }],
    },
    {
      id: "inverse-instead-of-density",
      explanation:
        "You returned $z = f^{-1}(x)$ itself. That is the point the sample came from (and here also the probability of being below $x$), not a density: differentiate it.",
      implementation: { density: (x) => (inside(x) ? Math.sqrt(x) : 0) },
      variants: [{ density: Math.sqrt }, { density: (x) => (x < 0 ? 0 : Math.min(1, Math.sqrt(x))) }],
    },
    {
      id: "no-support",
      explanation:
        "The formula is right between 0 and 1 but you use it everywhere. Outside $[0, 1]$ nothing arrives, so the density is 0 there, not what the formula happens to give.",
      implementation: { density: (x) => 1 / (2 * Math.sqrt(x)) },
    },
    {
      id: "absolute-value-for-support",
      explanation:
        "You made negative $x$ work with an absolute value. No real $z$ has a negative square: the density there is 0.",
      implementation: { density: (x) => (x <= 1 ? 1 / (2 * Math.sqrt(Math.abs(x))) : 0) },
      variants: [
        { density: (x) => (Math.abs(x) <= 1 ? 1 / (2 * Math.sqrt(Math.abs(x))) : 0) },
        { density: (x) => 1 / (2 * Math.sqrt(Math.abs(x))) },
      ],
    },

    {
      id: "half-of-the-support",
      explanation:
        "You leave out one side: the density is 0 below 0 **and** above 1. Try your function on both sides.",
      implementation: { density: (x) => (x > 0 ? 1 / (2 * Math.sqrt(x)) : 0) },
      variants: [
        { density: (x) => (x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0) },
        { density: (x) => (x > -1 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0) },
      ],
    },
    {
      id: "twice-too-large",
      explanation:
        "You are twice too large everywhere. Either the 2 of the derivative of $z^2$ got lost, or you counted both roots $\\pm\\sqrt{x}$, of which only one lies in $[0, 1]$.",
      implementation: { density: (x) => (inside(x) ? 1 / Math.sqrt(x) : 0) },
      variants: [{ density: (x) => 1 / Math.sqrt(x) }],
    },
    {
      id: "slope-instead-of-density",
      explanation:
        "You returned the slope $f'$, and took it at $x$. The slope says how much is stretched; the density is the base density **divided** by it, at the $z$ that leads to $x$.",
      implementation: { density: (x) => (inside(x) ? 2 * x : 0) },
      variants: [{ density: (x) => 2 * x }],
    },
    {
      id: "half-of-the-root",
      explanation:
        "You returned half of the root, $\\tfrac12\\sqrt{x}$. In code, `1 / 2 * r` is $(1/2) \\cdot r$, not $1/(2r)$: what stands below the line of a fraction needs parentheses.",
      implementation: { density: (x) => (inside(x) ? Math.sqrt(x) / 2 : 0) },
      variants: [{ density: (x) => Math.sqrt(x) / 2 }],
    },
    {
      id: "halved-instead-of-root",
      explanation:
        "You went back from $x$ to $z$ by halving. $f$ squares $z$, it does not double it: which number has the square $x$?",
      implementation: { density: (x) => (inside(x) ? 1 / x : 0) },
      variants: [{ density: (x) => 1 / x }],
    },
    {
      id: "normal-base",
      explanation:
        "You took the normal density for the base. Here $z$ is **uniform** on $[0, 1]$: its density is 1 there and 0 elsewhere.",
      implementation: {
        density: (x) => (x > 0 ? Math.exp(-x / 2) / Math.sqrt(2 * Math.PI) / (2 * Math.sqrt(x)) : 0),
      },
      variants: [
        { density: (x) => (inside(x) ? Math.exp(-x / 2) / Math.sqrt(2 * Math.PI) / (2 * Math.sqrt(x)) : 0) },
      ],
    },
  ],
  mutants: [
    {
      id: "support-too-wide",
      implementation: { density: (x) => (x > 0 && x < 5 ? 1 / (2 * Math.sqrt(x)) : 0) },
    },
    { id: "zero-everywhere", implementation: { density: () => 0 } },
    { id: "capped", implementation: { density: (x) => (inside(x) ? Math.min(2, truth(x)) : 0) } },
    { id: "ripples", implementation: { density: (x) => truth(x) * (1 + 1e-5 * Math.sin(1e5 * x)) } },
  ],
  illustrate: (learner) =>
    yoursAgainstAsked(
      grid(-0.2, 1.2, 71).map((x) => x + 0.01),
      learner.density,
      truth,
      { x: "x", y: "Pr(x)" },
    ),
});
