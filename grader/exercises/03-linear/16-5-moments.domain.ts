import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { derivation, fn, matrix, parameter, record, vector } from "../../harness/kinds.ts";
import { apply, type Matrix, multiply, transpose } from "../../oracle/matrices.ts";
import type { MatrixTask } from "../../oracle/matrix-derivation.ts";
import { column, constant } from "../../oracle/matrix-values.ts";
import { normals, type Random } from "../../random.ts";
import { withEntry, withRepeats } from "./linear-algebra.draws.ts";

export type Asked = readonly [A: number[][], b: number[], mean: number[], covariance: number[][]];
export interface Moments {
  readonly mean: number[];
  readonly covariance: number[][];
}

export const truth = ([A, b, mean, covariance]: Asked): Moments => ({
  mean: apply(A, mean).map((v, i) => v + b[i]),
  covariance: multiply(multiply(A, covariance), transpose(A)),
});

export const flatten = ({ mean, covariance }: Moments): number[] => [...mean, ...covariance.flat()];

/** What the terms of each sum are in size. */
export function sizes([A, b, mean, covariance]: Asked): number[] {
  const size = (a: Matrix) => a.map((row) => row.map(Math.abs));
  return flatten(truth([size(A), b.map(Math.abs), mean.map(Math.abs), size(covariance)]));
}

const square = (random: Random, n: number): number[][] => Array.from({ length: n }, () => normals(random, n));

/** B Bᵀ and something on the diagonal. */
export function someCovariance(random: Random, n: number): number[][] {
  const b = square(random, n);
  return multiply(b, transpose(b)).map((row, i) => row.map((v, j) => (i === j ? v + 0.5 : v)));
}

const drawInputs = (random: Random, n: number): [number[][], number[], number[], number[][]] => [
  square(random, n),
  normals(random, n),
  normals(random, n),
  someCovariance(random, n),
];

const plain = oneOf(0, -0, 1, -1);
const large = bothSigns(logarithmic(3, 1e6));

/** Something special in b (`which` 1) or in the mean (2). */
function inVector(
  which: 1 | 2,
  points: number,
  vector: (random: Random, n: number, place: number) => number[],
): Region<Asked>["draw"] {
  return (random, place) => {
    const n = 1 + (Math.floor(points * place) % 3);
    const inputs = drawInputs(random, n);
    inputs[which] = vector(random, n, place);
    return inputs;
  };
}

const special = (which: 1 | 2): Regions<Asked> => {
  const name = which === 1 ? "b" : "mean";
  const of = (inputs: Asked): readonly number[] => inputs[which];
  return {
    [`${name} with a 0, 1 or −1 in it`]: {
      points: 12,
      draw: inVector(which, 12, (random, n, place) =>
        withEntry(random, n, plain.at(place), random.integer(3)),
      ),
      place: (...inputs) =>
        of(inputs)
          .map(plain.place)
          .find((at) => at !== undefined),
    },
    [`${name} that begins or ends with 0`]: {
      points: 4,
      draw(random, place) {
        const inputs = drawInputs(random, 3);
        inputs[which] = withEntry(random, 3, 0, place < 0.5 ? 0 : 1);
        return inputs;
      },
      place: (...inputs) => (of(inputs)[0] === 0 ? 0.25 : of(inputs).at(-1) === 0 ? 0.75 : undefined),
    },
    [`${name} that is nothing but 0`]: {
      points: 3,
      draw: inVector(which, 3, (_random, n) => new Array<number>(n).fill(0)),
      place: (...inputs) => (of(inputs).every((v) => v === 0) ? 0.5 : undefined),
    },
    [`${name} with equal entries`]: {
      points: 2,
      draw(random) {
        const inputs = drawInputs(random, 4);
        inputs[which] = withRepeats(random, 4);
        return inputs;
      },
      place: (...inputs) => (of(inputs).some((v, i) => v === of(inputs)[i + 1]) ? 0 : undefined),
    },
    [`a large entry of ${name}`]: {
      points: 12,
      draw(random, place) {
        const inputs = drawInputs(random, 3);
        inputs[which] = withEntry(random, 3, large.at(place), random.integer(3));
        return inputs;
      },
      place: (...inputs) =>
        of(inputs)
          .map(large.place)
          .find((at) => at !== undefined),
    },
  };
};

const GIVEN: Asked = [
  [
    [1.5, -0.5],
    [2, 0.25],
  ],
  [0.75, -3],
  [2.5, 0.5],
  [
    [2, 0.5],
    [0.5, 1],
  ],
];

export const regions: Regions<Asked> = {
  "two to four dimensions": {
    points: 9,
    draw: (random, place) => drawInputs(random, 2 + Math.floor(3 * place * (1 - 1e-12))),
    place: (_A, b) => (b.length > 1 && b.length < 5 ? (b.length - 1.5) / 3 : undefined),
  },
  "one dimension": {
    points: 3,
    draw: (random) => drawInputs(random, 1),
    place: (_A, b) => (b.length === 1 ? 0 : undefined),
  },
  "fifteen dimensions": {
    points: 2,
    draw: (random) => drawInputs(random, 15),
    place: (_A, b) => (b.length === 15 ? 0 : undefined),
  },
  ...special(1),
  ...special(2),
  "neither shift nor mean": {
    points: 2,
    draw(random) {
      const [A, , , covariance] = drawInputs(random, 2);
      return [A, [0, 0], [0, 0], covariance];
    },
    place: (_A, b, mean) => ([...b, ...mean].every((v) => v === 0) ? 0 : undefined),
  },
  "one argument after another": {
    points: 12,
    draw: (random, place) =>
      GIVEN.with(
        Math.floor(4 * place * (1 - 1e-12)),
        drawInputs(random, 2)[Math.floor(4 * place * (1 - 1e-12))],
      ) as unknown as Asked,
    place(...inputs) {
      const other = inputs.flatMap((input, i) =>
        JSON.stringify(input) === JSON.stringify(GIVEN[i]) ? [] : [i],
      );
      return other.length === 1 ? (other[0] + 0.5) / 4 : undefined;
    },
  },
};

export const domain: Domain<Asked> = {
  regions,
  open: (A, b, mean, covariance) => [b, mean, covariance].some(({ length }) => length !== A.length),
  allows: (_answer, ...inputs) => sizes(inputs).map((of) => 1e-9 * of),
  float32: (_answer, ...inputs) => sizes(inputs).map((of) => of * (1 + inputs[1].length / 4)),
};

/** A random z of two numbers that takes four values, and an A and b that make three numbers of it. */
export const randomVariable: MatrixTask["draw"] = (r) => {
  const values = [0, 1, 2, 3].map(() => normals(r, 2));
  const weights = values.map(() => r.uniform(0.5, 1));
  const total = weights.reduce((a, b) => a + b);
  const probabilities = weights.map((w) => w / total);
  const mu = [0, 1].map((i) => values.reduce((sum, v, k) => sum + probabilities[k] * v[i], 0));
  const sigma = [0, 1].map((i) =>
    [0, 1].map((j) =>
      values.reduce((sum, v, k) => sum + probabilities[k] * (v[i] - mu[i]) * (v[j] - mu[j]), 0),
    ),
  );
  return {
    letters: {
      A: constant([normals(r, 2), normals(r, 2), normals(r, 2)]),
      b: constant(column(normals(r, 3))),
      z: { atoms: values.map(column) },
      mu: constant(column(mu)),
      Sigma: constant(sigma),
    },
    probabilities,
  };
};

const freed =
  (
    without: string,
  ): ((uses: { calls: readonly { name: string; letters: ReadonlySet<string> }[] }) => boolean) =>
  ({ calls }) =>
    calls.some(({ name, letters }) => name === "E" && letters.has("z") && !letters.has(without));

const sizesOfLetters =
  "The check puts in an A of 3 rows and 2 columns, so that the order of the factors shows: matrices may not change places.";

export const meanTask: MatrixTask = {
  first: "E(A*z + b)",
  last: "A*mu + b",
  draw: randomVariable,
  sizes: sizesOfLetters,
  forms: [
    { name: "the matrix taken out of the expectation, where only z is left in it", appears: freed("A") },
  ],
  slips: [
    { line: "A*E(z)", says: "The shift got lost: the expectation of a constant is that constant." },
    {
      line: "A*z + b",
      says: "The expectation is gone, and z is still there: this is a random variable, and the line before is none.",
    },
    { line: "A*z + E(b)", says: "The expectation of b is taken, that of A*z is not." },
    { line: "E(z)*A + b", says: "Matrices may not change places: A stays on the left." },
    { line: "A*(mu + b)", says: "The shift is added after the matrix, and is not multiplied by it." },
  ],
};

export const covarianceTask: MatrixTask = {
  first: "E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')",
  last: "A*Sigma*A'",
  draw: randomVariable,
  sizes: sizesOfLetters,
  forms: [{ name: "the matrices taken out of the expectation, one on each side", appears: freed("A") }],
  slips: [
    {
      line: "E((A*(z - mu))' * (A*(z - mu)))",
      says: "The transpose has moved to the first factor: a row times a column is one number, not a matrix.",
    },
    {
      line: "A*E((z - mu)'*(z - mu))*A'",
      says: "The transpose has moved to the first factor: a row times a column is one number, not a matrix.",
    },
    {
      line: "A*E(z*z')*A'",
      says: "That is the mean of z*z', not of the deviations: mu has to be taken away.",
    },
    {
      line: "A*E((z - mu)*(z - mu)')*A' + b*b'",
      says: "The shift cancels in the deviation: it does not come into the covariance.",
    },
    { line: "A*(z - mu)*(z - mu)'*A'", says: "The expectation is gone, and z is still there." },
  ],
};

export const signatures = {
  meanSteps: fn([], derivation),
  covarianceSteps: fn([], derivation),
  moments: fn(
    [
      parameter("A", matrix),
      parameter("b", vector),
      parameter("mean", vector),
      parameter("covariance", matrix),
    ],
    record({ mean: vector, covariance: matrix }),
  ),
};
