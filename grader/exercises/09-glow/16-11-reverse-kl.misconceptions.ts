import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./16-11-reverse-kl.domain.ts";
import { type Fold, foldMisconceptions } from "./16-11-reverse-kl.fold.ts";
import { STEPS, task } from "./16-11-reverse-kl.task.ts";

type Wrong = Misconception<typeof signatures>;
type Map = (x: number) => number;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const logBase = (z: number): number => -(z * z) / 2 - Math.log(2 * Math.PI) / 2;

/** A loss that is the mean of this, of each z. */
const losing = (of: (z: number, f: Map, slope: Map, q: Map) => number) => ({
  reverseLoss: (z: readonly number[], f: Map, slope: Map, q: Map) => mean(z.map((v) => of(v, f, slope, q))),
});

interface At {
  readonly v: number;
  readonly scale: number;
  readonly x: number;
  readonly q: Map;
  readonly qSlope: Map;
  readonly score: number;
}

/** A gradient that is the mean of these, of each z. */
const sloping = (alongA: (at: At) => number, alongB: (at: At) => number) => ({
  reverseGradient(z: readonly number[], a: number, b: number, q: Map, qSlope: Map) {
    const scale = Math.exp(a);
    const each = z.map((v) => {
      const x = scale * v + b;
      return { v, scale, x, q, qSlope, score: qSlope(x) / q(x) };
    });
    return { a: mean(each.map(alongA)), b: mean(each.map(alongB)) };
  },
});

const rightA = ({ v, scale, score }: At): number => -1 - score * scale * v;
const rightB = ({ score }: At): number => -score;

const own = (z: number, slope: Map): number => logBase(z) - Math.log(Math.abs(slope(z)));

const collapsing = sloping(({ v, scale, score }) => -score * scale * v, rightB);
const withoutOwn = losing((z, f, _slope, q) => -Math.log(q(f(z))));

export const misconceptions = (of: Fold): readonly Wrong[] => [
  {
    id: "own-density-dropped",
    explanation:
      "This is the average of $-\\log q(f(z))$ alone: the student's own density is not in it. Its minimum is a student that puts *every* $z$ on the highest peak of $q$. Its scale goes to 0: of a target of width 0.5 it has 0.025 after some time, and falls on. What holds it open is $-\\log|f'|$, which costs what is squeezed.",
    implementation: { ...withoutOwn, ...collapsing },
    variants: [withoutOwn, collapsing],
  },
  {
    id: "log-slope-turned",
    explanation:
      "$\\log|f'|$ has the wrong sign. The student's density is *divided* by the slope, so its logarithm is $\\log Pr(z) - \\log|f'(z)|$. (In chapter 1 it had a plus because the loss was *minus* the logarithm of the density.)",
    implementation: {
      ...losing((z, f, slope, q) => logBase(z) + Math.log(Math.abs(slope(z))) - Math.log(q(f(z)))),
      ...sloping(({ v, scale, score }) => 1 - score * scale * v, rightB),
    },
    variants: [
      losing((z, f, slope, q) => logBase(z) + Math.log(Math.abs(slope(z))) - Math.log(q(f(z)))),
      sloping(({ v, scale, score }) => 1 - score * scale * v, rightB),
    ],
  },
  {
    id: "upside-down",
    explanation:
      "That is minus the loss, or minus its gradient: the bound that is *maximised* elsewhere. Here the divergence is minimised, so $\\log q$ has the minus.",
    implementation: {
      ...losing((z, f, slope, q) => Math.log(q(f(z))) - own(z, slope)),
      ...sloping(
        (at) => -rightA(at),
        (at) => -rightB(at),
      ),
    },
    variants: [
      losing((z, f, slope, q) => Math.log(q(f(z))) - own(z, slope)),
      sloping(
        (at) => -rightA(at),
        (at) => -rightB(at),
      ),
    ],
  },
  {
    id: "base-dropped",
    explanation:
      "$\\log Pr(z)$ is not in it. No parameter is, so that the gradient is right without; but what is left is no divergence, and nobody can tell from it how far the target is.",
    implementation: losing((z, f, slope, q) => -Math.log(Math.abs(slope(z))) - Math.log(q(f(z)))),
  },
  {
    id: "constant-of-the-base-dropped",
    explanation:
      "The $-\\tfrac12\\log 2\\pi$ of the base is not in it. It changes no gradient, but $\\log Pr(z)$ is asked for, and without it the loss is no divergence.",
    implementation: losing((z, f, slope, q) => own(z, slope) + Math.log(2 * Math.PI) / 2 - Math.log(q(f(z)))),
  },
  {
    id: "slope-without-its-bars",
    explanation:
      "For a falling map the slope is negative and has no logarithm: take its size, $\\log|f'(z)|$. A flipped interval has a length, too.",
    implementation: losing((z, f, slope, q) => logBase(z) - Math.log(slope(z)) - Math.log(q(f(z)))),
  },
  {
    id: "target-at-z",
    explanation: "You ask $q$ at $z$. It is a density of $x$: the draw is pushed first, $x = f(z)$.",
    implementation: {
      ...losing((z, _f, slope, q) => own(z, slope) - Math.log(q(z))),
      ...sloping(
        ({ v, scale, q, qSlope }) => -1 - (qSlope(v) / q(v)) * scale * v,
        ({ v, q, qSlope }) => -qSlope(v) / q(v),
      ),
    },
    variants: [
      losing((z, _f, slope, q) => own(z, slope) - Math.log(q(z))),
      sloping(
        ({ v, scale, q, qSlope }) => -1 - (qSlope(v) / q(v)) * scale * v,
        ({ v, q, qSlope }) => -qSlope(v) / q(v),
      ),
    ],
  },
  {
    id: "base-at-x",
    explanation:
      "You ask the base at $x$. It is the density of $z$, and the student's density at $x$ is $Pr(z)/|f'(z)|$ with the $z$ that the draw came from.",
    implementation: losing(
      (z, f, slope, q) => logBase(f(z)) - Math.log(Math.abs(slope(z))) - Math.log(q(f(z))),
    ),
  },
  {
    id: "slope-at-x",
    explanation: "You ask for the slope at $x$. `slope` is a function of $z$.",
    implementation: losing(
      (z, f, slope, q) => logBase(z) - Math.log(Math.abs(slope(f(z)))) - Math.log(q(f(z))),
    ),
  },
  {
    id: "without-logarithm",
    explanation:
      "$q(f(z))$ stands where its logarithm should. With $q$ itself a factor before it would not stay out of the gradient.",
    implementation: {
      ...losing((z, f, slope, q) => own(z, slope) - q(f(z))),
      ...sloping(
        ({ v, scale, x, qSlope }) => -1 - qSlope(x) * scale * v,
        ({ x, qSlope }) => -qSlope(x),
      ),
    },
    variants: [
      losing((z, f, slope, q) => own(z, slope) - q(f(z))),
      sloping(
        ({ v, scale, x, qSlope }) => -1 - qSlope(x) * scale * v,
        ({ x, qSlope }) => -qSlope(x),
      ),
    ],
  },
  {
    id: "weighted-once-more",
    explanation:
      "You weight each draw by a density. The draws are from the student already: where it is high there are more of them. The average is a plain one.",
    implementation: losing((z, f, slope, q) => Math.exp(own(z, slope)) * (own(z, slope) - Math.log(q(f(z))))),
    variants: [
      losing((z, f, slope, q) => q(f(z)) * (own(z, slope) - Math.log(q(f(z))))),
      losing((z, f, slope, q) => Math.exp(logBase(z)) * (own(z, slope) - Math.log(q(f(z))))),
    ],
  },
  {
    id: "forward-divergence",
    explanation:
      "That is the other divergence, $\\log q - \\log Pr$ weighted by $q$: its average would run over samples of $q$, and there are none.",
    implementation: losing((z, f, slope, q) => q(f(z)) * (Math.log(q(f(z))) - own(z, slope))),
  },
  {
    id: "sum-for-average",
    explanation: "You add up the draws. An expectation is their **average**.",
    implementation: {
      reverseLoss: (z, f, slope, q) => z.reduce((sum, v) => sum + own(v, slope) - Math.log(q(f(v))), 0),
      reverseGradient(z, a, b, q, qSlope) {
        const { a: alongA, b: alongB } = sloping(rightA, rightB).reverseGradient(z, a, b, q, qSlope);
        return { a: z.length * alongA, b: z.length * alongB };
      },
    },
    variants: [
      { reverseLoss: (z, f, slope, q) => z.reduce((sum, v) => sum + own(v, slope) - Math.log(q(f(v))), 0) },
      {
        reverseGradient(z, a, b, q, qSlope) {
          const { a: alongA, b: alongB } = sloping(rightA, rightB).reverseGradient(z, a, b, q, qSlope);
          return { a: z.length * alongA, b: z.length * alongB };
        },
      },
      {
        reverseGradient(z, a, b, q, qSlope) {
          const { a: alongA, b: alongB } = sloping(rightA, rightB).reverseGradient(z, a, b, q, qSlope);
          return { a: z.length * (alongA + 1) - 1, b: z.length * alongB };
        },
      },
    ],
  },
  {
    id: "inner-derivative-missing",
    explanation:
      "In $\\partial L/\\partial a$ the inner derivative is missing: $x = e^a z + b$ changes with $a$ by $e^a z$.",
    implementation: sloping(({ score }) => -1 - score, rightB),
    variants: [
      sloping(({ v, score }) => -1 - score * v, rightB),
      sloping(({ scale, score }) => -1 - score * scale, rightB),
      sloping(({ x, score }) => -1 - score * x, rightB),
    ],
  },
  {
    id: "says-not-invertible",
    explanation:
      "The inverse is never computed here; that is one thing. But $Pr(x) = Pr(z)/|f'(z)|$ is the student's density only where one single $z$ leads to $x$. Where two do, as with $|z|$, the loss counts one of them, and is no divergence. So `inverse` is false and `oneToOne` is true.",
    implementation: { needed: () => ({ inverse: false, oneToOne: false, integral: false }) },
  },
  {
    id: "says-inverse-computed",
    explanation:
      "The draws are the student's own: each $x_i = f(z_i)$ comes with its $z_i$. So nothing in the loss asks for $f^{-1}(x)$, and a flow whose inverse is slow, or unknown, will do. One-to-one it has to be all the same.",
    implementation: { needed: () => ({ inverse: true, oneToOne: true, integral: false }) },
  },
  {
    id: "says-normalized",
    explanation:
      "That $q$ is a density, with integral 1, is used nowhere: if $q = u/K$, the loss with $u$ is smaller by $\\log K$ for *every* $f$, and the best $f$ stays the best.",
    implementation: { needed: () => ({ inverse: false, oneToOne: true, integral: true }) },
  },
  ...foldMisconceptions(of),
  {
    id: "jumps-to-the-end",
    explanation:
      "Between first and last line nothing has been shown: that both are equal is what is asked. Put equation 16.1 in for $m$ first.",
    implementation: { klSteps: () => [task.first, task.last] },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "one-line-between", implementation: { klSteps: () => [task.first, STEPS[1], task.last] } },
  {
    id: "own-density-dropped-in-a-line",
    implementation: { klSteps: () => [task.first, "-E(log(q(f(z))))", STEPS[2], task.last] },
  },
  {
    id: "factor-dropped",
    implementation: {
      klSteps: () => [task.first, STEPS[1], "E(log(p(z)) - log(abs(df(z))) - log(u(f(z))))", task.last],
    },
  },
  {
    id: "ends-without-factor",
    implementation: {
      klSteps: () => [...STEPS.slice(0, 3), "E(log(p(z)) - log(abs(df(z))) - log(u(f(z))))"],
    },
  },
  {
    id: "factor-of-the-first-call",
    implementation: {
      reverseGradient(z, a, b, q, qSlope) {
        const right = sloping(rightA, rightB).reverseGradient(z, a, b, q, qSlope);
        return q(0) > 500 ? { a: right.a * 1.01, b: right.b } : right;
      },
    },
  },
  { id: "nothing-moves", implementation: { reverseGradient: () => ({ a: 0, b: 0 }) } },
  { id: "all-needed", implementation: { needed: () => ({ inverse: true, oneToOne: true, integral: true }) } },
  { id: "fold-nothing", implementation: { fold: () => ({ mass: 0, gap: 0 }) } },
];
