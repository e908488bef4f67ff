/** A flow step with other layers, in another order, or with another log-determinant: what wrong answers are made of. */

import type { Implementation } from "../../harness/kinds.ts";
import { apply } from "../../oracle/matrices.ts";
import { forwardTruth, inverseTruth } from "../03-linear/plu.domain.ts";
import {
  forwardOf,
  inverseOf,
  logDetOf,
  type Made,
  placesOf,
  RIGHT,
  type signatures,
  sumOfLogs,
  type Ways,
} from "./step.domain.ts";

type Program = Implementation<typeof signatures>;
type Step = ReturnType<Program["glowStep"]> extends infer F ? Awaited<F> : never;

/** The right step but for what is given. */
export const but = (change: (made: Made) => Partial<Step>): Program => ({
  glowStep: (...made) => ({
    inverse: (x) => ({ z: inverseOf(made, x).z, logDet: logDetOf(made, x) }),
    forward: (z) => forwardOf(made, z),
    ...change(made),
  }),
});

/** Other numbers; the log-determinant is the right one of x, or that of the layers as they are. */
export const zOnly = (of: (made: Made, x: readonly number[]) => number[]): Program =>
  but((made) => ({ inverse: (x) => ({ z: of(made, x), logDet: logDetOf(made, x) }) }));

export const logDetOnly = (of: (made: Made, x: readonly number[]) => number): Program =>
  but((made) => ({ inverse: (x) => ({ z: inverseOf(made, x).z, logDet: of(made, x) }) }));

export const placeCount = (made: Made, x: readonly number[]): number => x.length / made[5].length;
export const sum = (list: readonly number[]): number => list.reduce((total, v) => total + v, 0);
export const couplingSum = (made: Made, x: readonly number[], ways: Ways = RIGHT): number =>
  sum(inverseOf(made, x, ways).coupling);
export const constant = (made: Made): number => sumOfLogs(made[0]) + sumOfLogs(made[5]);

/** The coupling of one place, from x to z. */
export function couple([, , , , , , S, T]: Made, h: readonly number[]): number[] {
  const half = h.length / 2;
  const kept = h.slice(0, half);
  const [logScales, shifts] = [apply(S, kept).map(Math.tanh), apply(T, kept)];
  return [...kept, ...h.slice(half).map((v, i) => (v - shifts[i]) * Math.exp(-logScales[i]))];
}
export function uncouple([, , , , , , S, T]: Made, h: readonly number[]): number[] {
  const half = h.length / 2;
  const kept = h.slice(0, half);
  const [logScales, shifts] = [apply(S, kept).map(Math.tanh), apply(T, kept)];
  return [...kept, ...h.slice(half).map((v, i) => v * Math.exp(logScales[i]) + shifts[i])];
}
export const mix = ([, , order, lower, upper, s]: Made, h: readonly number[]): number[] =>
  forwardTruth([order, lower, upper, s, [...h]]);
export const unmix = ([, , order, lower, upper, s]: Made, h: readonly number[]): number[] =>
  inverseTruth([order, lower, upper, s, [...h]]);
export const normalize = ([scale, shift]: Made, h: readonly number[]): number[] =>
  h.map((v, c) => scale[c] * v + shift[c]);
export const restore = ([scale, shift]: Made, h: readonly number[]): number[] =>
  h.map((v, c) => (v - shift[c]) / scale[c]);

type Layer = (made: Made, h: readonly number[]) => number[];
export const through =
  (...layers: readonly Layer[]) =>
  (made: Made, list: readonly number[]): number[] =>
    placesOf(list, made[5].length).flatMap((place) =>
      layers.reduce<readonly number[]>((h, layer) => layer(made, h), place),
    );

/** The coupling, or what undoes it, with the second half in the place of the first. */
export const turned =
  (layer: Layer): Layer =>
  (made, h) => {
    const half = h.length / 2;
    const done = layer(made, [...h.slice(half), ...h.slice(0, half)]);
    return [...done.slice(half), ...done.slice(0, half)];
  };
/** Log-scales of a coupling that is steered by the second half. */
export const secondHalfLogScales = (made: Made, x: readonly number[]): number[] =>
  placesOf(through(normalize, mix)(made, x), made[5].length).flatMap((h) =>
    apply(made[6], h.slice(h.length / 2)).map(Math.tanh),
  );

/** The same step with other parts of its matrix. */
export const withOrder = (made: Made, order: number[]): Made =>
  made.with(2, order as never) as unknown as Made;
