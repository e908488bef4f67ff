/** Autoregressive flows of [0, 1]^D with piecewise linear transformers: what is right, and how exact that can be. */

import { dot, type Matrix, transpose } from "../../oracle/matrices.ts";

type Numbers = readonly number[];
/** W and c: how each number steers those after it, and what each one's heights are without the others. */
export type Parts = readonly [W: Matrix, c: Matrix];

/** Heights of the bins of number d, from those numbers that steer it; without a number for the others. */
export function heightsOf([W, c]: Parts, d: number, steering: Numbers): number[] {
  const columns = transpose(W);
  const logits = c[d].map((own, k) => own + dot(steering, columns[k]));
  const most = Math.max(...logits);
  const raised = logits.map((a) => Math.exp(a - most));
  const total = raised.reduce((sum, v) => sum + v, 0);
  return raised.map((v) => v / total);
}

export interface Bin {
  readonly index: number;
  /** From 0 to 1. */
  readonly share: number;
}

const lastOf = (list: Numbers): number => list.length - 1;

/** Of the bins whose edges are given; the last one takes the upper end, and what rounding leaves beyond it. */
function binOf(value: number, edges: Numbers): Bin {
  let index = lastOf(edges) - 1;
  while (index > 0 && value < edges[index]) index -= 1;
  return { index, share: (value - edges[index]) / (edges[index + 1] - edges[index]) };
}

export function edgesOf(phi: Numbers): number[] {
  const edges = [0];
  for (const v of phi) edges.push(edges[lastOf(edges)] + v);
  return edges;
}

export const evenBin = (h: number, bins: number): Bin =>
  binOf(
    h,
    Array.from({ length: bins + 1 }, (_, k) => k / bins),
  );

export function rise(h: number, phi: Numbers): number {
  const { index, share } = evenBin(h, phi.length);
  return edgesOf(phi)[index] + share * phi[index];
}

export function fall(x: number, phi: Numbers): number {
  const { index, share } = binOf(x, edgesOf(phi));
  return (index + share) / phi.length;
}

/** What steers number d, of those that are there. */
export type Steering = (list: Numbers, d: number) => Numbers;
export const earlier: Steering = (list, d) => list.map((v, j) => (j < d ? v : 0));

export const forwardOf = (parts: Parts, h: Numbers, steering = earlier): number[] =>
  h.map((value, d) => rise(value, heightsOf(parts, d, steering(h, d))));

export function inverseOf(parts: Parts, x: Numbers): number[] {
  const h = x.map(() => 0);
  for (const [d, value] of x.entries()) h[d] = fall(value, heightsOf(parts, d, earlier(h, d)));
  return h;
}

/** Slope of each number's map at h. */
export const slopesOf = (parts: Parts, h: Numbers, steering = earlier): number[] =>
  h.map((value, d) => {
    const phi = heightsOf(parts, d, steering(h, d));
    return phi.length * phi[evenBin(value, phi.length).index];
  });

export const logDetOf = (parts: Parts, h: Numbers): number =>
  slopesOf(parts, h).reduce((sum, slope) => sum + Math.log(slope), 0);

const largest = (list: Numbers): number => Math.max(0, ...list.map(Math.abs));

/** Roundings of the logits of number d, if those before it carry errors of these sizes: the heights have them as relative errors. */
const ofHeights = ([W, c]: Parts, d: number, h: Numbers, errors: Numbers): number =>
  2 +
  2 * largest(c[d]) +
  W.slice(0, d).reduce((sum, row, j) => sum + 2 * largest(row) * (Math.abs(h[j]) + errors[j]), 0) +
  c[d].length / 4;

/** Sizes whose rounding the images may carry: h is given, and so exact. */
export const forwardSizes = (parts: Parts, h: Numbers): number[] => {
  const exact = h.map(() => 0);
  const slopes = slopesOf(parts, h);
  return h.map((value, d) => ofHeights(parts, d, h, exact) + slopes[d] * value);
};

/** On the way back each number carries what those before it have left, enlarged where the map is flat. */
export function inverseSizes(parts: Parts, x: Numbers): number[] {
  const h = inverseOf(parts, x);
  const slopes = slopesOf(parts, h);
  const errors = h.map(() => 0);
  for (const d of h.keys()) {
    // On an edge of bins the flatter side decides.
    const phi = heightsOf(parts, d, earlier(h, d));
    const { index, share } = evenBin(h[d], phi.length);
    const beside = share < 1e-6 ? phi[index - 1] : share > 1 - 1e-6 ? phi[index + 1] : undefined;
    const flattest = Math.min(slopes[d], phi.length * (beside ?? Number.POSITIVE_INFINITY));
    errors[d] = h[d] + (x[d] + ofHeights(parts, d, h, errors)) / flattest;
  }
  return errors;
}

export const logDetSize = (parts: Parts, h: Numbers): number => {
  const exact = h.map(() => 0);
  return h.reduce((sum, _v, d) => sum + ofHeights(parts, d, h, exact), Math.abs(logDetOf(parts, h)));
};
