/** Autoregressive flows that are fitted to data: what the stand-in and wrong answers are made of. */

import type { Implementation } from "../../harness/kinds.ts";
import { type Parts, recoverOf, sumOfAlphas } from "./autoregression.affine.ts";
import type { signatures } from "./train.domain.ts";
import { logDensityOf, momentsOf, type Steers } from "./train.source.ts";

type Program = Implementation<typeof signatures>;
export type Fitted = ReturnType<Program["fitAutoregressive"]> extends infer F ? Awaited<F> : never;
type Rows = readonly (readonly number[])[];

const zeros = (size: number): number[][] =>
  Array.from({ length: size }, () => new Array<number>(size).fill(0));
const raise = (logScale: number): number => Math.atanh(Math.max(-0.95, Math.min(0.95, logScale)));

/** Each number has its mean and deviation, and nothing steers. */
export function startOf(data: Rows): Parts {
  const { mean, root } = momentsOf(data);
  const deviations = root.map((row) => Math.hypot(...row));
  return [zeros(mean.length), deviations.map((v) => raise(Math.log(v))), zeros(mean.length), mean];
}

/** The best normal density: shifts are steered, scales are not. */
export function linear(data: Rows, steers: Steers): Parts {
  const { mean, root } = momentsOf(data);
  const M = root.map((row, i) => row.map((v, j) => (j < i ? v : 0)));
  // Where data steer: z of the numbers before it in terms of x, by forward substitution.
  if (steers === "x")
    for (const row of M)
      for (let j = row.length - 1; j >= 0; j--) {
        row[j] /= root[j][j];
        for (let k = 0; k < j; k++) row[k] -= row[j] * root[j][k];
      }
  const m = mean.map((v, i) =>
    steers === "x" ? M[i].reduce((sum, w, j) => (j < i ? sum - w * mean[j] : sum), v) : v,
  );
  return [zeros(mean.length), root.map((row, i) => raise(Math.log(row[i]))), M, m];
}

/** Enough for the data of the checks. */
const STEPS = 80;
const RATE = 0.06;

/** One weight as it descends by Adam's rule. */
class Weight {
  private first = 0;
  private second = 0;
  slope = 0;
  value: number;
  constructor(value: number) {
    this.value = value;
  }
  move(step: number, steps: number): void {
    this.first += 0.1 * (this.slope - this.first);
    this.second += 0.02 * (this.slope ** 2 - this.second);
    const rate = (RATE * (steps + 1 - step)) / steps;
    const size = Math.sqrt(this.second / (1 - 0.98 ** step)) + 1e-9;
    this.value -= (rate * this.first) / (1 - 0.9 ** step) / size;
    this.slope = 0;
  }
}

/** Weights of maximum likelihood, by descent from where nothing steers. */
function descend(data: Rows, steers: Steers, steps: number): Parts {
  const [, ownScales, , ownShifts] = startOf(data);
  const numbers = ownScales.map((scale, i) => ({
    scale: { bias: new Weight(scale), by: Array.from({ length: i }, () => new Weight(0)) },
    shift: { bias: new Weight(ownShifts[i]), by: Array.from({ length: i }, () => new Weight(0)) },
  }));
  const all = numbers.flatMap(({ scale, shift }) => [scale.bias, ...scale.by, shift.bias, ...shift.by]);
  const size = numbers.length;
  const [z, alpha, slopes] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let step = 1; step <= steps; step++) {
    for (const x of data) {
      const given: ArrayLike<number> = steers === "x" ? x : z;
      for (const [i, { scale, shift }] of numbers.entries()) {
        let [u, mu] = [scale.bias.value, shift.bias.value];
        for (let j = 0; j < i; j++) {
          u += scale.by[j].value * given[j];
          mu += shift.by[j].value * given[j];
        }
        alpha[i] = Math.tanh(u);
        z[i] = (x[i] - mu) * Math.exp(-alpha[i]);
      }
      slopes.set(z);
      for (let i = size - 1; i >= 0; i--) {
        const { scale, shift } = numbers[i];
        const du = ((1 - slopes[i] * z[i]) * (1 - alpha[i] * alpha[i])) / data.length;
        const dmu = (-slopes[i] * Math.exp(-alpha[i])) / data.length;
        scale.bias.slope += du;
        shift.bias.slope += dmu;
        for (let j = 0; j < i; j++) {
          scale.by[j].slope += du * given[j];
          shift.by[j].slope += dmu * given[j];
          if (steers === "z") slopes[j] += data.length * (du * scale.by[j].value + dmu * shift.by[j].value);
        }
      }
    }
    for (const weight of all) weight.move(step, steps);
  }
  const matrix = (part: "scale" | "shift") =>
    numbers.map((own) => numbers.map((_, j) => own[part].by[j]?.value ?? 0));
  return [
    matrix("scale"),
    numbers.map(({ scale }) => scale.bias.value),
    matrix("shift"),
    numbers.map(({ shift }) => shift.bias.value),
  ];
}

/** Many wrong answers begin with the right weights of the same data, one answer after another: some dozen numbers each are kept. */
const kept = new Map<string, Parts>();
const MOST_KEPT = 2000;

export function train(data: Rows, steers: Steers, steps = STEPS): Parts {
  const key = `${steers} ${steps} ${data.length} ${data[0]} ${data.at(-1)}`;
  const parts = kept.get(key) ?? descend(data, steers, steps);
  kept.set(key, parts);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
  return parts;
}

/** What a log-density may be made of: log Pr(z), the sum of the log-scales, and how many numbers there are. */
export type Density = (base: number, alphas: number, size: number) => number;
const right: Density = (base, alphas) => base - alphas;

/** The flow of these weights, with the log-density that it has, or another. */
export function flowOf(parts: Parts, steers: Steers, density: Density = right): Fitted {
  const [A, a, M, m] = parts;
  const copy = (rows: Rows): number[][] => rows.map((row) => [...row]);
  return {
    weights: () => ({ A: copy(A), a: [...a], M: copy(M), m: [...m] }),
    logDensity: (points) =>
      points.map((x) => {
        const own = logDensityOf(parts, x, steers);
        if (density === right) return own;
        const steering = steers === "x" ? x : recoverOf(parts, x);
        const alphas = sumOfAlphas(parts, steering);
        return density(own + alphas, alphas, x.length);
      }),
  };
}

export const steersOf = (steeredBy: string): Steers => (steeredBy === "z" ? "z" : "x");

export const fit: Program["fitAutoregressive"] = (data, steps, steeredBy) => {
  const steers = steersOf(steeredBy);
  return flowOf(train(data, steers, steps), steers);
};
