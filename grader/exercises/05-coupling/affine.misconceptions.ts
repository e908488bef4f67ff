import type { Misconception } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply } from "../../oracle/matrices.ts";
import { forwardOf, inverseOf, logDetOf, type Parts, type signatures, steer } from "./affine.domain.ts";

type Program = Implementation<typeof signatures>;
type Coupling = ReturnType<Program["affineCoupling"]> extends infer F ? Awaited<F> : never;

/** The right coupling but for what is given. */
export const but = (change: (parts: Parts) => Partial<Coupling>): Program => ({
  affineCoupling: (...parts) => ({
    forward: (z) => forwardOf(parts, z),
    inverse: (x) => inverseOf(parts, x),
    logDet: (z) => logDetOf(parts, z),
    inverseLogDet: (x) => -logDetOf(parts, x),
    ...change(parts),
  }),
});

type Steering = (parts: Parts, point: readonly number[]) => { s: number[]; t: number[] };
type Step = (v: number, s: number, t: number) => number;

const keptPart = ([S]: Parts, point: readonly number[]): number[] => point.slice(0, S[0].length);
const restOf = ([S]: Parts, point: readonly number[]): number[] => point.slice(S[0].length);

/** The first part stays, the rest goes through the step under this steering. */
const move =
  (parts: Parts, steering: Steering, step: Step) =>
  (point: readonly number[]): number[] => {
    const { s, t } = steering(parts, point);
    return [...keptPart(parts, point), ...restOf(parts, point).map((v, i) => step(v, s[i], t[i]))];
  };

export const right: Steering = (parts, point) => steer(parts, keptPart(parts, point));
const byTheRest: Steering = (parts, point) => steer(parts, restOf(parts, point));
const onward: Step = (v, s, t) => v * Math.exp(s) + t;
const back: Step = (v, s, t) => (v - t) * Math.exp(-s);
const sum = (list: readonly number[]): number => list.reduce((total, v) => total + v, 0);

/** Another s: both directions and both determinants follow it. */
const consistent = (steering: Steering, forwardStep = onward, backStep = back): Program =>
  but((parts) => ({
    forward: move(parts, steering, forwardStep),
    inverse: move(parts, steering, backStep),
    logDet: (z) => sum(steering(parts, z).s),
    inverseLogDet: (x) => -sum(steering(parts, x).s),
  }));

const withoutTanh: Steering = (parts, point) => {
  const [S, p] = parts;
  const { t } = right(parts, point);
  return { s: apply(S, keptPart(parts, point)).map((v, i) => v + p[i]), t };
};

const withSigmoid: Steering = (parts, point) => {
  const { s, t } = withoutTanh(parts, point);
  return { s: s.map((v) => 1 / (1 + Math.exp(-v))), t };
};

const withoutBias: Steering = ([S, p, T, q], point) => right([S, p.map(() => 0), T, q.map(() => 0)], point);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "changed-half-steers-the-inverse",
    explanation:
      "Your inverse computes $s$ and $t$ from the half that was **changed**. Forward took them from $z_a$. That half has stayed, $x_a = z_a$, so take them from $x_a$: they are the very same numbers, and that is why a coupling can be undone however complicated $s$ and $t$ are.",
    implementation: but((parts) => ({ inverse: move(parts, byTheRest, back) })),
    variants: [
      but((parts) => ({
        inverse: move(parts, byTheRest, back),
        inverseLogDet: (x) => -sum(byTheRest(parts, x).s),
      })),
    ],
  },
  {
    id: "changed-half-steers-itself",
    explanation:
      "Your $s$ and $t$ look at the half that they change. Then nobody can undo it: after the change the numbers from which $s$ and $t$ were computed are gone. They may only look at the half that **stays**.",
    implementation: consistent(byTheRest),
    variants: [
      but((parts) => ({ forward: move(parts, byTheRest, onward) })),
      but((parts) => ({
        forward: move(parts, byTheRest, onward),
        logDet: (z) => sum(byTheRest(parts, z).s),
      })),
    ],
  },
  {
    id: "sigmoid-for-tanh",
    explanation:
      "Your $s$ lies between 0 and 1, as a sigmoid does. Asked for is tanh, from $-1$ to 1: with the sigmoid the scale $e^s$ could only stretch.",
    implementation: consistent(withSigmoid),
    variants: [
      but((parts) => ({ forward: move(parts, withSigmoid, onward) })),
      but((parts) => ({ inverse: move(parts, withSigmoid, back) })),
      but((parts) => ({ logDet: (z) => sum(withSigmoid(parts, z).s) })),
    ],
  },
  {
    id: "sign-of-s-in-the-inverse",
    explanation:
      "Your inverse multiplies by $e^{s}$ once more. Forward multiplied by $e^{s}$, so the inverse has to divide: $z_b = (x_b - t) \\odot e^{-s}$.",
    implementation: but((parts) => ({ inverse: move(parts, right, (v, s, t) => (v - t) * Math.exp(s)) })),
  },
  {
    id: "shift-undone-last",
    explanation:
      "Your inverse scales first and takes the shift away afterwards. Forward scaled first and shifted last, and what came last is undone first: $(x_b - t) \\odot e^{-s}$, with the bracket.",
    implementation: but((parts) => ({ inverse: move(parts, right, (v, s, t) => v * Math.exp(-s) - t) })),
  },
  {
    id: "shift-first",
    explanation:
      "You shift first and scale the sum. Asked for is $z_b \\odot e^{s} + t$: the shift is not scaled. (Both are couplings; they are not the same.)",
    implementation: consistent(
      right,
      (v, s, t) => (v + t) * Math.exp(s),
      (v, s, t) => v * Math.exp(-s) - t,
    ),
    variants: [but((parts) => ({ forward: move(parts, right, (v, s, t) => (v + t) * Math.exp(s)) }))],
  },
  {
    id: "scale-is-s-itself",
    explanation:
      "You multiply by $s$ where $e^{s}$ was asked for. The exponential keeps the scale positive: with $s = 0$ nothing would be left of $z_b$, and nobody could find it again.",
    implementation: but((parts) => ({
      forward: move(parts, right, (v, s, t) => v * s + t),
      inverse: move(parts, right, (v, s, t) => (v - t) / s),
      logDet: (z) => sum(right(parts, z).s.map((v) => Math.log(Math.abs(v)))),
      inverseLogDet: (x) => -sum(right(parts, x).s.map((v) => Math.log(Math.abs(v)))),
    })),
    variants: [but((parts) => ({ forward: move(parts, right, (v, s, t) => v * s + t) }))],
  },
  {
    id: "no-tanh",
    explanation:
      "Your $s$ is $S z_a + p$ without the tanh around it. The tanh holds the scale between $1/e$ and $e$: far out, $e^{S z_a + p}$ soon is no number any more.",
    implementation: consistent(withoutTanh),
  },
  {
    id: "no-bias",
    explanation: "Your $s$ and $t$ are without $p$ and $q$: nothing is added to $S z_a$ and $T z_a$.",
    implementation: consistent(withoutBias),
  },
  {
    id: "last-part-stays",
    explanation:
      "You keep the *last* numbers and change the first. The other way round was asked for: the first $d$ stay, as many as a row of $S$ has entries.",
    implementation: but((parts) => {
      const changed = parts[0].length;
      const turn = (point: readonly number[]) => [...point.slice(changed), ...point.slice(0, changed)];
      const turnBack = (point: readonly number[]) => [
        ...point.slice(point.length - changed),
        ...point.slice(0, point.length - changed),
      ];
      return {
        forward: (z) => turnBack(forwardOf(parts, turn(z))),
        inverse: (x) => turnBack(inverseOf(parts, turn(x))),
        logDet: (z) => logDetOf(parts, turn(z)),
        inverseLogDet: (x) => -logDetOf(parts, turn(x)),
      };
    }),
  },
  {
    id: "log-det-of-the-other-direction",
    explanation:
      "The sign is that of the other direction. Forward multiplies by $e^{s}$, so its log-determinant is $+\\sum_i s_i$; from $x$ to $z$ it is $-\\sum_i s_i$. (One well-known handbook prints $\\exp(+\\sum s)$ for the inverse's Jacobian: that is forward's.)",
    implementation: but((parts) => ({ inverseLogDet: (x) => logDetOf(parts, x) })),
    variants: [
      but((parts) => ({ logDet: (z) => -logDetOf(parts, z) })),
      but((parts) => ({ logDet: (z) => -logDetOf(parts, z), inverseLogDet: (x) => logDetOf(parts, x) })),
    ],
  },
  {
    id: "determinant-without-logarithm",
    explanation:
      "That is the determinant itself, $e^{\\sum_i s_i}$. A flow adds up logarithms: return $\\sum_i s_i$, in nats.",
    implementation: but((parts) => ({
      logDet: (z) => Math.exp(logDetOf(parts, z)),
      inverseLogDet: (x) => Math.exp(-logDetOf(parts, x)),
    })),
    variants: [
      but((parts) => ({ logDet: (z) => Math.exp(logDetOf(parts, z)) })),
      but((parts) => ({ inverseLogDet: (x) => Math.exp(-logDetOf(parts, x)) })),
    ],
  },
  {
    id: "sum-of-the-scales",
    explanation:
      "You add up the scales $e^{s_i}$. A determinant multiplies them, so their *logarithms* are added: $\\sum_i s_i$.",
    implementation: but((parts) => ({
      logDet: (z) => sum(right(parts, z).s.map(Math.exp)),
      inverseLogDet: (x) => -sum(right(parts, x).s.map(Math.exp)),
    })),
    variants: [
      but((parts) => ({
        logDet: (z) => sum(right(parts, z).s.map(Math.exp)),
        inverseLogDet: (x) => sum(right(parts, x).s.map((v) => Math.exp(-v))),
      })),
    ],
  },
  {
    id: "mean-of-s",
    explanation:
      "You take the mean of the $s_i$. The determinant is the product of *all* scales, so its logarithm is their sum.",
    implementation: but((parts) => ({
      logDet: (z) => logDetOf(parts, z) / parts[0].length,
      inverseLogDet: (x) => -logDetOf(parts, x) / parts[0].length,
    })),
  },
];
