import type { Tensor } from "@tensorflow/tfjs";
import type { Call, Given, Operations, Result } from "./call.fixture.ts";

/** Numbers of each result, with what else can be told of it. */
export interface Values {
  readonly results: readonly {
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly values: readonly number[];
  }[];
}

/** First derivative by number, and second along one direction; NaN where the operation is not smooth. */
export interface Slopes {
  readonly first: readonly (readonly number[])[];
  readonly second: readonly (readonly number[])[];
}

const tensorOf = (t: Operations, { values, shape, dtype }: Given): Tensor => t.tensor(values, shape, dtype);
const listOf = (result: Result): readonly Tensor[] =>
  (Array.isArray(result) ? result : [result]) as readonly Tensor[];

/** What a call gives. */
export async function valuesOf(t: Operations, { inputs }: Call, run: Call["run"]): Promise<Values> {
  const given = inputs.map((input) => tensorOf(t, input));
  const results = listOf(await run(t, ...given));
  const read = results.map((one) => ({
    dtype: one.dtype,
    shape: one.shape,
    values: Array.from(one.dataSync(), Number),
  }));
  const changed = inputs.findIndex(({ values }, i) => {
    const now = given[i].dataSync();
    return values.some((value, k) => !Number.isNaN(value) && !Object.is(Number(now[k]), value));
  });
  t.dispose([given, results]);
  if (changed >= 0) throw new Error(`changed its input ${changed}`);
  return { results: read };
}

/** Weights of the results' numbers, so that a mistake in one cannot cancel against another. */
const weight = (i: number) => Math.cos(1 + 2.3 * i);
const direction = (i: number) => Math.sin(2 + 1.7 * i);

/** Σ of all numbers of all results, weighted: what is differentiated. */
function loss(t: Operations, result: Result): Tensor {
  let next = 0;
  const sums = listOf(result).map((one) => {
    const factors = t.tensor(
      Array.from({ length: one.size }, () => weight(next++)),
      one.shape,
      "float32",
    );
    const y = t.cast(one, "float32");
    // A second derivative of its own, so that there is one to compute where the operation is linear.
    return t.sum(t.mul(t.add(y, t.mul(t.square(y), 0.1)), factors));
  });
  return t.addN(sums);
}

/** Which inputs a call is differentiated in. */
export const differentiable = ({ inputs, rough }: Call): number[] =>
  (rough ? [] : inputs).flatMap(({ dtype, values }, i) =>
    dtype === "float32" && values.length > 0 && values.every(Number.isFinite) ? [i] : [],
  );

/** The derivatives of a call by differences of the reference, in double precision. */
export function slopesByDifferences(oracle: Operations, call: Call): Slopes {
  const run = (call.reference ?? call.run) as Call["run"];
  const places = differentiable(call);
  const f = (point: readonly (readonly number[])[]): number =>
    oracle
      .tidy(() => {
        const given = call.inputs.map((input, i) => tensorOf(oracle, { ...input, values: point[i] }));
        return loss(oracle, run(oracle, ...given) as Result);
      })
      .dataSync()[0];
  const start = call.inputs.map(({ values }) => values);
  const moved = (point: readonly (readonly number[])[], i: number, k: number, step: number) =>
    point.map((values, j) => (j === i ? values.map((value, m) => (m === k ? value + step : value)) : values));
  const along = (point: readonly (readonly number[])[], step: number) => {
    let next = 0;
    return point.map((values, j) =>
      places.includes(j) ? values.map((value) => value + step * direction(next++)) : values,
    );
  };
  const slope = (i: number, k: number, h: number) =>
    (f(moved(start, i, k, h)) - f(moved(start, i, k, -h))) / (2 * h);
  const bend = (i: number, k: number, h: number) => {
    const at = (sign: number) =>
      f(along(moved(start, i, k, sign * h), h)) - f(along(moved(start, i, k, sign * h), -h));
    return (at(1) - at(-1)) / (4 * h * h);
  };
  // One Richardson step; where the two do not agree roughly the operation is not smooth.
  const refined = (d: (i: number, k: number, h: number) => number, h: number, i: number, k: number) => {
    const [fine, coarse] = [d(i, k, h), d(i, k, 2 * h)];
    return Math.abs(fine - coarse) < 1e-3 * Math.max(1, Math.abs(fine))
      ? (4 * fine - coarse) / 3
      : Number.NaN;
  };
  const all = (d: (i: number, k: number, h: number) => number, h: number) =>
    places.map((i) => start[i].map((_, k) => refined(d, h, i, k)));
  return { first: all(slope, 1e-3), second: all(bend, 2e-3) };
}

/** The derivatives of a call by its gradient. */
export function slopesByGradient(t: Operations, call: Call, order: 1 | 2): number[][] {
  const places = differentiable(call);
  return t.tidy(() => {
    const given = call.inputs.map((input) => tensorOf(t, input));
    const chosen = places.map((i) => given[i]);
    const compute = (...parts: Tensor[]) => {
      const all = given.map((tensor, i) => (places.includes(i) ? parts[places.indexOf(i)] : tensor));
      return loss(t, call.run(t, ...all) as Result);
    };
    const gradient = t.grads(compute);
    const twice = (...parts: Tensor[]) => {
      let next = 0;
      return t.addN(
        gradient(parts).map((one: Tensor) =>
          t.sum(
            t.mul(
              one,
              t.tensor(
                Array.from({ length: one.size }, () => direction(next++)),
                one.shape,
              ),
            ),
          ),
        ),
      );
    };
    const slopes = order === 1 ? gradient(chosen) : t.grads(twice)(chosen);
    return slopes.map((one: Tensor) => Array.from(one.dataSync()));
  }) as number[][];
}
