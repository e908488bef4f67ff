/** The map with one thing in it otherwise: what steers, the heights, what is made of the slopes, where a number lies in its bin. */

import type { Implementation } from "../../harness/kinds.ts";
import type { signatures } from "./mapping.domain.ts";
import {
  earlier,
  edgesOf,
  evenBin,
  fall,
  forwardOf,
  heightsOf,
  type Parts,
  rise,
  type Steering,
  slopesOf,
} from "./mapping.flow.ts";

type Program = Implementation<typeof signatures>;
type Numbers = readonly number[];

export const sumOfLogs = (slopes: Numbers): number => slopes.reduce((sum, v) => sum + Math.log(v), 0);

/** Other numbers steer: forward, and in the log-determinant. */
export const steeredBy = (steering: Steering) => ({
  autoregressiveForward: (h: Numbers, W: number[][], c: number[][]) => forwardOf([W, c], h, steering),
  autoregressiveLogDet: (h: Numbers, W: number[][], c: number[][]) =>
    sumOfLogs(slopesOf([W, c], h, steering)),
});
/** Back with what these numbers steer: of those found so far, of x, and the number's own place. */
export const back = (
  steering: (found: Numbers, x: Numbers, d: number) => Numbers,
): Pick<Program, "autoregressiveInverse"> => ({
  autoregressiveInverse(x, W, c) {
    const h = x.map(() => 0);
    for (const [d, value] of x.entries()) h[d] = fall(value, heightsOf([W, c], d, steering(h, x, d)));
    return h;
  },
});
/** Each way alone, too: a learner may have them in one function only. */
export const alsoAlone = (program: Partial<Program>): Partial<Program>[] =>
  Object.entries(program).map(([name, of]) => ({ [name]: of }) as Partial<Program>);

export const onlyIf =
  (holds: (j: number, d: number) => boolean): Steering =>
  (list, d) =>
    list.map((v, j) => (holds(j, d) ? v : 0));

/** Heights that are right but for this. */
export const otherHeights = (
  change: (parts: Parts, d: number, before: Numbers) => number[],
): Partial<Program> => ({
  autoregressiveForward: (h, W, c) => h.map((value, d) => rise(value, change([W, c], d, earlier(h, d)))),
  autoregressiveInverse(x, W, c) {
    const h = x.map(() => 0);
    for (const [d, value] of x.entries()) h[d] = fall(value, change([W, c], d, earlier(h, d)));
    return h;
  },
  autoregressiveLogDet: (h, W, c) =>
    sumOfLogs(
      h.map((value, d) => {
        const phi = change([W, c], d, earlier(h, d));
        return phi.length * phi[evenBin(value, phi.length).index];
      }),
    ),
});

export const logDetBy = (of: (slopes: Numbers, bins: number) => number): Partial<Program> => ({
  autoregressiveLogDet: (h, W, c) => of(slopesOf([W, c], h), c[0].length),
});

/** K is taken from a list of numbers, not from a list of heights. */
export const binsLikeNumbers: Partial<Program> = {
  autoregressiveForward: (h, W, c) =>
    h.map((value, d) => {
      const phi = heightsOf([W, c], d, earlier(h, d));
      const place = h.length * value;
      const bin = Math.min(Math.floor(place), h.length - 1);
      return phi.slice(0, bin).reduce((sum, v) => sum + v, 0) + (place - bin) * (phi[bin] ?? Number.NaN);
    }),
  autoregressiveLogDet: (h, W, c) =>
    sumOfLogs(
      h.map((value, d) => {
        const phi = heightsOf([W, c], d, earlier(h, d));
        return h.length * (phi[Math.min(Math.floor(h.length * value), h.length - 1)] ?? Number.NaN);
      }),
    ),
};

/** In its bin a number moves as if the bin were as wide as the interval. */
export const flatWithin: Partial<Program> = {
  autoregressiveForward: (h, W, c) =>
    h.map((value, d) => {
      const phi = heightsOf([W, c], d, earlier(h, d));
      const { index, share } = evenBin(value, phi.length);
      return edgesOf(phi)[index] + (share / phi.length) * phi[index];
    }),
  autoregressiveInverse(x, W, c) {
    const h = x.map(() => 0);
    for (const [d, value] of x.entries()) {
      const phi = heightsOf([W, c], d, earlier(h, d));
      const right = fall(value, phi) * phi.length;
      const index = Math.min(Math.floor(right), phi.length - 1);
      h[d] = index / phi.length + (right - index);
    }
    return h;
  },
};
