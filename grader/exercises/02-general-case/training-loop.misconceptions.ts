import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./training-loop.domain.ts";

type Numbers = readonly number[];
interface Gradient {
  readonly a: number;
  readonly c: number;
}

const mean = (values: Numbers): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const gradient = (data: Numbers, a: number, c: number): Gradient => {
  const z = data.map((x) => a * x + c);
  return { a: mean(z.map((v, i) => v * data[i])) - 1 / a, c: mean(z) };
};

const training = (
  step: (data: Numbers, a: number, c: number, rate: number) => Gradient,
  start = { a: 1, c: 0 },
) => ({
  train(data: Numbers, rate: number, steps: number) {
    let { a, c } = start;
    for (let k = 0; k < Math.min(steps, 5000); k++) ({ a, c } = step(data, a, c, rate));
    return { a, c };
  },
});

const descending = (of: (data: Numbers, a: number, c: number) => Gradient) =>
  training((data, a, c, rate) => {
    const slope = of(data, a, c);
    return { a: a - rate * slope.a, c: c - rate * slope.c };
  });

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "step-size-missing",
    explanation:
      "You subtract the whole gradient, without the rate. That is how the lecture prints it; the step size is missing there, and with 1 in its place the very example of the lecture explodes.",
    implementation: training((data, a, c) => {
      const slope = gradient(data, a, c);
      return { a: a - slope.a, c: c - slope.c };
    }),
  },
  {
    id: "uphill",
    explanation: "You **add** the gradient, which leads uphill: the data become less likely with every step.",
    implementation: training((data, a, c, rate) => {
      const slope = gradient(data, a, c);
      return { a: a + rate * slope.a, c: c + rate * slope.c };
    }),
  },
  {
    id: "log-determinant-missing",
    explanation:
      "The term $-\\log|a|$ has no part in your gradient. Then nothing keeps $a$ from going to 0: all data are pressed onto $z = 0$, where the base is densest. Its derivative, $-1/a$, is the price for squeezing.",
    implementation: descending((data, a, c) => ({
      ...gradient(data, a, c),
      a: gradient(data, a, c).a + 1 / a,
    })),
  },
  {
    id: "size-of-a-in-the-gradient",
    explanation:
      "You have $1/|a|$ in the gradient. The derivative of $\\log|a|$ is $1/a$ on both sides of 0: for a negative $a$ it is negative, as a larger size of $a$ is then a *smaller* $a$.",
    implementation: descending((data, a, c) => ({
      ...gradient(data, a, c),
      a: gradient(data, a, c).a + 1 / a - 1 / Math.abs(a),
    })),
  },
  {
    id: "log-determinant-with-the-wrong-sign",
    explanation:
      "Your $1/a$ has the wrong sign. $a$ is the slope of the *normalizing* map $x \\to z$, so the log-density is $\\log Pr(z) \\mathbf{+} \\log|a|$, and the loss has $-\\log|a|$.",
    implementation: descending((data, a, c) => ({
      ...gradient(data, a, c),
      a: gradient(data, a, c).a + 2 / a,
    })),
  },
  {
    id: "inner-derivative-missing",
    explanation:
      "The inner derivative is missing: $z_i = a x_i + c$, so $\\partial \\tfrac12 z_i^2/\\partial a = z_i\\, x_i$, not $z_i$.",
    implementation: descending((data, a, c) => ({
      a: mean(data.map((x) => a * x + c)) - 1 / a,
      c: gradient(data, a, c).c,
    })),
  },
  {
    id: "square-for-product",
    explanation:
      "In the step of $a$ you average $z_i^2$. The inner derivative of $z_i$ by $a$ is $x_i$: average $z_i x_i$.",
    implementation: descending((data, a, c) => ({
      a: mean(data.map((x) => (a * x + c) ** 2)) - 1 / a,
      c: gradient(data, a, c).c,
    })),
  },
  {
    id: "half-forgotten",
    explanation:
      "You differentiated $z^2$; the loss has $\\tfrac12 z^2$, whose derivative is $z$ and not $2z$.",
    implementation: descending((data, a, c) => {
      const slope = gradient(data, a, c);
      return { a: 2 * (slope.a + 1 / a) - 1 / a, c: 2 * slope.c };
    }),
  },
  {
    id: "one-after-the-other",
    explanation:
      "You take the step in $c$ with the *new* $a$. Gradient descent moves both at once: work out both gradients first.",
    implementation: training((data, a, c, rate) => {
      const next = a - rate * gradient(data, a, c).a;
      return { a: next, c: c - rate * gradient(data, next, c).c };
    }),
    variants: [
      training((data, a, c, rate) => {
        const next = c - rate * gradient(data, a, c).c;
        return { a: a - rate * gradient(data, a, next).a, c: next };
      }),
    ],
  },
  {
    id: "sum-for-average",
    explanation:
      "You add the gradients of all data. $L$ is the **average**: otherwise the step grows with the number of data.",
    implementation: descending((data, a, c) => {
      const slope = gradient(data, a, c);
      return { a: slope.a * data.length, c: slope.c * data.length };
    }),
    variants: [
      descending((data, a, c) => {
        const slope = gradient(data, a, c);
        return { a: (slope.a + 1 / a) * data.length - 1 / a, c: slope.c * data.length };
      }),
    ],
  },
  {
    id: "z-never-renewed",
    explanation:
      "You compute the $z_i$ once, before the loop. They depend on $a$ and $c$: every step has its own.",
    implementation: {
      train(data, rate, steps) {
        const z = data.map((x) => x);
        let [a, c] = [1, 0];
        for (let k = 0; k < Math.min(steps, 5000); k++) {
          [a, c] = [a - rate * (mean(z.map((v, i) => v * data[i])) - 1 / a), c - rate * mean(z)];
        }
        return { a, c };
      },
    },
  },
  {
    id: "one-step-only",
    explanation: "You take a single step, however many were asked for.",
    implementation: {
      train: (data, rate, steps) => {
        const slope = gradient(data, 1, 0);
        return steps === 0 ? { a: 1, c: 0 } : { a: 1 - rate * slope.a, c: 0 - rate * slope.c };
      },
    },
  },
  {
    id: "starts-at-zero",
    explanation:
      "You begin at $a = 0$, where the map cannot be undone and $1/a$ is infinite. Begin at the identity, $a = 1$ and $c = 0$.",
    implementation: training(
      (data, a, c, rate) => {
        const slope = gradient(data, a, c);
        return { a: a - rate * slope.a, c: c - rate * slope.c };
      },
      { a: 0, c: 0 },
    ),
  },
  {
    id: "generates-forward",
    explanation:
      "You applied the *normalizing* map, $az + c$. It goes from $x$ to $z$. Generating goes back: solve $z = ax + c$ for $x$.",
    implementation: { generate: (z, a, c) => z.map((v) => a * v + c) },
  },
  {
    id: "shift-taken-away-last",
    explanation:
      "You divide by $a$ first and take $c$ away afterwards. $c$ was added last, so it goes first: $(z - c)/a$.",
    implementation: { generate: (z, a, c) => z.map((v) => v / a - c) },
  },
  {
    id: "multiplied-back",
    explanation: "You multiply by $a$ where you should divide: $x = (z - c)/a$.",
    implementation: { generate: (z, a, c) => z.map((v) => (v - c) * a) },
    variants: [{ generate: (z, a, c) => z.map((v) => (v + c) / a) }],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "a-held-positive",
    implementation: training((data, a, c, rate) => {
      const slope = gradient(data, a, c);
      return { a: Math.max(1e-3, a - rate * slope.a), c: c - rate * slope.c };
    }),
  },
  {
    id: "closed-form",
    implementation: {
      train: (data) => {
        const centre = mean(data);
        const deviation = Math.sqrt(mean(data.map((x) => (x - centre) ** 2))) || 1;
        return { a: 1 / deviation, c: -centre / deviation };
      },
    },
  },
  {
    id: "first-ten-numbers",
    implementation: training((data, a, c, rate) => {
      const slope = gradient(data.slice(0, 10), a, c);
      return { a: a - rate * slope.a, c: c - rate * slope.c };
    }),
  },
  { id: "drops-the-last", implementation: { generate: (z, a, c) => z.slice(0, -1).map((v) => (v - c) / a) } },
  { id: "size-of-a", implementation: { generate: (z, a, c) => z.map((v) => (v - c) / Math.abs(a)) } },
];
