import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { derivation, fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, identity, type Matrix } from "../../oracle/matrices.ts";
import type { MatrixTask } from "../../oracle/matrix-derivation.ts";
import { constant } from "../../oracle/matrix-values.ts";
import { normals, type Random } from "../../random.ts";

type Numbers = readonly number[];

/** The weights of the block; and a point. */
export type Made = [W1: number[][], b1: number[], W2: number[][], b2: number[]];
export type Asked = [...made: Made, point: number[]];
export type Parts = readonly [W1: Matrix, b1: Numbers, W2: Matrix, b2: Numbers];

export const partsOf = ([W1, b1, W2, b2]: Asked): Made => [W1, b1, W2, b2];

/** The two parts of a point: as many numbers as W1 has rows, and the others. */
export const halvesOf = ([W1]: Parts, point: Numbers): [number[], number[]] => [
  point.slice(0, W1.length),
  point.slice(W1.length),
];

export const plus = (a: Numbers, b: Numbers, sign = 1): number[] => a.map((v, i) => v + sign * b[i]);

/** tanh(W a + b) */
export const layer = (W: Matrix, b: Numbers, a: Numbers): number[] => plus(apply(W, a), b).map(Math.tanh);

export const first = ([W1, b1]: Parts, second: Numbers): number[] => layer(W1, b1, second);
export const second = ([, , W2, b2]: Parts, changed: Numbers): number[] => layer(W2, b2, changed);

export function forwardOf(parts: Parts, h: Numbers): number[] {
  const [h1, h2] = halvesOf(parts, h);
  const new1 = plus(h1, first(parts, h2));
  return [...new1, ...plus(h2, second(parts, new1))];
}

export function inverseOf(parts: Parts, x: Numbers): number[] {
  const [new1, new2] = halvesOf(parts, x);
  const h2 = plus(new2, second(parts, new1), -1);
  return [...plus(new1, first(parts, h2), -1), ...h2];
}

const sizesOf = (rows: Matrix): number[][] => rows.map((row) => row.map(Math.abs));

/** Sizes of the terms of tanh(W a + b), from those of a: the slope of tanh is 1 at most. */
const layerSize = (W: Matrix, b: Numbers, sizes: Numbers): number[] =>
  apply(sizesOf(W), sizes).map((v, i) => 1 + v + Math.abs(b[i]));

/** What the terms of each number are in size, with what an error of one half does to the other. */
function pointSizes([W1, b1, W2, b2]: Parts, point: Numbers, direction: "forward" | "inverse"): number[] {
  const [one, two] = halvesOf([W1, b1, W2, b2], point.map(Math.abs));
  if (direction === "forward") {
    const new1 = plus(one, layerSize(W1, b1, two));
    return [...new1, ...plus(two, layerSize(W2, b2, new1))];
  }
  const h2 = plus(two, layerSize(W2, b2, one));
  return [...plus(one, layerSize(W1, b1, h2)), ...h2];
}

const rowsOf = (random: Random, rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => normals(random, columns, 1 / Math.sqrt(columns)));

export const drawParts = (random: Random, one: number, two: number): Made => [
  rowsOf(random, one, two),
  normals(random, one, 0.5),
  rowsOf(random, two, one),
  normals(random, two, 0.5),
];

function ofSize(one: number, two: number, points: number): Region<Asked> {
  return {
    points,
    draw: (random) => [...drawParts(random, one, two), normals(random, one + two)],
    place: (W1, _b1, W2) => (W1.length === one && W2.length === two ? 0.5 : undefined),
  };
}

const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(4, 1e4));
const firstPlace = (list: Numbers, place: (value: number) => number | undefined): number | undefined =>
  list.map(place).find((at) => at !== undefined);

/** A special number at each place of the point, in turn. */
const inPoint = (points: number, at: (place: number) => number): Region<Asked>["draw"] => {
  return (random, place) => {
    const asked: Asked = [...drawParts(random, 2, 2), normals(random, 4)];
    const where = Math.floor(points * place * (1 - 1e-12)) % 4;
    return [...partsOf(asked), asked[4].with(where, at(place))];
  };
};

const regions: Regions<Asked> = {
  "two and two": ofSize(2, 2, 6),
  "one and one": ofSize(1, 1, 4),
  "two and three": ofSize(2, 3, 3),
  "three and one": ofSize(3, 1, 3),
  "one and four": ofSize(1, 4, 2),
  "four and four": ofSize(4, 4, 2),
  "a 0, 1 or −1 in the point": {
    points: 12,
    draw: inPoint(12, plain.at),
    place: (...asked) => firstPlace(asked[4], plain.place),
  },
  "a point of zeros": {
    points: 2,
    draw: (random) => [...drawParts(random, 2, 2), [0, 0, 0, 0]],
    place: (...asked) => (asked[4].every((v) => v === 0) ? 0.5 : undefined),
  },
  "a large number in the point": {
    points: 8,
    draw: inPoint(8, large.at),
    place: (...asked) => firstPlace(asked[4], large.place),
  },
  "equal numbers in the point": {
    points: 2,
    draw: (random) => {
      const both = random.normal();
      return [...drawParts(random, 2, 2), [both, both, both, both]];
    },
    place: (...asked) =>
      asked[4].length === 4 && asked[4].every((v) => v === asked[4][0]) && asked[4][0] !== 0
        ? 0.5
        : undefined,
  },
  "b1 or b2 of 0": {
    points: 4,
    draw: (random, place) => {
      const [W1, b1, W2, b2] = drawParts(random, 2, 2);
      const point = normals(random, 4);
      return place < 0.5 ? [W1, [0, 0], W2, b2, point] : [W1, b1, W2, [0, 0], point];
    },
    place: (...asked) =>
      asked[1].every((v) => v === 0) ? 0.25 : asked[3].every((v) => v === 0) ? 0.75 : undefined,
  },
  "b1 and b2 with a 0, 1 or −1": {
    points: 6,
    draw: (random, place) => {
      const [W1, b1, W2, b2] = drawParts(random, 2, 2);
      const at = plain.at((2 * place) % 1);
      return place < 0.5
        ? [W1, b1.with(random.integer(2), at), W2, b2, normals(random, 4)]
        : [W1, b1, W2, b2.with(random.integer(2), at), normals(random, 4)];
    },
    place: (...asked) => {
      const [one, two] = [asked[1], asked[3]].map((list) => firstPlace(list, plain.place));
      return one !== undefined ? one / 2 : two !== undefined ? (1 + two) / 2 : undefined;
    },
  },
  // Without biases zeros stay zeros; a bias in the second half only leaves those of the first.
  "answers of 0": {
    points: 4,
    draw: (random, place) => {
      const [W1, , W2, b2] = drawParts(random, 2, 2);
      return [W1, [0, 0], W2, place < 0.5 ? [0, 0] : [b2[0], 0], [0, 0, 0, 0]];
    },
    place: (...asked) =>
      asked[1].every((v) => v === 0) && asked[4].every((v) => v === 0)
        ? asked[3].every((v) => v === 0)
          ? 0.25
          : 0.75
        : undefined,
  },
  "large weights": {
    points: 4,
    draw: (random, place) => {
      const [W1, b1, W2, b2] = drawParts(random, 2, 2);
      const grow = (rows: number[][]) => rows.map((row) => row.map((v) => 4 * v));
      return place < 0.5
        ? [grow(W1), b1, W2, b2, normals(random, 4)]
        : [W1, b1, grow(W2), b2, normals(random, 4)];
    },
    place: (...asked) =>
      asked[0].length !== 2 || asked[2].length !== 2
        ? undefined
        : Math.max(...asked[0].flat().map(Math.abs)) > 4
          ? 0.25
          : Math.max(...asked[2].flat().map(Math.abs)) > 4
            ? 0.75
            : undefined,
  },
};

function isOpen(...[W1, b1, W2, b2, point]: Asked): boolean {
  const [one, two] = [W1.length, W2.length];
  return (
    one === 0 ||
    two === 0 ||
    b1.length !== one ||
    b2.length !== two ||
    W1.some(({ length }) => length !== two) ||
    W2.some(({ length }) => length !== one) ||
    point.length !== one + two
  );
}

/** Six digits of the largest terms: what float32 leaves, also where only the networks are computed in it and the sums are not. */
const ofDirection = (direction: "forward" | "inverse"): Domain<Asked> => ({
  regions,
  allows: (_answer, ...asked) => pointSizes(partsOf(asked), asked[4], direction).map((size) => 1e-6 * size),
  float32: (_answer, ...asked) => pointSizes(partsOf(asked), asked[4], direction).map((size) => 2 * size),
  open: isOpen,
});

export const domains = {
  forward: ofDirection("forward"),
  inverse: ofDirection("inverse"),
} satisfies Domains<typeof signatures>["reversibleBlock"];

/** Two blocks of one size, and two points. */
export const twoBlocks = (random: Random): { made: Made; other: Made; points: [number[], number[]] } => ({
  made: drawParts(random, 2, 3),
  other: drawParts(random, 2, 3),
  points: [normals(random, 5), normals(random, 5)],
});

const [ONE, TWO] = [2, 3];

/** The determinant of the block's Jacobian, [[I, A], [B, I + B A]], with h₁ of two numbers and h₂ of three. */
export const determinantTask: MatrixTask = {
  first: "det(blocks(I1, A, B, I2 + B*A))",
  last: "1",
  draw: (random) => ({
    letters: {
      A: constant(Array.from({ length: ONE }, () => normals(random, TWO))),
      B: constant(Array.from({ length: TWO }, () => normals(random, ONE))),
      I1: constant(identity(ONE)),
      I2: constant(identity(TWO)),
    },
  }),
  sizes: `Here $h_1$ has ${ONE} numbers and $h_2$ has ${TWO}: A is ${ONE}×${TWO}, B is ${TWO}×${ONE}, I1 and I2 are the identities of these sizes, and $BA$ is not $AB$.`,
  functions: {
    blocks: (P, Q, R, S) => {
      if (P.length !== Q.length || R.length !== S.length)
        throw new SyntaxError("blocks beside each other need as many rows as each other");
      if (P[0].length !== R[0].length || Q[0].length !== S[0].length)
        throw new SyntaxError("blocks above each other need as many columns as each other");
      return [...P.map((row, i) => [...row, ...Q[i]]), ...R.map((row, i) => [...row, ...S[i]])];
    },
  },
  forms: [
    {
      name: "the block matrix taken apart, that is two of blocks( ), or none and still A or B",
      appears: ({ letters, calls }) => {
        const blocks = calls.filter(({ name }) => name === "blocks").length;
        return blocks >= 2 || (blocks === 0 && (letters.has("A") || letters.has("B")));
      },
    },
  ],
  slips: [
    {
      line: "det(I1)*det(I2 + B*A)",
      says: "That is the product of the blocks on the diagonal, which is right for a triangular block matrix. Here neither A nor B is 0.",
    },
    {
      line: "det(I1)*det(I2 + B*A) - det(B*A)",
      says: "The rule a*d - b*c is one for numbers. For blocks P, Q, R, S it is det(P)*det(S - R*P^(-1)*Q).",
    },
    {
      line: "1 + det(B*A)",
      says: "A determinant of a sum is not the sum of determinants.",
    },
  ],
};

export const DETERMINANT: readonly string[] = [
  determinantTask.first,
  "det(blocks(I1, 0*A, B, I2) * blocks(I1, A, 0*B, I2))",
  "det(blocks(I1, 0*A, B, I2)) * det(blocks(I1, A, 0*B, I2))",
  "det(I1)*det(I2) * (det(I1)*det(I2))",
  "1",
];

export const signatures = {
  reversibleBlock: fn(
    [parameter("W1", matrix), parameter("b1", vector), parameter("W2", matrix), parameter("b2", vector)],
    object({ forward: fn([parameter("h", vector)], vector), inverse: fn([parameter("x", vector)], vector) }),
  ),
  determinantSteps: fn([], derivation),
};
