import { allowed, type Domain } from "../../domain.ts";
import { exercise, prose } from "../../exercise.ts";
import { fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import { grid, panels, yoursAgainstAsked } from "../../illustration.ts";
import type { Random } from "../../random.ts";
import { bothSigns, logarithmic, only, type Region, type Regions, type Span, strata } from "../../strata.ts";
import { stepMixtures } from "./affine-flow.ingredients.ts";

interface Parameters {
  readonly a: number;
  readonly b: number;
}

type Inputs = readonly [data: number[], a: number, b: number, rate: number];

/**
 * The step by forward differentiation: every number carries its derivatives by a and by b, so that no formula for the gradient has
 * to be trusted here.
 */
function truth([data, a, b, rate]: Inputs): [number, number] {
  let [byA, byB] = [0, 0];
  const scale = { value: Math.exp(-a), byA: -Math.exp(-a) };
  for (const x of data) {
    // z = (x − b) e⁻ᵃ and the loss a + z²/2.
    const z = { value: (x - b) * scale.value, byA: (x - b) * scale.byA, byB: -scale.value };
    byA += (1 + z.value * z.byA) / data.length;
    byB += (z.value * z.byB) / data.length;
  }
  return [a - rate * byA, b - rate * byB];
}

function moments(data: readonly number[], a: number, b: number): { z: number; zz: number } {
  const z = data.map((x) => (x - b) * Math.exp(-a));
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  return { z: mean(z), zz: mean(z.map((v) => v * v)) };
}

/** A program whose step is worked out from the means of z and of z². */
const stepping = (
  step: (means: { z: number; zz: number }, a: number, b: number, rate: number) => Parameters,
) => ({
  gradientStep: (data: readonly number[], a: number, b: number, rate: number) =>
    step(moments(data, a, b), a, b, rate),
});

const sample = (random: Random, length = 5 + random.integer(15)): number[] =>
  Array.from({ length }, () => 1.5 * random.normal() + 1);

interface Parts {
  readonly data?: (random: Random, place: number) => number[];
  readonly a?: Span;
  readonly b?: Span;
  readonly rate?: Span;
}

/** Ordinary inputs, but for the part that the region is about. */
function drawn({ data, a, b, rate }: Parts, random: Random, place: number): Inputs {
  return [
    data?.(random, place) ?? sample(random),
    a?.at(place) ?? random.uniform(-0.7, 0.7),
    b?.at(place) ?? random.uniform(-1, 1),
    rate?.at(place) ?? random.uniform(0.01, 0.3),
  ];
}

function region(
  parts: Parts,
  place: (data: readonly number[], a: number, b: number, rate: number) => number | undefined,
  points = 4,
): Region<Inputs> {
  return { points, draw: (random, at) => drawn(parts, random, at), place };
}

const when = (holds: boolean): number | undefined => (holds ? 0 : undefined);
const spanOf = (data: readonly number[]): number => Math.max(...data) - Math.min(...data);

const fast = bothSigns(logarithmic(0.3, 100));
const slow = bothSigns(logarithmic(1e-4, 0.01));
const largeA = bothSigns(logarithmic(0.7, 10));
const largeB = bothSigns(logarithmic(1, 1e4));
const wide = logarithmic(20, 3e3);
const backwards: Span = {
  at: (place) => -0.3 + 0.29 * place,
  place: (rate) => (rate >= -0.3 && rate < -0.01 ? (rate + 0.3) / 0.29 : undefined),
};

const regions: Regions<Inputs> = {
  "ordinary data": region({}, ({ length }) => when(length >= 5 && length < 20), 6),
  "one point": region({ data: (random) => sample(random, 1) }, ({ length }) => when(length === 1)),
  "a few points": region({ data: (random) => sample(random, 2 + random.integer(3)) }, ({ length }) =>
    when(length >= 2 && length <= 4),
  ),
  "equal points": region(
    { data: (random) => Array(2 + random.integer(6)).fill(random.uniform(-3, 3)) },
    (data) => when(data.length > 1 && spanOf(data) === 0),
  ),
  "many points": {
    ...region(
      { data: (random) => sample(random, 200 + random.integer(200)) },
      ({ length }) => when(length >= 200),
      1,
    ),
    once: true,
  },
  "points of which some come twice": region(
    {
      data(random) {
        const once = sample(random);
        return [...once, ...once.slice(0, 3)];
      },
    },
    (data) => when(new Set(data).size < data.length && spanOf(data) > 0),
  ),
  "points far apart": region(
    { data: (random, place) => sample(random).map((x) => x * wide.at(place)) },
    (data) => when(spanOf(data) > 100),
    8,
  ),
  "large rates": region({ rate: fast }, (_data, _a, _b, rate) => fast.place(rate), 8),
  "small rates": region({ rate: slow }, (_data, _a, _b, rate) => slow.place(rate), 8),
  "negative rates": region({ rate: backwards }, (_data, _a, _b, rate) => backwards.place(rate)),
  "the rate 0": region({ rate: only(0) }, (_data, _a, _b, rate) => when(rate === 0), 1),
  "large |a|": region({ a: largeA }, (_data, a) => largeA.place(a), 8),
  "large |b|": region({ b: largeB }, (_data, _a, b) => largeB.place(b), 16),
};

/** Six digits of what is added up, which float32 can hold: it rounds x − b by the size of x and b, and e^(−a) by that of a. */
const SIX_DIGITS = 4 * 2 ** -23;

const domain: Domain<Inputs> = {
  regions,
  allows(_answer, data, a, b, rate) {
    const scale = Math.exp(-a);
    const mean = (f: (x: number) => number) => data.reduce((sum, x) => sum + f(x), 0) / data.length;
    const rounded = (x: number) => (Math.abs(x) + Math.abs(b) + Math.abs(a * (x - b))) * scale;
    const z = (x: number) => Math.abs(x - b) * scale;
    const ofA = 1 + mean((x) => z(x) ** 2 + z(x) * rounded(x));
    const ofB = scale * mean((x) => z(x) * (1 + Math.abs(a)) + rounded(x));
    return [Math.abs(a) + Math.abs(rate) * ofA, Math.abs(b) + Math.abs(rate) * ofB].map(
      (v) => SIX_DIGITS * v,
    );
  },
  float32: () => 0,
};

/** Shifted and scaled to mean 0 and mean square 1. */
function standardised(data: readonly number[]): number[] {
  const centre = data.reduce((sum, x) => sum + x, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((sum, x) => sum + (x - centre) ** 2, 0) / data.length);
  return data.map((x) => (x - centre) / deviation);
}

export const gradientStep = exercise({
  id: "1D.step",
  path: "01-change-of-variables/gradient-step",
  title: "One gradient step of a 1D flow",
  source: "Section 16.1.3 of Prince, Understanding Deep Learning",
  statement: prose`
The same flow $x = e^a z + b$. Its **average** negative log-likelihood is $L(a, b) = \frac1I \sum_i \left(a + \tfrac12 z_i^2\right) + \text{const}$ with
$z_i = (x_i - b)e^{-a}$. Work out $\partial L/\partial a$ and $\partial L/\partial b$ by hand and write
\`gradientStep(data, a, b, rate)\`: one step of gradient descent with learning rate \`rate\` on both parameters at once. Return \`{ a, b }\`.
There is at least one data point, and \`data\` stays as it is; \`a\`, \`b\` and \`rate\` are any numbers. Six digits are to be right (of
the largest of the terms that you add), so that you may compute in float32 tensors.`,
  signatures: {
    gradientStep: fn(
      [parameter("data", vector), parameter("a", number), parameter("b", number), parameter("rate", number)],
      record({ a: number, b: number }),
    ),
  },
  domains: { gradientStep: domain },
  checks: [
    {
      name: "moves b down the slope",
      points: 1,
      hints: [
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2], 0, 0, 0.25)).b,
            want: 0.5,
          }),
          text: "Take one point, $x = 2$, with $a = b = 0$ and rate $\\tfrac14$. Then $z = 2$. To which side does $b$ have to move so that $z$ becomes smaller, and how far?",
        },
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2], 1, 0.5, 0.25)).b,
            want: 0.5 + 0.25 * 1.5 * Math.exp(-2),
          }),
          text: "With $a = 0$ your step in $b$ is right. Where does $a$ come in? Only $z_i$ depends on $b$, and $\\partial z_i / \\partial b = -e^{-a}$.",
        },
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2, 1], 1, 0.5, 0.25)).b,
            want: 0.5 + 0.25 * Math.exp(-2),
          }),
          text: "For one data point your step in $b$ is right. $L$ is an **average**: what has to happen to the gradients of two points?",
        },
        {
          text: "For one and for two data points your step in $b$ is right. What is different in the call shown: the data, the rate, or the place?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, regions)) {
          const want = truth(inputs);
          const step = await learner.gradientStep(...inputs);
          expect.close(step.b, want[1], {
            absolute: allowed(domain, want, ...inputs).absolute[1],
            relative: 0,
            message: "b is off",
          });
        }
      },
    },
    {
      name: "moves a down the slope",
      points: 1,
      hints: [
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2], 0, 0, 0.25)).a,
            want: 0.75,
          }),
          text: "Take one point, $x = 2$, with $a = b = 0$ and rate $\\tfrac14$. Then $z = 2$. $a$ appears twice in $L$: by itself, and in $z_i$ with $\\partial z_i / \\partial a = -z_i$.",
        },
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2], 1, 0.5, 0.25)).a,
            want: 1 - 0.25 * (1 - 2.25 * Math.exp(-2)),
          }),
          text: "With $a = b = 0$ your step in $a$ is right. Take the same with $a = 1$ and $b = \\tfrac12$: what is $z$ now?",
        },
        {
          test: async (learner) => ({
            got: (await learner.gradientStep([2, 1], 1, 0.5, 0.25)).a,
            want: 1 - 0.25 * (1 - 1.25 * Math.exp(-2)),
          }),
          text: "For one data point your step in $a$ is right. $L$ is an **average**: what has to happen to the gradients of two points?",
        },
        {
          text: "For one and for two data points your step in $a$ is right. What is different in the call shown: the data, the rate, or the place?",
        },
      ],
      async run({ learner, random, expect }) {
        for (const { inputs } of strata(random, regions)) {
          const want = truth(inputs);
          const step = await learner.gradientStep(...inputs);
          expect.close(step.a, want[0], {
            absolute: allowed(domain, want, ...inputs).absolute[0],
            relative: 0,
            message: "a is off",
          });
        }
      },
    },
    {
      name: "reaches the best fit and stays there",
      points: 1,
      hints: [
        {
          test: async (learner) => {
            const { a, b } = await learner.gradientStep([-1, 1], 0, 0, 0.5);
            return { got: [a, b], want: [0, 0] };
          },
          text: "At the optimum $b$ is the mean of the data and $e^a$ their standard deviation; both gradients are zero there. Try data $-1, 1$ with $a = b = 0$: nothing may move.",
        },
        {
          text: "At the optimum of the data $-1, 1$ your step stays, as it should. On the way there it goes wrong: look at the size and the direction of a step from elsewhere.",
        },
        {
          when: "not-finite",
          text: "The steps do not settle but run away: each is too long, or leads uphill. Print $a$ and $b$ after each of the first ten steps.",
        },
      ],
      async run({ learner, random, expect }) {
        const mean = random.uniform(-1, 1);
        const deviation = random.uniform(0.8, 1.6);
        const data = standardised(sample(random)).map((z) => deviation * z + mean);
        const still = await learner.gradientStep(data, Math.log(deviation), mean, 0.5);
        expect.close([still.a, still.b], [Math.log(deviation), mean], {
          absolute: 1e-5,
          relative: 0,
          message: "it moves away from the optimum",
        });
        let at: Parameters = { a: 0, b: 0 };
        // Near the optimum the error in b shrinks by 1 − 0.2/deviation² a step, at worst 0.922; 0.922²⁵⁰ is 2e-9.
        for (let i = 0; i < 250; i++) at = await learner.gradientStep(data, at.a, at.b, 0.2);
        expect.close([at.a, at.b], [Math.log(deviation), mean], {
          absolute: 1e-4,
          relative: 0,
          input: "250 steps with rate 0.2 from a = b = 0",
          message: "it does not settle at the best fit",
        });
      },
    },
  ],
  hints: [
    "Differentiate under the sum; only the chain rule is needed.",
    "$\\partial L/\\partial a = 1 - \\overline{z^2}$ and $\\partial L/\\partial b = -e^{-a}\\,\\overline{z}$, where the bar is the average over the data.",
    "New value = old value − rate × gradient, with both gradients taken at the old $(a, b)$.",
  ],
  reference: {
    gradientStep: (data, a, b, rate) => {
      const { z, zz } = moments(data, a, b);
      return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
    },
  },
  parts: [
    {
      export: "gradientStep",
      field: "a",
      by: "sum",
      of: [
        { name: "the old $a$", value: ({ inputs: [, a] }) => a },
        { name: "the 1 of $\\partial L/\\partial a$", value: ({ inputs: [, , , rate] }) => -rate },
        {
          name: "the average of $z_i^2$",
          value: ({ inputs: [data, a, b, rate] }) => rate * moments(data, a, b).zz,
        },
      ],
    },
    {
      export: "gradientStep",
      field: "b",
      by: "sum",
      of: [
        { name: "the old $b$", value: ({ inputs: [, , b] }) => b },
        {
          name: "rate times $\\partial L/\\partial b$",
          value: ({ inputs: [data, a, b, rate] }) => rate * Math.exp(-a) * moments(data, a, b).z,
        },
      ],
    },
  ],
  ingredients: [{ export: "gradientStep", mixtures: stepMixtures }],
  misconceptions: [
    {
      id: "uphill",
      explanation:
        "You went up. Gradient descent subtracts the gradient, since we want the negative log-likelihood to fall.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          return { a: a + rate * (1 - zz), b: b - rate * Math.exp(-a) * z };
        },
      },
    },
    {
      id: "sum-instead-of-average",
      explanation:
        "Your step is as many times too long as there are data points: the gradient of the **average** is asked for, so that the learning rate does not depend on the size of the data set.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          const n = data.length;
          return { a: a - rate * n * (1 - zz), b: b + rate * n * Math.exp(-a) * z };
        },
      },
    },
    {
      id: "chain-rule-without-the-scale",
      explanation:
        "The inner derivative is missing in $b$: $z = (x - b)e^{-a}$, so $\\partial z/\\partial b = -e^{-a}$, not $-1$.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          return { a: a - rate * (1 - zz), b: b + rate * z };
        },
      },
    },
    {
      id: "one-after-the-other",
      explanation:
        "You used the new $a$ in the gradient for $b$. Both gradients belong to the same point: compute them first, then move.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const next = a - rate * (1 - moments(data, a, b).zz);
          return { a: next, b: b + rate * Math.exp(-next) * moments(data, next, b).z };
        },
      },
    },
    {
      id: "log-slope-forgotten",
      explanation:
        "The 1 in $\\partial L/\\partial a = 1 - \\overline{z^2}$ is missing: it comes from $\\log|f'| = a$, the price of stretching. Without it $a$ grows for ever.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          return { a: a + rate * zz, b: b + rate * Math.exp(-a) * z };
        },
      },
    },
    {
      id: "sign-of-the-inner-derivative",
      explanation:
        "$a$ moves as it should, $b$ the wrong way. A larger $b$ makes $z = (x - b)e^{-a}$ *smaller*: the inner derivative is negative.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          return { a: a - rate * (1 - zz), b: b - rate * Math.exp(-a) * z };
        },
      },
    },
    {
      id: "half-kept",
      explanation:
        "The $\\tfrac12$ in front of $z_i^2$ is still there in your $\\partial L/\\partial a$. The derivative of a square brings a factor 2, which cancels it.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, a, b);
          return { a: a - rate * (1 - 0.5 * zz), b: b + rate * Math.exp(-a) * z };
        },
      },
    },
    {
      id: "b-before-a",
      explanation:
        "You used the new $b$ in the gradient for $a$. Both gradients belong to the same point: compute them first, then move.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const next = b + rate * Math.exp(-a) * moments(data, a, b).z;
          return { a: a - rate * (1 - moments(data, a, next).zz), b: next };
        },
      },
    },
    {
      id: "gradient-instead-of-step",
      explanation:
        "You returned the gradient. A step starts from where you are: old value, minus rate times gradient.",
      implementation: stepping(({ z, zz }, a) => ({ a: 1 - zz, b: -Math.exp(-a) * z })),
      variants: [stepping(({ z, zz }, a) => ({ a: zz - 1, b: Math.exp(-a) * z }))],
    },
    {
      id: "change-instead-of-new-value",
      explanation:
        "You returned by how much $a$ and $b$ change. Asked for are their new values: add the change to the old ones.",
      implementation: stepping(({ z, zz }, a, _b, rate) => ({
        a: -rate * (1 - zz),
        b: rate * Math.exp(-a) * z,
      })),
      variants: [stepping(({ z, zz }, a, _b, rate) => ({ a: rate * (1 - zz), b: -rate * Math.exp(-a) * z }))],
    },
    {
      id: "rate-forgotten",
      explanation:
        "The learning rate is not in your step: it is as long as the gradient, whatever `rate` says.",
      implementation: stepping(({ z, zz }, a, b) => ({ a: a - (1 - zz), b: b + Math.exp(-a) * z })),
      variants: [stepping(({ z, zz }, a, b) => ({ a: a + (1 - zz), b: b - Math.exp(-a) * z }))],
    },
    {
      id: "half-forgotten",
      explanation:
        "$\\tfrac12 z_i^2$ has the derivative $z_i$ times the inner derivative. Your step is that of $z_i^2$, without the $\\tfrac12$.",
      implementation: stepping(({ z, zz }, a, b, rate) => ({
        a: a - rate * (1 - 2 * zz),
        b: b + 2 * rate * Math.exp(-a) * z,
      })),
      variants: [
        stepping(({ z, zz }, a, b, rate) => ({ a: a - rate * (1 - 2 * zz), b: b + rate * Math.exp(-a) * z })),
        stepping(({ z, zz }, a, b, rate) => ({ a: a - rate * (1 - zz), b: b + 2 * rate * Math.exp(-a) * z })),
        stepping(({ z, zz }, a, b, rate) => ({
          a: a - rate * 2 * (1 - zz),
          b: b + 2 * rate * Math.exp(-a) * z,
        })),
      ],
    },
    {
      id: "square-of-z-forgotten",
      explanation:
        "In $\\partial L/\\partial a$ the chain rule gives two factors: $z_i$ from the square, and $\\partial z_i/\\partial a = -z_i$ from inside. In yours there is one.",
      implementation: stepping(({ z }, a, b, rate) => ({
        a: a - rate * (1 + z),
        b: b + rate * Math.exp(-a) * z,
      })),
      variants: [
        stepping(({ z }, a, b, rate) => ({ a: a - rate * (1 - z), b: b + rate * Math.exp(-a) * z })),
      ],
    },
    {
      id: "square-of-the-mean",
      explanation:
        "You squared the average of the $z_i$. Asked for is the average of the squares, which is larger by the variance.",
      implementation: stepping(({ z }, a, b, rate) => ({
        a: a - rate * (1 - z * z),
        b: b + rate * Math.exp(-a) * z,
      })),
    },
    {
      id: "jumps-to-the-optimum",
      explanation:
        "You returned the best fit itself, the mean and the logarithm of the standard deviation. Asked for is **one step** towards it, from the given $a$ and $b$.",
      implementation: {
        gradientStep: (data) => {
          const { z, zz } = moments(data, 0, 0);
          return { a: 0.5 * Math.log(zz - z * z), b: z };
        },
      },
    },
    {
      id: "inner-derivative-upside-down",
      explanation:
        "The inner derivative of $b$ is upside down: $z = (x - b)e^{-a}$, so $\\partial z/\\partial b = -e^{-a}$, not $-e^{a}$.",
      implementation: stepping(({ z, zz }, a, b, rate) => ({
        a: a - rate * (1 - zz),
        b: b + rate * Math.exp(a) * z,
      })),
    },
    {
      id: "scale-forgotten-in-z",
      explanation: "Your $z_i$ is $x_i - b$. The factor $e^{-a}$ belongs to it.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, 0, b);
          return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
        },
      },
      variants: [
        {
          gradientStep: (data, a, b, rate) => {
            const { z, zz } = moments(data, 0, b);
            return { a: a - rate * (1 - zz), b: b + rate * z };
          },
        },
      ],
    },
    {
      id: "exponential-of-a-forgotten",
      explanation: "You divided by $a$. The slope of $f$ is $e^a$: $z = (x - b)e^{-a}$.",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data, Math.log(Math.abs(a)), b);
          return { a: a - rate * (1 - zz), b: b + (rate * Math.sign(a) * z) / a };
        },
      },
    },
  ],
  mutants: [
    {
      id: "at-most-two-points",
      implementation: {
        gradientStep: (data, a, b, rate) => {
          const { z, zz } = moments(data.slice(0, 2), a, b);
          return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
        },
      },
    },
    { id: "stays", implementation: { gradientStep: (_data, a, b) => ({ a, b }) } },
  ],
  async illustrate(learner) {
    const data = [-1, 0.5, 2, 3];
    const rate = 0.5;
    const asked = (a: number, b: number) => {
      const { z, zz } = moments(data, a, b);
      return { a: -rate * (1 - zz), b: rate * Math.exp(-a) * z };
    };
    return panels(
      await yoursAgainstAsked(
        grid(-0.4, 1.6, 41),
        async (a) => (await learner.gradientStep(data, a, -1, rate)).a - a,
        (a) => asked(a, -1).a,
        { x: "a, with b = −1", y: "step in a" },
      ),
      await yoursAgainstAsked(
        grid(-3, 5, 41),
        async (b) => (await learner.gradientStep(data, 0.2, b, rate)).b - b,
        (b) => asked(0.2, b).b,
        { x: "b, with a = 0.2", y: "step in b" },
      ),
    );
  },
});
