/** Calls of affine autoregressions: weights of a masked layer, whose entries on the diagonal and above are there and do not count. */

import { bothSigns, linear, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { matrix, parameter, vector } from "../../harness/kinds.ts";
import { normals, type Random } from "../../random.ts";
import type { Asked, Made } from "./autoregression.affine.ts";

/** Log-scales cover (−1, 1) without being stuck at the ends. */
export function drawParts(random: Random, n: number): Made {
  const weights = () => Array.from({ length: n }, () => normals(random, n, 0.8 / Math.sqrt(n / 2)));
  return [weights(), normals(random, n, 0.4), weights(), normals(random, n)];
}

const draw = (random: Random, n: number): Asked => [...drawParts(random, n), normals(random, n, 1.5)];

const ofSize = (n: number, points: number): Region<Asked> => ({
  points,
  draw: (random) => draw(random, n),
  place: (_A, a) => (a.length === n ? 0.5 : undefined),
});

/** The same in every run, so that each argument can be another one by itself. */
const FIXED: Asked = [
  [
    [0.3, -0.4],
    [0.5, 0.2],
  ],
  [0.2, -0.3],
  [
    [0.7, 0.1],
    [-0.6, 0.9],
  ],
  [0.4, -0.8],
  [1.2, -0.7],
];
export const FIXED_PARTS = FIXED.slice(0, 4) as Made;
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** Calls that differ from these arguments in one alone, which `draw` gives. */
export function differAlone<I extends readonly unknown[]>(
  fixed: I,
  names: readonly string[],
  draw: (random: Random, at: number, place: number) => I,
): Regions<I> {
  return Object.fromEntries(
    names.map((name, at) => [
      `another ${name}, all else the same`,
      {
        points: 2,
        draw: (random: Random, place: number) => draw(random, at, place),
        place: (...asked: I) =>
          fixed.every((part, i) => i === at || same(part, asked[i])) ? 0.5 : undefined,
      },
    ]),
  );
}

const alone = differAlone<Asked>(
  FIXED,
  ["A", "a", "M", "m", "point"],
  (random, at) => FIXED.with(at, draw(random, 2)[at]) as Asked,
);

export const plain = oneOf(0, 1, -1);
const far = bothSigns(linear(20, 200));

export const regions: Regions<Asked> = {
  "three numbers": ofSize(3, 4),
  "two numbers": ofSize(2, 4),
  "four numbers": ofSize(4, 3),
  "six numbers": ofSize(6, 3),
  "eight numbers": ofSize(8, 2),
  "one number": ofSize(1, 3),
  "a 0, 1 or −1 in the point": {
    points: 6,
    draw: (random, place) => [
      ...drawParts(random, 3),
      normals(random, 3, 1.5).with([0, 2][Math.floor(6 * place) % 2], plain.at(place)),
    ],
    place: (...[, , , , point]) => point.map(plain.place).find((at) => at !== undefined),
  },
  "a and m of 0, 1 or −1": {
    points: 3,
    draw(random, place) {
      const [A, a, M, m] = drawParts(random, 2);
      return [
        A,
        a.map(() => plain.at(place)),
        M,
        m.map(() => plain.at((place + 1 / 3) % 1)),
        normals(random, 2, 1.5),
      ];
    },
    place: (_A, a) => (a.length === 2 && a[0] === a[1] ? plain.place(a[0]) : undefined),
  },
  "weights of 0": {
    points: 2,
    draw(random) {
      const [A, a, M, m] = drawParts(random, 3);
      const none = (rows: number[][]) => rows.map((row) => row.map(() => 0));
      return [none(A), a, none(M), m, normals(random, 3, 1.5)];
    },
    place: (A) => (A.flat().every((v) => v === 0) ? 0.5 : undefined),
  },
  // Nothing moves here, and a 0 stays 0.
  "nothing but zeros, and a point with a 0": {
    points: 2,
    draw(random, place) {
      const none = [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ];
      return [none, [0, 0, 0], none, [0, 0, 0], normals(random, 3, 1.5).with(place < 0.5 ? 0 : 2, 0)];
    },
    place: (A, a, M, m) => ([A, a, M, m].flat(2).every((v) => v === 0) ? 0.5 : undefined),
  },
  ...alone,
  "a point of zeros": {
    points: 2,
    draw: (random) => [...drawParts(random, 3), [0, 0, 0]],
    place: (...[, , , , point]) => (point.every((v) => v === 0) ? 0.5 : undefined),
  },
  "a point far out": {
    points: 4,
    draw: (random, place) => [
      ...drawParts(random, 3),
      normals(random, 3, 1.5).with(random.integer(3), far.at(place)),
    ],
    place: (...[, , , , point]) => point.map(far.place).find((at) => at !== undefined),
  },
};

/** Parts that do not fit together, or do not fit the point. */
export function isOpen(...[A, a, M, m, point]: Asked): boolean {
  const n = point.length;
  return (
    n === 0 || [A, a, M, m].some((part) => part.length !== n) || [...A, ...M].some((row) => row.length !== n)
  );
}

export const parts = [
  parameter("A", matrix),
  parameter("a", vector),
  parameter("M", matrix),
  parameter("m", vector),
] as const;

const short = (list: readonly number[]): string => list.map((v) => Number(v.toPrecision(4))).join(", ");
export const describeCall = (name: string, ...[, , , , point]: Asked): string =>
  `${name} of ${point.length} ${point.length === 1 ? "number" : "numbers"}, at (${short(point)})`;
