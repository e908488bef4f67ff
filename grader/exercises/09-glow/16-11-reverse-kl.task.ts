/** The derivation of problem 16.11: from the divergence to what is minimised, and the logarithm of the factor. */

import type { MatrixTask } from "../../oracle/matrix-derivation.ts";
import { constant } from "../../oracle/matrix-values.ts";

const ofNumber =
  (f: (value: number) => number) =>
  (a: readonly (readonly number[])[]): number[][] => [[f(a[0][0])]];

/** A falling map, so that the bars matter, with its slope and its inverse. */
const map = (z: number): number => 0.3 - 1.2 * Math.sinh(0.8 * z);
const slope = (z: number): number => -0.96 * Math.cosh(0.8 * z);
const back = (x: number): number => Math.asinh((0.3 - x) / 1.2) / 0.8;

const base = (z: number): number => Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
/** The student's density, by equation 16.1: from x, not from z. */
const model = (x: number): number => base(back(x)) / Math.abs(slope(back(x)));
const known = (x: number): number => 3 * Math.exp(-Math.abs(x - 1) / 2) + Math.exp(-(x * x) / 4);
/** ∫ u dx = 12 + 2√π. */
const FACTOR = 12 + 2 * Math.sqrt(Math.PI);

const slopeForgotten =
  "The slope is gone. The student's density at f(z) is not that of z: by equation 16.1 it is p(z)/abs(df(z)).";
const multiplied =
  "The slope has changed sides: where f stretches, the student's density falls, so it is divided by abs(df(z)).";
const dropped =
  "The student's own density is gone, and with it what keeps the student from collapsing onto a peak of q. m(f(z)) stays, as p(z)/abs(df(z)).";
const factorLost =
  "K is gone. It may be left out of a loss, as no parameter is in it. Here every line is to equal the one before: write it down as log(K).";
const factorTurned = "log(K) has the wrong sign: q is u/K, and its logarithm stands behind a minus.";

export const task: MatrixTask = {
  first: "E(log(m(f(z))/q(f(z))))",
  last: "E(log(p(z)) - log(abs(df(z))) - log(u(f(z)))) + log(K)",
  draw(random) {
    const weights = [0, 1, 2, 3, 4].map(() => random.uniform(0.5, 1));
    const total = weights.reduce((a, b) => a + b);
    return {
      letters: {
        z: { atoms: weights.map(() => [[random.uniform(-2, 2)]]) },
        K: constant([[FACTOR]]),
      },
      probabilities: weights.map((w) => w / total),
    };
  },
  functions: {
    f: ofNumber(map),
    df: ofNumber(slope),
    p: ofNumber(base),
    m: ofNumber(model),
    u: ofNumber(known),
    q: ofNumber((x) => known(x) / FACTOR),
  },
  slips: [
    { line: "E(log(p(z)/q(f(z))))", says: slopeForgotten },
    { line: "E(log(p(z)/u(f(z)))) + log(K)", says: slopeForgotten },
    { line: "E(log(p(z)*abs(df(z))/q(f(z))))", says: multiplied },
    { line: "E(log(p(z)*abs(df(z))/u(f(z)))) + log(K)", says: multiplied },
    { line: "-E(log(q(f(z))))", says: dropped },
    { line: "-E(log(u(f(z)))) + log(K)", says: dropped },
    { line: "-E(log(u(f(z))))", says: dropped },
    { line: "E(log(p(z)/abs(df(z))/u(f(z))))", says: factorLost },
    { line: "E(log(p(z)/abs(df(z))/u(f(z)))) - log(K)", says: factorTurned },
    {
      line: "E(log(p(f(z))/q(f(z))))",
      says: "p is the density of z, and m that of x = f(z): they are not the same function. By equation 16.1 m(f(z)) is p(z)/abs(df(z)).",
    },
    {
      line: "log(E(m(f(z))/q(f(z))))",
      says: "The logarithm of a mean is not the mean of the logarithms: E stays outside.",
    },
    {
      line: "E(log(m(f(z)))) + E(log(q(f(z))))",
      says: "The logarithm of a quotient is a difference.",
    },
  ],
};

export const STEPS: readonly string[] = [
  task.first,
  "E(log(p(z)/abs(df(z))/(u(f(z))/K)))",
  "E(log(p(z)) - log(abs(df(z))) - log(u(f(z))) + log(K))",
  task.last,
];

/** Both ends, and two lines between them. */
export const LEAST_LINES = 4;
