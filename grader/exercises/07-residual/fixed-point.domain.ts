import type { Domain } from "../../domain/domain.ts";
import { either, pick, type Region } from "../../domain/strata.ts";
import { fn, type MapRef, map, number, parameter, record, vector } from "../../harness/kinds.ts";
import { buildMap } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";
import { cosine, exactly, growing, half, large, line, plain, shrinking } from "./fixed-point.draws.ts";

type Sequence = readonly [f: MapRef, start: number, count: number];

export function iteratesOf(f: (z: number) => number, start: number, count: number): number[] {
  const list = [start];
  for (let k = 0; k < count; k++) list.push(f(list[k]));
  return list;
}

const isHalf = (f: MapRef): boolean => JSON.stringify(f) === JSON.stringify(half);

const sequence = (
  points: number,
  draw: (random: Random, place: number) => Sequence,
  place: (...asked: Sequence) => number | undefined,
): Region<Sequence> => ({ points, draw, place });

const someMap = (random: Random): MapRef =>
  random.integer(2) === 0
    ? line(either(shrinking, growing).at(random.uniform(0, 1)), random.normal())
    : cosine(shrinking.at(random.uniform(0, 1)), random.normal());

export const sequenceDomain: Domain<Sequence> = {
  regions: {
    "some steps": sequence(
      8,
      (random, place) => [someMap(random), random.normal(), 2 + Math.floor(10 * place)],
      (_f, _start, count) => (count >= 2 && count <= 12 ? (count - 2) / 10 : undefined),
    ),
    "no step at all": sequence(
      2,
      (random) => [someMap(random), random.normal(), 0],
      (_f, _start, count) => (count === 0 ? 0.5 : undefined),
    ),
    "one step": sequence(
      3,
      (random) => [someMap(random), random.normal(), 1],
      (_f, _start, count) => (count === 1 ? 0.5 : undefined),
    ),
    "many steps": sequence(
      2,
      (random) => [
        line(shrinking.at(random.uniform(0, 1)), random.normal()),
        random.normal(),
        80 + random.integer(20),
      ],
      (_f, _start, count) => (count >= 80 ? 0.5 : undefined),
    ),
    "a start of 0, 1 or −1": sequence(
      6,
      (random, place) => [someMap(random), plain.at(place), 4],
      (_f, start) => plain.place(start),
    ),
    "a start far out": sequence(
      4,
      (random, place) => [line(shrinking.at(random.uniform(0, 1)), random.normal()), large.at(place), 4],
      (_f, start) => large.place(start),
    ),
    "a start that stays": sequence(
      2,
      (_random, place) => (place < 0.5 ? [line(0.5, 0), 0, 3] : [line(0.5, 1), 2, 3]),
      (f, start) => (buildMap(f)(start) === start ? 0.5 : undefined),
    ),
    "equal or plain arguments": exactly<Sequence>([
      [half, 3, 3],
      [half, 0, 0],
      [half, 0, 1],
      [half, 1, 0],
      [half, 1, 1],
    ]),
    "another map, start or count": sequence(
      6,
      (random, place) => {
        if (place < 1 / 3) return [someMap(random), 3, 4];
        return place < 2 / 3 ? [half, random.normal(), 4] : [half, 3, pick([6, 11], 3 * place - 2)];
      },
      (f, start, count) => {
        if (start === 3 && count === 4 && !isHalf(f)) return 1 / 6;
        if (isHalf(f) && count === 4 && start !== 3) return 1 / 2;
        return isHalf(f) && start === 3 && count > 4 ? 5 / 6 : undefined;
      },
    ),
  },
  allows: (answer) => answer.map((v) => 1e-10 * (1 + Math.abs(v))),
  float32: false,
  open: (_f, _start, count) => count < 0,
};

export const signatures = {
  iterates: fn([parameter("f", map), parameter("start", number), parameter("count", number)], vector),
  fixedPoint: fn(
    [
      parameter("f", map),
      parameter("start", number),
      parameter("tolerance", number),
      parameter("most", number),
    ],
    record({ z: number, change: number, steps: number }),
  ),
  stepsNeeded: fn(
    [parameter("slope", number), parameter("distance", number), parameter("tolerance", number)],
    number,
  ),
};
