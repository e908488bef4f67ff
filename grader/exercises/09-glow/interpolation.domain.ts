import type { Domain } from "../../domain/domain.ts";
import { linear, oneOf, pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import { normals, type Random } from "../../random.ts";

type Numbers = readonly number[];
export type Between = readonly [from: number[], to: number[], t: number];
export type Labelled = readonly [latents: number[][], labels: number[]];

export const dot = (a: Numbers, b: Numbers): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
export const lengthOf = (a: Numbers): number => Math.sqrt(dot(a, a));

/** To eight digits where both point the same way. */
export function angleBetween(a: Numbers, b: Numbers): number {
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += a[i] * a[i];
    bb += b[i] * b[i];
    ab += a[i] * b[i];
  }
  return Math.acos(Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))));
}

export const mix = (a: Numbers, b: Numbers, [first, second]: Numbers): number[] =>
  a.map((v, i) => first * v + second * b[i]);

export const straightOf = ([a, b, t]: Between): number[] => mix(a, b, [1 - t, t]);

export function arcWeights(angle: number, t: number): readonly [number, number] {
  if (angle < 1e-7) return [1 - t, t];
  return [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
}

export const sphericalOf = ([a, b, t]: Between): number[] => mix(a, b, arcWeights(angleBetween(a, b), t));

export const meanOf = (rows: readonly Numbers[], width: number): number[] =>
  Array.from({ length: width }, (_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);

export function attributeOf([latents, labels]: Labelled): number[] {
  const width = latents[0].length;
  const [without, having] = [0, 1].map((label) =>
    meanOf(
      latents.filter((_, i) => labels[i] === label),
      width,
    ),
  );
  return having.map((v, k) => v - without[k]);
}

const count = <A>(n: number, of: (i: number) => A): A[] => Array.from({ length: n }, (_, i) => of(i));
const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

/** Two vectors at this angle, of lengths that differ. */
function atAngle(random: Random, n: number, angle: number): [number[], number[]] {
  const a = normals(random, n);
  const b = normals(random, n);
  const along = dot(a, b) / dot(a, a);
  const across = b.map((v, i) => v - along * a[i]);
  const [ra, rc] = [lengthOf(a), lengthOf(across)];
  const size = random.uniform(0.6, 1.8) * ra;
  return [a, a.map((v, i) => size * (Math.cos(angle) * (v / ra) + Math.sin(angle) * (across[i] / rc)))];
}

function region<I extends readonly unknown[]>(
  points: number,
  draw: (random: Random, place: number) => I,
  fits: (...asked: I) => boolean,
): Region<I> {
  return { points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) };
}

const A = [1, -0.5, 2];
const B = [0.5, 1.5, -0.25];
const equal = (a: Numbers, b: Numbers): boolean => a.length === b.length && a.every((v, i) => v === b[i]);
const inside = linear(0.05, 0.95);
const ends = oneOf(0, 1);
const plain = oneOf(0, 1, -1);
const angles = linear(0.2, 2.8);
const within = (angle: number, low: number, high: number): boolean => angle >= low && angle <= high;

const wayRegions: Regions<Between> = {
  "between two latents": region<Between>(
    6,
    (random, place) => [
      ...atAngle(random, 2 + random.integer(7), angles.at(place)),
      random.uniform(0.05, 0.95),
    ],
    (_a, _b, t) => t > 0 && t < 1,
  ),
  "nearly at a right angle": region<Between>(
    2,
    (random) => [...atAngle(random, 12, random.uniform(1.4, 1.7)), random.uniform(0.2, 0.8)],
    (a) => a.length === 12,
  ),
  "many numbers": region<Between>(
    1,
    (random) => [normals(random, 64), normals(random, 64), random.uniform(0.2, 0.8)],
    (a) => a.length === 64,
  ),
  "at the ends": region<Between>(
    4,
    (random, place) => [...atAngle(random, 4, random.uniform(0.5, 2)), ends.at(place)],
    (_a, _b, t) => ends.place(t) !== undefined,
  ),
  "half-way": region<Between>(
    2,
    (random) => [...atAngle(random, 4, random.uniform(0.5, 2)), 0.5],
    (_a, _b, t) => t === 0.5,
  ),
  "another t only": region<Between>(
    3,
    (_random, place) => [[...A], [...B], inside.at(place)],
    (a, b) => equal(a, A) && equal(b, B),
  ),
  "another beginning only": region<Between>(
    3,
    (random) => [normals(random, 3), [...B], 0.3],
    (_a, b, t) => equal(b, B) && t === 0.3,
  ),
  "another end only": region<Between>(
    3,
    (random) => [[...A], normals(random, 3), 0.3],
    (a, _b, t) => equal(a, A) && t === 0.3,
  ),
  "a 0, 1 or −1 at an end of one of them": region<Between>(
    12,
    (random, place) => {
      const [a, b] = [normals(random, 4), normals(random, 4)];
      const [which, at] = [Math.floor(2 * place) % 2, Math.floor(4 * place) % 2];
      const v = plain.at((4 * place) % 1);
      const t = random.uniform(0.1, 0.9);
      return which === 0 ? [a.with(3 * at, v), b, t] : [a, b.with(3 * at, v), t];
    },
    (a, b) => a.length === 4 && [a[0], a[3], b[0], b[3]].some((v) => plain.place(v) !== undefined),
  ),
  "a 0 at the same place of both": region<Between>(
    1,
    (random) => [normals(random, 4).with(1, 0), normals(random, 4).with(1, 0), random.uniform(0.1, 0.9)],
    (a, b) => a.some((v, i) => v === 0 && b[i] === 0),
  ),
};

const isParallel = (a: Numbers, b: Numbers): boolean => angleBetween(a, b) < 1e-7;

/** Of the arc also: no way to go, and the same direction with another length. */
const arcRegions: Regions<Between> = {
  ...wayRegions,
  "the same latent twice": region<Between>(
    3,
    (random) => {
      const a = normals(random, 3 + random.integer(4));
      return [a, [...a], random.uniform(0.1, 0.9)];
    },
    (a, b) => equal(a, b),
  ),
  "one direction, two lengths": region<Between>(
    3,
    (random, place) => {
      const a = normals(random, 4);
      const factor = pick([2, 0.5, 4], place);
      return [a, a.map((v) => factor * v), random.uniform(0.1, 0.9)];
    },
    (a, b) => a.length === 4 && !equal(a, b) && isParallel(a, b),
  ),
};

const endSizes = (a: Numbers, b: Numbers): number[] => a.map((v, i) => Math.abs(v) + Math.abs(b[i]));
const isOpen = (a: Numbers, b: Numbers, t: number): boolean =>
  a.length === 0 || a.length !== b.length || !(t >= 0 && t <= 1);

export const straightDomain: Domain<Between> = {
  regions: wayRegions,
  allows: (_answer, a, b) => endSizes(a, b).map((v) => 1e-10 * v),
  float32: (_answer, a, b) => endSizes(a, b),
  open: isOpen,
};

/** The arc cosine loses what the sine of the angle has not, and weights grow where the sine is small. */
const condition = (a: Numbers, b: Numbers): number => {
  const sine = Math.sin(angleBetween(a, b));
  return isParallel(a, b) ? 4 : 1 / sine ** 2;
};

export const sphericalDomain: Domain<Between> = {
  regions: arcRegions,
  allows: (_answer, a, b) => endSizes(a, b).map((v) => 1e-9 * condition(a, b) * v),
  float32: (_answer, a, b) => endSizes(a, b).map((v) => (4 + a.length / 8) * condition(a, b) * v),
  open: (a, b, t) => {
    if (isOpen(a, b, t) || !(lengthOf(a) > 0 && lengthOf(b) > 0)) return true;
    const angle = angleBetween(a, b);
    return !(isParallel(a, b) || within(angle, 0.05, 3));
  },
};

const drawLabels = (random: Random, n: number): number[] => {
  const labels = count(n, () => random.integer(2));
  const first = random.integer(n);
  const second = (first + 1 + random.integer(n - 1)) % n;
  return labels.with(first, 0).with(second, 1);
};
const SIX = count(6, (i) => count(2, (k) => ((5 * i + 3 * k) % 7) / 2));
const isSix = (rows: readonly Numbers[]): boolean =>
  rows.length === 6 && rows.every((row, i) => equal(row, SIX[i]));
const SIX_LABELS = [0, 1, 1, 0, 1, 0];

const attributeRegions: Regions<Labelled> = {
  "several latents": region<Labelled>(
    6,
    (random) => {
      const [n, width] = [4 + random.integer(8), 1 + random.integer(6)];
      return [count(n, () => normals(random, width)), drawLabels(random, n)];
    },
    (latents) => latents.length > 3,
  ),
  "one with it and one without": region<Labelled>(
    2,
    (random, place) => [
      count(2, () => normals(random, 3)),
      [
        ...pick(
          [
            [0, 1],
            [1, 0],
          ],
          place,
        ),
      ],
    ],
    (latents) => latents.length === 2,
  ),
  "many of one kind": region<Labelled>(
    2,
    (random, place) => {
      const labels = count(20, () => (place < 0.5 ? 1 : 0));
      return [count(20, () => normals(random, 3)), labels.with(random.integer(20), place < 0.5 ? 0 : 1)];
    },
    (_latents, labels) =>
      [0, 1].some((label) => labels.filter((v) => v === label).length === 1) && labels.length === 20,
  ),
  "the same latents, other labels": region<Labelled>(
    3,
    (random) => [SIX.map((row) => [...row]), drawLabels(random, 6)],
    (latents) => isSix(latents),
  ),
  "other latents, the same labels": region<Labelled>(
    3,
    (random) => [count(6, () => normals(random, 2)), [...SIX_LABELS]],
    (_latents, labels) => equal(labels, SIX_LABELS),
  ),
  "latents of 0, 1 and −1": region<Labelled>(
    3,
    (random, place) => {
      const rows = count(5, () => count(3, () => some(random, [0, 1, -1])));
      return [
        rows.map((row, i) => (i === 0 || i === 4 ? row.with(0, plain.at(place)) : row)),
        drawLabels(random, 5),
      ];
    },
    (latents) => latents.flat().every((v) => [0, 1, -1].includes(v)),
  ),
  "a number that has nothing to do with it": region<Labelled>(
    2,
    (random) => [count(6, () => [random.normal(), 0.5, random.normal()]), drawLabels(random, 6)],
    (latents) => latents.every((row) => row[1] === 0.5),
  ),
};

const attributeSizes = ([latents]: Labelled): number[] =>
  latents[0].map((_, k) => 2 * Math.max(...latents.map((row) => Math.abs(row[k]))));

export const attributeDomain: Domain<Labelled> = {
  regions: attributeRegions,
  allows: (_answer, ...asked) => attributeSizes(asked).map((v) => 1e-10 * v + 1e-300),
  float32: (_answer, ...asked) => attributeSizes(asked).map((v) => (1 + asked[0].length / 8) * v),
  open: (latents, labels) =>
    latents.length !== labels.length ||
    !labels.every((v) => v === 0 || v === 1) ||
    !labels.includes(0) ||
    !labels.includes(1),
};

const way = [parameter("from", vector), parameter("to", vector), parameter("t", number)] as const;

export const signatures = {
  straightBetween: fn([...way], vector),
  sphericalBetween: fn([...way], vector),
  attributeVector: fn([parameter("latents", matrix), parameter("labels", vector)], vector),
};
