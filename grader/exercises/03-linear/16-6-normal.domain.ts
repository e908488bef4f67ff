import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Regions } from "../../domain/strata.ts";
import { derivation, fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import { apply, logNormal, type Matrix, multiply, solve, transpose } from "../../oracle/matrices.ts";
import type { MatrixTask } from "../../oracle/matrix-derivation.ts";
import { column, constant } from "../../oracle/matrix-values.ts";
import { normals, type Random } from "../../random.ts";
import { ofEitherSign, withEntry } from "./linear-algebra.draws.ts";

export type Asked = readonly [
  x: number[],
  A: number[][],
  b: number[],
  mean: number[],
  covariance: number[][],
];
type Inputs = [number[], number[][], number[], number[], number[][]];

/** By the other end of the derivation: the normal density of x itself. */
export const truth = ([x, A, b, mean, covariance]: Asked): number =>
  logNormal(
    x,
    apply(A, mean).map((v, i) => v + b[i]),
    multiply(multiply(A, covariance), transpose(A)),
  );

/** Far from singular: its determinant is 0.4 or more in size. */
const someMatrix = (random: Random): number[][] => {
  const [p, s, q, r] = [1, 1, 0.4, 0.4].map((size) => ofEitherSign(random, 0.8 * size, 1.5 * size));
  return [
    [p, q],
    [r, s],
  ];
};

const someCovariance = (random: Random): number[][] => {
  const [v, w] = [random.uniform(0.5, 2), random.uniform(0.5, 2)];
  const c = random.uniform(-0.7, 0.7) * Math.sqrt(v * w);
  return [
    [v, c],
    [c, w],
  ];
};

/** x lies where z comes from within some deviations of its mean. */
function drawInputs(random: Random): Inputs {
  const [A, b, mean] = [someMatrix(random), normals(random, 2), normals(random, 2)];
  const z = mean.map((v) => v + 2 * random.normal());
  return [apply(A, z).map((v, i) => v + b[i]), A, b, mean, someCovariance(random)];
}

const VECTORS = { x: 0, b: 2, mean: 3 } as const;
const plain = oneOf(0, -0, 1, -1);
const large = bothSigns(logarithmic(3, 1e4));

function special(name: keyof typeof VECTORS): Regions<Asked> {
  const which = VECTORS[name];
  const of = (inputs: Asked): readonly number[] => inputs[which];
  const changed = (random: Random, value: number[]): Inputs => {
    const inputs = drawInputs(random);
    inputs[which] = value;
    return inputs;
  };
  return {
    [`${name} with a 0, 1 or −1 in it`]: {
      points: 12,
      draw: (random, place) => changed(random, withEntry(random, 2, plain.at(place), random.integer(2))),
      place: (...inputs) =>
        of(inputs)
          .map(plain.place)
          .find((at) => at !== undefined),
    },
    [`${name} that begins or ends with 0`]: {
      points: 4,
      draw: (random, place) => changed(random, withEntry(random, 2, 0, place < 0.5 ? 0 : 1)),
      place: (...inputs) => (of(inputs)[0] === 0 ? 0.25 : of(inputs)[1] === 0 ? 0.75 : undefined),
    },
    [`${name} with equal entries`]: {
      points: 2,
      draw(random) {
        const both = random.normal();
        return changed(random, [both, both]);
      },
      place: (...inputs) => (of(inputs)[0] === of(inputs)[1] ? 0 : undefined),
    },
    [`a large entry of ${name}`]: {
      points: 12,
      draw: (random, place) => changed(random, withEntry(random, 2, large.at(place), random.integer(2))),
      place: (...inputs) =>
        of(inputs)
          .map(large.place)
          .find((at) => at !== undefined),
    },
  };
}

const GIVEN: Asked = [
  [1.25, -0.5],
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
const which = (place: number): number => Math.floor(5 * place * (1 - 1e-12));

export const regions: Regions<Asked> = {
  "within some deviations": { points: 16, draw: (random) => drawInputs(random), place: () => 0.5 },
  "the identity and no shift": {
    points: 2,
    draw(random) {
      const [x, , , mean, covariance] = drawInputs(random);
      return [
        x,
        [
          [1, 0],
          [0, 1],
        ],
        [0, 0],
        mean,
        covariance,
      ];
    },
    place: (_x, [[p, q], [r, s]]) => (p === 1 && s === 1 && q === 0 && r === 0 ? 0 : undefined),
  },
  ...special("x"),
  ...special("b"),
  ...special("mean"),
  "one argument after another": {
    points: 15,
    draw: (random, place) => GIVEN.with(which(place), drawInputs(random)[which(place)]) as unknown as Asked,
    place(...inputs) {
      const other = inputs.flatMap((input, i) =>
        JSON.stringify(input) === JSON.stringify(GIVEN[i]) ? [] : [i],
      );
      return other.length === 1 ? (other[0] + 0.5) / 5 : undefined;
    },
  },
};

/** What rounding in the offset x − (Aμ + b) may do to the square, and the size of the other terms. */
function size([x, A, b, mean, covariance]: Asked): number {
  const sizes = (a: Matrix) => a.map((row) => row.map(Math.abs));
  const offset = apply(A, mean).map((v, i) => x[i] - v - b[i]);
  const steepness = solve(multiply(multiply(A, covariance), transpose(A)), offset);
  const terms = apply(sizes(A), mean.map(Math.abs)).map((v, i) => v + Math.abs(x[i]) + Math.abs(b[i]));
  return 5 + steepness.reduce((sum, s, i) => sum + Math.abs(s) * terms[i], 0);
}

export const domain: Domain<Asked> = {
  regions,
  open: (...inputs) => inputs.some(({ length }) => length !== 2),
  // The inverses have conditions of up to some tens.
  allows: (_answer, ...inputs) => 1e-8 * size(inputs),
  float32: false,
};

/** log Norm_x as a function that a derivation may use. */
const density = (x: Matrix, mean: Matrix, covariance: Matrix): Matrix => {
  if (covariance.length !== x.length || mean.length !== x.length)
    throw new SyntaxError(
      "N(x, mean, covariance) takes a vector, a vector of the same length, and a matrix of that size",
    );
  return [[Math.exp(logNormal(x.flat(), mean.flat(), covariance))]];
};

export const task: MatrixTask = {
  first: "log(N(inv(A)*(x - b), mu, Sigma)) - log(abs(det(A)))",
  last: "log(N(x, A*mu + b, A*Sigma*A'))",
  functions: { N: density },
  draw(random) {
    const [x, A, b, mean, covariance] = drawInputs(random);
    return {
      letters: {
        x: constant(column(x)),
        A: constant(A),
        b: constant(column(b)),
        mu: constant(column(mean)),
        Sigma: constant(covariance),
      },
    };
  },
  forms: [
    {
      name: "the normal density of z written out, with inv(Sigma) in a square and without N",
      appears: ({ calls }) =>
        calls.every(({ name }) => name !== "N") &&
        calls.some(({ name, letters }) => name === "inv" && letters.has("Sigma")),
    },
    {
      name: "the new covariance within one inverse, inv(A*Sigma*A')",
      appears: ({ calls }) =>
        calls.some(({ name, letters }) => name === "inv" && letters.has("Sigma") && letters.has("A")),
    },
  ],
  slips: [
    {
      line: "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu)/2 - log(2*pi*det(Sigma))/2 - log(abs(det(A)))",
      says: "In D dimensions 2π comes D times: det(2*pi*Sigma), not 2*pi*det(Sigma).",
    },
    {
      line: "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu)/2 - log(det(2*pi*Sigma)) - log(abs(det(A)))",
      says: "The normalizing constant is one over the root of det(2*pi*Sigma): half of its logarithm.",
    },
    {
      line: "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu)/2 - log(det(2*pi*Sigma))/2 + log(abs(det(A)))",
      says: "The sign of log|det A| has changed.",
    },
    {
      line: "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu) - log(det(2*pi*Sigma))/2 - log(abs(det(A)))",
      says: "The ½ in front of the square got lost.",
    },
    {
      line: "-(inv(A)*(x - b) - mu)'*Sigma*(inv(A)*(x - b) - mu)/2 - log(det(2*pi*Sigma))/2 - log(abs(det(A)))",
      says: "In the square stands the inverse of the covariance.",
    },
    {
      line: "-(x - (A*mu + b))'*inv(A)*inv(Sigma)*inv(A)'*(x - (A*mu + b))/2 - log(det(2*pi*Sigma))/2 - log(abs(det(A)))",
      says: "Taken out on the left, inv(A) has to be transposed, and not the one on the right.",
    },
  ],
};

export const signatures = {
  steps: fn([], derivation),
  logDensity: fn(
    [
      parameter("x", vector),
      parameter("A", matrix),
      parameter("b", vector),
      parameter("mean", vector),
      parameter("covariance", matrix),
    ],
    number,
  ),
};
