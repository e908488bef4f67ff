import { allowed, type Domain } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import { grid, panels, yoursAgainstAsked } from "../../illustration.ts";
import type { Random } from "../../random.ts";
import { bothSigns, logarithmic, type Region, type Regions, type Span, strata } from "../../strata.ts";
import { likelihoodMixtures } from "./affine-flow.ingredients.ts";

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** −log Norm(x; b, e²ᵃ), written with the normal density of x itself and not with the flow. */
const truth = (data: readonly number[], a: number, b: number): number =>
  data.reduce(
    (sum, x) => sum + (x - b) ** 2 / (2 * Math.exp(2 * a)) + Math.log(Math.sqrt(2 * Math.PI) * Math.exp(a)),
    0,
  );

type Inputs = readonly [data: number[], a: number, b: number];

const points = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => 2 * random.normal() + 1);
/** −log of what the density becomes when something keeps it above 0. */
const through =
  (keep: (density: number) => number) =>
  (data: readonly number[], a: number, b: number): number =>
    data.reduce(
      (sum, x) =>
        sum + a - Math.log(keep(Math.exp(-0.5 * ((x - b) * Math.exp(-a)) ** 2) / Math.sqrt(2 * Math.PI))),
      0,
    );
const TINY = [
  5e-324,
  1e-300,
  1e-100,
  1e-50,
  1e-40,
  1e-32,
  1e-30,
  1e-20,
  1e-16,
  Number.EPSILON,
  1e-15,
  1e-12,
  1e-10,
  1e-9,
  1e-8,
  1e-7,
  1e-6,
];
const ordinaryA = (random: Random): number => random.uniform(-1, 1);
const ordinaryB = (random: Random): number => random.uniform(-2, 2);

/** Data sets of so many points. */
function sized(low: number, high: number, most: number): Region<Inputs> {
  return {
    points: most,
    draw: (random, place) => [
      points(random, low + Math.floor(place * (high - low + 1))),
      ordinaryA(random),
      ordinaryB(random),
    ],
    place: ({ length }) =>
      length >= low && length <= high ? (length - low) / Math.max(1, high - low) : undefined,
  };
}

const few = (random: Random): number[] => points(random, 1 + random.integer(12));

/** Values that come more than once: each of them counts. */
const repeated: Region<Inputs> = {
  points: 3,
  draw(random) {
    const once = few(random);
    return [
      [...once, ...once.slice(0, 1 + random.integer(once.length))],
      ordinaryA(random),
      ordinaryB(random),
    ];
  },
  place: (data) => (new Set(data).size < data.length ? 0 : undefined),
};

/** Parameters of every size. */
function parameters(a: Span | undefined, b: Span | undefined): Region<Inputs> {
  return {
    points: 24,
    draw: (random, place) => [
      few(random),
      a?.at(place) ?? ordinaryA(random),
      b?.at(place) ?? ordinaryB(random),
    ],
    place: (_data, atA, atB) => a?.place(atA) ?? b?.place(atB),
  };
}

/** One point that lies so many e^a from b, alone or with others. */
function far(z: Span): Region<Inputs> {
  return {
    points: 12,
    draw(random, place) {
      const [a, b] = [random.uniform(-0.5, 0.5), ordinaryB(random)];
      const x = b + z.at(place) * Math.exp(a);
      const others = random.integer(2) === 0 ? [] : few(random);
      others.splice(random.integer(others.length + 1), 0, x);
      return [others, a, b];
    },
    place: (data, a, b) => {
      const furthest = data.map((x) => (x - b) * Math.exp(-a)).sort((p, q) => Math.abs(q) - Math.abs(p))[0];
      return furthest === undefined ? undefined : z.place(furthest);
    },
  };
}

const sums: Regions<Inputs> = {
  "some points": sized(2, 12, 8),
  "one point": sized(1, 1, 2),
  "no points": sized(0, 0, 1),
  "values that come twice": repeated,
  "many points": { ...sized(300, 400, 1), once: true },
  "a of every size": parameters(bothSigns(logarithmic(1, 100)), undefined),
  "b of every size": parameters(undefined, bothSigns(logarithmic(2, 1e6))),
};
const tails: Regions<Inputs> = {
  "|z| from 38 to 1000": far(bothSigns(logarithmic(38, 1e3))),
  "|z| from 1000 to 10⁶": far(bothSigns(logarithmic(1e3, 1e6))),
  "|z| from 10⁶ to 10¹⁸": far(bothSigns(logarithmic(1e6, 1e18))),
  "|z| above 10¹⁸": far(bothSigns(logarithmic(1e19, 1e100))),
};

/** What is added up: its size is what rounding is measured by. */
const size = (data: readonly number[], a: number, b: number): number =>
  squares(data, a, b) + data.length * (Math.abs(a) + HALF_LOG_2PI);

/** What is left of a square if it is worked out as x² − 2bx + b². */
const squaredOut = (data: readonly number[], a: number, b: number): number =>
  data.reduce((sum, x) => sum + ((Math.abs(x) + Math.abs(b)) * Math.exp(-a)) ** 2, 0);

const domain: Domain<Inputs> = {
  regions: { ...sums, ...tails },
  allows: (_answer, ...inputs) => 1e-9 * size(...inputs) + 1e-14 * squaredOut(...inputs),
  /** z rounds by the size of x and b, and e^(−a) by that of a. Beyond 1e38 float32 has no numbers. */
  float32(_answer, data, a, b) {
    const total = size(data, a, b);
    if (total > 1e36) return Number.POSITIVE_INFINITY;
    return total * (1 + Math.abs(a)) + squaredOut(data, a, b);
  },
};

const squares = (data: readonly number[], a: number, b: number): number =>
  data.reduce((sum, x) => sum + 0.5 * ((x - b) * Math.exp(-a)) ** 2, 0);

export const negativeLogLikelihood = exercise({
  id: "1D.nll",
  path: "01-change-of-variables/negative-log-likelihood",
  title: "The negative log-likelihood of a 1D flow",
  source: "Equation 16.2 of Prince, Understanding Deep Learning, with its sign corrected",
  statement: prose`
Take the flow $x = f(z) = e^a z + b$ with a standard normal base. Write \`negativeLogLikelihood(data, a, b)\`, the sum over the data
$$-\sum_{i=1}^{I} \log Pr(x_i) = \sum_{i=1}^{I} \left( \log|f'(z_i)| - \log Pr(z_i) \right), \qquad z_i = f^{-1}(x_i),$$
in nats, for any \`a\` and \`b\` and however many data, none included. It has to stay exact for points far out in the tails. Nine
digits are to be right (of the largest of the terms that you add; computing in float32 tensors is exact enough), and
\`data\` stays as it is.`,
  signatures: {
    negativeLogLikelihood: fn(
      [parameter("data", vector), parameter("a", number), parameter("b", number)],
      number,
    ),
  },
  domains: { negativeLogLikelihood: domain },
  checks: [
    {
      name: "is the sum over the data",
      points: 2,
      hints: [
        {
          test: async (learner) => ({
            got: await learner.negativeLogLikelihood([0.5], 0, 0),
            want: truth([0.5], 0, 0),
          }),
          text: "Try one point, $a = b = 0$: then the flow does nothing and the answer is $x^2/2 + \\tfrac12 \\log 2\\pi$.",
        },
        {
          test: async (learner) => ({
            got: await learner.negativeLogLikelihood([0.5], 0, 2),
            want: truth([0.5], 0, 2),
          }),
          text: "For one point and $a = b = 0$ you are right. Now let $b = 2$: from which $z$ does $x = 0.5$ come?",
        },
        {
          test: async (learner) => ({
            got: await learner.negativeLogLikelihood([0.5], 1, 0),
            want: truth([0.5], 1, 0),
          }),
          text: "For one point and $a = 0$ you are right. Now let $a = 1$, $b = 0$: from which $z$ does $x = 0.5$ come, and what does stretching by $e^a$ cost?",
        },
        {
          test: async (learner) => ({
            got: await learner.negativeLogLikelihood([0.5, -1], 0.5, 1),
            want: truth([0.5, -1], 0.5, 1),
          }),
          text: "For a single point you are right. With two points, is your value the sum of what each gives alone?",
        },
        {
          text: "For one and for two points you are right. What changes in your code when there are more, or when they lie elsewhere?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, sums)) {
          const want = truth(...inputs);
          expect.close(
            await learner.negativeLogLikelihood(...inputs),
            want,
            allowed(domain, want, ...inputs),
          );
        }
      },
    },
    {
      name: "stays finite in the tails",
      points: 1,
      hints: [
        {
          when: ["value", "not-finite"],
          test: async (learner) => ({
            got: await learner.negativeLogLikelihood([0.5, -1], 0.5, 1),
            want: truth([0.5, -1], 0.5, 1),
          }),
          text: "Your value is wrong far out, and near the middle as well: begin with the check above.",
        },
        {
          when: "not-finite",
          text: "$e^{-z^2/2}$ is 0 in floating point from $|z| \\approx 39$ on, and $\\log 0$ is not what you want. Take the logarithm on paper.",
        },
        {
          text: "In the middle you are right, far out you are not: a density that underflows, or a number that is added or held so that its logarithm stays finite, decides the value there.",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, tails)) {
          const want = truth(...inputs);
          expect.close(await learner.negativeLogLikelihood(...inputs), want, {
            ...allowed(domain, want, ...inputs),
            message: "the value far out is off",
          });
        }
      },
    },
  ],
  hints: [
    "For each point: $z = (x - b) e^{-a}$. The slope of $f$ is the same everywhere.",
    "$\\log|f'(z)| = a$ and $-\\log Pr(z) = z^2/2 + \\tfrac12 \\log 2\\pi$. Add both and sum over the data.",
  ],
  reference: { negativeLogLikelihood: truth },
  parts: [
    {
      export: "negativeLogLikelihood",
      by: "sum",
      of: [
        {
          name: "the sum of the $\\tfrac12 z_i^2$",
          value: ({ inputs: [data, a, b] }) => squares(data, a, b),
        },
        { name: "the sum of the $\\log|f'(z_i)|$", value: ({ inputs: [data, a] }) => data.length * a },
        {
          name: "the constant $\\tfrac12 \\log 2\\pi$ of each point",
          value: ({ inputs: [data] }) => data.length * HALF_LOG_2PI,
        },
      ],
    },
  ],
  ingredients: [{ export: "negativeLogLikelihood", mixtures: likelihoodMixtures }],
  misconceptions: [
    {
      id: "shift-added",
      explanation:
        "You added $b$ where the inverse takes it away: from $x = e^a z + b$ follows $x - b = e^a z$.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, -b) + data.length * (HALF_LOG_2PI + a),
      },
    },
    {
      id: "sign-of-the-misprint",
      explanation:
        "You subtracted $\\log|f'|$. The third line of equation 16.2 is printed with an exponent $-1$ that does not belong there: stretching by $|f'|$ lowers the density, so it **adds** $\\log|f'|$ to the negative log-likelihood.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * (HALF_LOG_2PI - a),
      },
    },
    {
      id: "no-slope",
      explanation:
        "The term $\\log|f'(z)|$ is missing. Without it a model could make every $z$ small by stretching without limit, at no cost.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * HALF_LOG_2PI,
      },
    },
    {
      id: "mean-instead-of-sum",
      explanation:
        "You returned the mean over the data. Both are useful; equation 16.2 and this exercise ask for the sum.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, b) / data.length + HALF_LOG_2PI + a,
      },
    },
    {
      id: "unnormalised-base",
      explanation:
        "A constant $\\tfrac12 \\log 2\\pi$ a point is missing: the normal density starts with $1/\\sqrt{2\\pi}$. It does not move the optimum, but without it the value is no likelihood.",
      implementation: { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * a },
    },
    {
      id: "not-negated",
      explanation: "This is the log-likelihood. Training minimises, so the *negative* is asked for.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => -(squares(data, a, b) + data.length * (HALF_LOG_2PI + a)),
      },
    },
    {
      id: "inverse-forgets-the-shift",
      explanation:
        "You divided by $e^a$ before taking $b$ away. Undo the last step first: $z = (x - b)e^{-a}$.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * (x * Math.exp(-a) - b) ** 2 + HALF_LOG_2PI + a, 0),
      },
    },
    {
      id: "logarithm-of-an-underflow",
      explanation:
        "You compute the density first and then its logarithm. Far out the density underflows to 0 and the logarithm is infinite; work with logarithms from the start.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => {
            const z = (x - b) * Math.exp(-a);
            return sum - Math.log(Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / Math.exp(a));
          }, 0),
      },
    },

    {
      id: "forward-instead-of-inverse",
      explanation:
        "You applied $f$ to the data. The data are $x$, what comes **out** of $f$: each needs the $z$ that leads to it.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * (Math.exp(a) * x + b) ** 2 + HALF_LOG_2PI + a, 0),
      },
      variants: [
        {
          negativeLogLikelihood: (data, a, b) =>
            data.reduce((sum, x) => sum + 0.5 * (Math.exp(a) * x + b) ** 2 + HALF_LOG_2PI - a, 0),
        },
      ],
    },
    {
      id: "scale-multiplied",
      explanation:
        "You multiplied by $e^a$ where the inverse divides by it: from $x = e^a z + b$ follows $z = (x - b)e^{-a}$.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, -a, b) + data.length * (HALF_LOG_2PI + a),
      },
    },
    {
      id: "exponential-of-a-forgotten",
      explanation:
        "You took $a$ itself for the slope. The slope of $f$ is $e^a$, which is positive whatever $a$ is, and its logarithm is $a$.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + Math.log(Math.abs(a)), 0),
      },
      variants: [
        {
          negativeLogLikelihood: (data, a, b) =>
            data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + a, 0),
        },
        {
          negativeLogLikelihood: (data, a, b) =>
            data.reduce((sum, x) => sum + 0.5 * ((x - b) / a) ** 2 + HALF_LOG_2PI + Math.log(a), 0),
        },
      ],
    },
    {
      id: "slope-without-logarithm",
      explanation:
        "You added the slope $e^a$. What belongs there is its **logarithm**: the logarithm of a product is the sum of the logarithms.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          squares(data, a, b) + data.length * (HALF_LOG_2PI + Math.exp(a)),
      },
    },
    {
      id: "logarithm-of-a",
      explanation:
        "You took the logarithm of $a$. But $a$ is not the slope of $f$: differentiate $f$ first, and take the logarithm of that.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          squares(data, a, b) + data.length * (HALF_LOG_2PI + Math.log(Math.abs(a))),
      },
    },
    {
      id: "once-instead-of-for-each",
      explanation:
        "A term that belongs to **each** data point is in your value only once. Which of the terms stand inside the sum, and which beside it?",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * HALF_LOG_2PI + a,
      },
      variants: [
        { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + HALF_LOG_2PI + data.length * a },
        { negativeLogLikelihood: (data, a, b) => squares(data, a, b) + HALF_LOG_2PI + a },
      ],
    },
    {
      id: "bits-instead-of-nats",
      explanation:
        "Your value is right in **bits**. Nats are asked for: the unit of the natural logarithm, without a division by $\\log 2$.",
      implementation: { negativeLogLikelihood: (data, a, b) => truth(data, a, b) / Math.LN2 },
      variants: [{ negativeLogLikelihood: (data, a, b) => truth(data, a, b) / Math.LN2 / data.length }],
    },
    {
      id: "constant-not-halved",
      explanation:
        "The constant is not right: $1/\\sqrt{2\\pi}$ has the logarithm $-\\tfrac12\\log 2\\pi$. A root halves a logarithm, and it stands over the whole of $2\\pi$.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => squares(data, a, b) + data.length * (2 * HALF_LOG_2PI + a),
      },
      variants: [
        Math.log(Math.sqrt(2) * Math.PI),
        0.5 * Math.log(Math.PI),
        0.5 * Math.log(2),
        Math.sqrt(2 * Math.PI),
        -HALF_LOG_2PI,
        0.5 * Math.log(2) * Math.PI,
      ].map((constant) => ({
        negativeLogLikelihood: (data: readonly number[], a: number, b: number) =>
          squares(data, a, b) + data.length * (constant + a),
      })),
    },
    {
      id: "square-not-halved",
      explanation: "The term of the base density is $\\tfrac12 z^2$. In yours the $\\tfrac12$ is missing.",
      implementation: {
        negativeLogLikelihood: (data, a, b) => 2 * squares(data, a, b) + data.length * (HALF_LOG_2PI + a),
      },
    },
    {
      id: "clamped-logarithm",
      explanation:
        "Something keeps the density above 0 so that its logarithm stays finite: a number added to it, or a smallest value. Far out that number decides, and the answer no longer depends on the data. Take the logarithm on paper, and nothing underflows.",
      implementation: { negativeLogLikelihood: through((density) => density + 1e-300) },
      variants: TINY.flatMap((tiny) => [
        { negativeLogLikelihood: through((density) => density + tiny) },
        { negativeLogLikelihood: through((density) => Math.max(density, tiny)) },
      ]),
    },
    {
      id: "logarithm-of-the-sum",
      explanation:
        "You added up the densities and took one logarithm. The points are independent, so their densities **multiply**; the logarithm of the product is the sum of the logarithms.",
      implementation: {
        negativeLogLikelihood: (data, a, b) =>
          -Math.log(data.reduce((sum, x) => sum + Math.exp(-truth([x], a, b)), 0)),
      },
    },
  ],
  mutants: [
    {
      id: "first-two-points-only",
      implementation: { negativeLogLikelihood: (data, a, b) => truth(data.slice(0, 2), a, b) },
    },
  ],
  async illustrate(learner) {
    const data = [-1, 0.5, 2, 3];
    const nll = (a: number, b: number) => learner.negativeLogLikelihood(data, a, b);
    return panels(
      await yoursAgainstAsked(
        grid(-0.6, 2, 41),
        (a) => nll(a, 1),
        (a) => truth(data, a, 1),
        {
          x: "a, with b = 1",
          y: "nats",
        },
      ),
      await yoursAgainstAsked(
        grid(-3, 5, 41),
        (b) => nll(0.5, b),
        (b) => truth(data, 0.5, b),
        {
          x: "b, with a = 0.5",
          y: "nats",
        },
      ),
    );
  },
});
