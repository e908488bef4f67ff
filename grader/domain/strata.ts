/**
 * Points by design instead of by luck: each region that a statement distinguishes has its own, whatever the seed.
 *
 * A region says both how to draw a call and which calls belong to it, so that `npm run verify` can make answers that are wrong
 * in it alone, and see whether the checks notice.
 */

import type { Random } from "../random.ts";

/** Where something lies within a region: from 0 to 1; undefined if it lies elsewhere. */
export type Place = number | undefined;

export interface Region<I extends readonly unknown[] = readonly never[]> {
  /** The arguments of one call. `place` from 0 to 1 says which part of the region they come from. */
  draw(random: Random, place: number): I;
  /** Where a call lies; where each number of a list has an answer of its own, one place for each of them. */
  place(...inputs: I): Place | readonly Place[];
  /** How many points every run has in here, one in each equal part of the region; 4 unless told. */
  readonly points?: number;
  /** Its calls are large: none of them is asked twice. */
  readonly once?: true;
  /** Evenly spaced points: no part of the region as long as the step between two is without one. */
  readonly even?: true;
}

export type Regions<I extends readonly unknown[] = readonly never[]> = {
  readonly [name: string]: Region<I>;
};

/** One coordinate's part of a region. */
export interface Span {
  at(place: number): number;
  place(value: number): Place;
}

export const DEFAULT_POINTS = 4;

/** Equal parts are equally long. */
export function linear(low: number, high: number): Span {
  return {
    at: (place) => low + place * (high - low),
    place: (value) => inUnit((value - low) / (high - low)),
  };
}

/** Equal parts are equally many decades; 0 < low < high. */
export function logarithmic(low: number, high: number): Span {
  const { at, place } = linear(Math.log(low), Math.log(high));
  return { at: (q) => Math.exp(at(q)), place: (value) => (value > 0 ? place(Math.log(value)) : undefined) };
}

/** The same, mirrored at 0. */
export function negative(span: Span): Span {
  return { at: (place) => -span.at(place), place: (value) => span.place(-value) };
}

/** origin + what the span says: just above a point, or, with a negative span, just below it. */
export function beside(origin: number, span: Span): Span {
  return { at: (place) => origin + span.at(place), place: (value) => span.place(value - origin) };
}

/** One value exactly. */
export function only(value: number): Span {
  return { at: () => value, place: (other) => (other === value ? 0 : undefined) };
}

/** The spans one after another: the first half of the places is the first of two. */
export function either(...spans: readonly Span[]): Span {
  return {
    at(place) {
      const scaled = Math.min(place, 1 - Number.EPSILON) * spans.length;
      return spans[Math.floor(scaled)].at(scaled % 1);
    },
    place(value) {
      for (const [i, span] of spans.entries()) {
        const place = span.place(value);
        if (place !== undefined) return (i + place) / spans.length;
      }
      return undefined;
    },
  };
}

/** These values exactly, one after another. */
export const oneOf = (...values: readonly number[]): Span => either(...values.map(only));

/** The same of things that are no numbers: one of a list, by its place. */
export const pick = <A>(list: readonly A[], place: number): A =>
  list[Math.min(list.length - 1, Math.floor(place * list.length))];

export const bothSigns = (span: Span): Span => either(negative(span), span);

/** A region of a function of one number. */
export function along(span: Span, points?: number): Region<readonly [number]> {
  return {
    draw: (_random, place) => [span.at(place)],
    place: (value) => span.place(value),
    ...(points && { points }),
  };
}

/** So many points at one distance from each other, where they begin is random. */
export function evenly<I extends readonly unknown[]>(points: number, region: Region<I>): Region<I> {
  return { ...region, points, even: true };
}

function inUnit(place: number): Place {
  return place >= 0 && place <= 1 ? place : undefined;
}

/**
 * Calls for a check: in every region one for each of its parts, in random order. Those of the first, ordinary region come first, so that an
 * answer that is wrong everywhere is shown to be wrong at an ordinary input.
 *
 * One of each region is asked a second time at once, and one a second time later: for answers that depend on what was asked
 * before.
 */
export function strata<I extends readonly unknown[]>(
  random: Random,
  regions: Regions<I>,
): readonly Drawn<I>[] {
  const draw = (numbers: Random) => drawCalls(numbers, regions);
  return random.again ? random.again(regions, draw) : draw(random);
}

/** What a check draws besides: where the same run is repeated many times, it is there. Always to be drawn by the same function. */
export function drawOnce<A>(random: Random, draw: (random: Random) => A): A {
  return random.again ? random.again(draw, draw) : draw(random);
}

interface Drawn<I> {
  readonly region: string;
  readonly inputs: I;
}

function drawCalls<I extends readonly unknown[]>(random: Random, regions: Regions<I>): Drawn<I>[] {
  const calls: { region: string; inputs: I }[] = [];
  const atOnce = new Set<object>();
  for (const [region, { draw, points = DEFAULT_POINTS, even, once }] of Object.entries(regions)) {
    const first = calls.length;
    const offset = random.uniform(0, 1);
    for (let i = 0; i < points; i++) {
      const within = even ? offset : random.uniform(0, 1);
      calls.push({ region, inputs: draw(random, (i + within) / points) });
    }
    if (once) continue;
    atOnce.add(calls[first + random.integer(points)]);
    calls.push({ ...calls[first + random.integer(points)] });
  }
  const [ordinary] = Object.keys(regions);
  const order = shuffle(calls, random);
  return [
    ...order.filter(({ region }) => region === ordinary),
    ...order.filter(({ region }) => region !== ordinary),
  ].flatMap((call) => (atOnce.has(call) ? [call, call] : [call]));
}

function shuffle<A>(list: readonly A[], random: Random): A[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
