import type { Misconception, Mutant } from "../../exercise.ts";
import { STEPS, type Start, type signatures, task } from "./train-and-generate.domain.ts";

type Numbers = readonly number[];
type Wrong = Misconception<typeof signatures>;
interface Pair {
  readonly a: number;
  readonly b: number;
}

const mean = (values: Numbers): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const gradient = (data: Numbers, a: number, b: number): Pair => {
  const z = data.map((x) => (x - b) * Math.exp(-a));
  return { a: 1 - mean(z.map((v) => v * v)), b: -Math.exp(-a) * mean(z) };
};

const trainingFrom = (start: Pair, step: (data: Numbers, a: number, b: number, rate: number) => Pair) => ({
  train(data: Numbers, rate: number, steps: number) {
    let { a, b } = start;
    for (let k = 0; k < Math.min(steps, 5000); k++) ({ a, b } = step(data, a, b, rate));
    return { a, b };
  },
});

const descendingFrom = (start: Pair, of: (data: Numbers, a: number, b: number) => Pair) =>
  trainingFrom(start, (data, a, b, rate) => {
    const slope = of(data, a, b);
    return { a: a - rate * slope.a, b: b - rate * slope.b };
  });

type Step = Parameters<typeof trainingFrom>[1];
type Slope = Parameters<typeof descendingFrom>[1];

/** Recognised by a line between the ends, in whatever spacing. */
function slip(id: string, explanation: string, lines: string[], line: RegExp): Wrong {
  return {
    id,
    explanation,
    implementation: { lossSteps: () => lines },
    shows: (answers) =>
      answers.some(
        ({ got }) =>
          Array.isArray(got) &&
          got.slice(1, -1).some((text) => typeof text === "string" && line.test(text.replaceAll(/\s/g, ""))),
      ),
  };
}

export function misconceptions({ shift }: Start): readonly Wrong[] {
  const start = { a: 0, b: shift };
  const training = (step: Step) => trainingFrom(start, step);
  const descending = (of: Slope) => descendingFrom(start, of);
  return [
    {
      id: "jumps-to-the-end",
      explanation:
        "Between first and last line nothing has been shown: that both are equal is what is asked. Take the logarithm of the quotient apart, then write p out.",
      implementation: { lossSteps: () => [task.first, task.last] },
    },
    slip(
      "stretching-rewarded",
      "In a line of yours $\\log e^a$, or $a$, has a minus. The density is *divided* by the slope, and the loss is *minus* its logarithm: two signs meet, and stretching costs $+a$. (This is the sign that is misprinted in equation 16.2.)",
      [
        task.first,
        "-log(p((x - b)/exp(a))) - log(exp(a))",
        "-log(exp(-((x - b)/exp(a))^2/2)/sqrt(2*pi)) - a",
        task.last,
      ],
      /^(?!-\()(.*\)-(log\((abs\()?exp\(a\)\)?\)|a$)|-(a|log\((abs\()?exp\(a\)\)?\))[-+])/,
    ),
    slip(
      "logarithm-of-two-pi-not-halved",
      "In a line of yours $\\log 2\\pi$ stands whole. The bell has the *root* of $2\\pi$ below its line, and the logarithm of a root is half of the logarithm.",
      [task.first, STEPS[1], STEPS[2], "((x - b)/exp(a))^2/2 + log(2*pi) + a", task.last],
      /^(?!.*\)\/2$)(?!.*(0\.5|1\/2)\*\().*(^|[-+])log\(2\*pi\)($|[-+])/,
    ),
    slip(
      "square-not-halved",
      "In a line of yours the square of $z$ is not halved: the exponent of the bell is $-\\tfrac12 z^2$.",
      [
        task.first,
        STEPS[1],
        "-log(exp(-((x - b)/exp(a))^2)/sqrt(2*pi)) + a",
        "((x - b)/exp(a))^2 + log(sqrt(2*pi)) + a",
        task.last,
      ],
      /^(?!.*\)\/2$)(?!.*(0\.5|1\/2)\*).*\^2($|[-+]|\)\/sqrt)/,
    ),
    {
      id: "uphill",
      explanation:
        "You **add** the gradient, which leads uphill: the data become less likely with every step.",
      implementation: training((data, a, b, rate) => {
        const slope = gradient(data, a, b);
        return { a: a + rate * slope.a, b: b + rate * slope.b };
      }),
    },
    {
      id: "price-of-stretching-missing",
      explanation:
        "The 1 of $\\partial L/\\partial a = 1 - \\overline{z^2}$ has no part in your steps. It comes from $\\log|f'| = a$; without it $a$ grows for ever, and all data come from $z \\approx 0$.",
      implementation: descending((data, a, b) => {
        const slope = gradient(data, a, b);
        return { a: slope.a - 1, b: slope.b };
      }),
    },
    {
      id: "inner-derivative-missing",
      explanation:
        "The inner derivative is missing in the steps of $b$: $z = (x - b)e^{-a}$, so $\\partial z/\\partial b = -e^{-a}$, not $-1$. At $a = 0$ it makes no difference, but only the first step is taken there.",
      implementation: descending((data, a, b) => {
        const slope = gradient(data, a, b);
        return { a: slope.a, b: slope.b * Math.exp(a) };
      }),
    },
    {
      id: "sum-for-average",
      explanation:
        "You add the gradients of all data. The loss is the **average**: otherwise the step grows with the number of data.",
      implementation: descending((data, a, b) => {
        const slope = gradient(data, a, b);
        return { a: slope.a * data.length, b: slope.b * data.length };
      }),
    },
    {
      id: "one-after-the-other",
      explanation:
        "You take the step in $b$ with the *new* $a$. Gradient descent moves both at once: work out both gradients first.",
      implementation: training((data, a, b, rate) => {
        const next = a - rate * gradient(data, a, b).a;
        return { a: next, b: b - rate * gradient(data, next, b).b };
      }),
      variants: [
        training((data, a, b, rate) => {
          const next = b - rate * gradient(data, a, b).b;
          return { a: a - rate * gradient(data, a, next).a, b: next };
        }),
      ],
    },
    {
      id: "z-never-renewed",
      explanation:
        "You compute the $z_i$ once, before the loop. They depend on $a$ and $b$: every step has its own.",
      implementation: {
        train(data, rate, steps) {
          const slope = gradient(data, 0, shift);
          let [a, b] = [0, shift];
          for (let k = 0; k < Math.min(steps, 5000); k++) {
            [a, b] = [a - rate * slope.a, b - rate * Math.exp(-a) * slope.b];
          }
          return { a, b };
        },
      },
      variants: [
        {
          train(data, rate, steps) {
            const slope = gradient(data, 0, shift);
            const count = Math.min(steps, 5000);
            return { a: -rate * count * slope.a, b: shift - rate * count * slope.b };
          },
        },
      ],
    },
    {
      id: "one-step-only",
      explanation: "You take a single step, however many were asked for.",
      implementation: {
        train(data, rate, steps) {
          const slope = gradient(data, 0, shift);
          return steps === 0 ? start : { a: -rate * slope.a, b: shift - rate * slope.b };
        },
      },
      variants: [
        {
          train(data, rate) {
            const slope = gradient(data, 0, shift);
            return { a: -rate * slope.a, b: shift - rate * slope.b };
          },
        },
      ],
    },
    {
      id: "starts-at-one",
      explanation:
        "You begin at $a = 1$. The scale is $e^a$: the flow that does not stretch has $a = 0$, where the scale is 1.",
      implementation: descendingFrom({ a: 1, b: shift }, gradient),
    },
    {
      id: "one-step-too-many",
      explanation: "You take one step more than were asked for: with `steps` 0 nothing may move.",
      implementation: {
        train: (data, rate, steps) => descending(gradient).train(data, rate, Math.min(steps, 5000) + 1),
      },
      variants: [
        {
          train: (data, rate, steps) => descending(gradient).train(data, rate, Math.min(steps, 5000) - 1),
        },
      ],
    },
    {
      id: "returns-the-scale",
      explanation:
        "You return the scale $e^a$ in place of $a$. That is the trained model's deviation; asked for is its parameter.",
      implementation: {
        train(data, rate, steps) {
          const { a, b } = descending(gradient).train(data, rate, steps);
          return { a: Math.exp(a), b };
        },
      },
    },
    {
      id: "scale-without-exponential",
      explanation: "You multiply by $a$. The scale of this flow is $e^a$: $x = e^a z + b$.",
      implementation: { generate: (z, a, b) => z.map((v) => a * v + b) },
    },
    {
      id: "generates-backwards",
      explanation:
        "You went from $x$ to $z$, by $(x - b)e^{-a}$. Generating goes forward, from the base's $z$ to data.",
      implementation: { generate: (z, a, b) => z.map((v) => (v - b) * Math.exp(-a)) },
    },
    {
      id: "shifts-first",
      explanation: "You shift before you stretch: $e^a(z + b)$. The flow stretches first: $x = e^a z + b$.",
      implementation: { generate: (z, a, b) => z.map((v) => Math.exp(a) * (v + b)) },
    },
    {
      id: "sign-of-a",
      explanation: "You multiply by $e^{-a}$, which is the way back. Forward it is $e^{a}$.",
      implementation: { generate: (z, a, b) => z.map((v) => Math.exp(-a) * v + b) },
    },
  ];
}

/** Wrong programs without a story. */
export function mutants({ shift }: Start): readonly Mutant<typeof signatures>[] {
  const start = { a: 0, b: shift };
  return [
    {
      id: "closed-form",
      implementation: {
        train(data) {
          const b = mean(data);
          return { a: Math.log(Math.sqrt(mean(data.map((x) => (x - b) ** 2))) || 1), b };
        },
      },
    },
    {
      id: "first-ten-numbers",
      implementation: descendingFrom(start, (data, a, b) => gradient(data.slice(0, 10), a, b)),
    },
    {
      id: "scale-held",
      implementation: trainingFrom(start, (data, a, b, rate) => {
        const slope = gradient(data, a, b);
        return { a: Math.max(-0.5, a - rate * slope.a), b: b - rate * slope.b };
      }),
    },
    {
      id: "drops-the-last",
      implementation: { generate: (z, a, b) => z.slice(0, -1).map((v) => Math.exp(a) * v + b) },
    },
    {
      id: "wrong-line",
      implementation: { lossSteps: () => [task.first, STEPS[1], "a + log(x)", task.last] },
    },
    { id: "one-line-between", implementation: { lossSteps: () => [task.first, STEPS[3], task.last] } },
  ];
}
