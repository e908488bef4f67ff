/** Maps of a number, and calls that are asked exactly: what the domains of iterations are drawn from. */

import { bothSigns, linear, logarithmic, oneOf, pick, type Region, type Span } from "../../domain/strata.ts";
import type { MapRef } from "../../harness/kinds.ts";
import { mapRef } from "../../harness/maps.ts";

export const line = (a: number, b: number): MapRef => mapRef("affine", a, b);
export const cosine = (a: number, b: number): MapRef => mapRef("cosine", a, b);

export const half = line(0.5, 1);

/** These calls exactly, as arguments that are equal or plain are where answers go astray; the map is the same for all. */
export function exactly<I extends readonly unknown[]>(calls: readonly I[]): Region<I> {
  const texts = calls.map((call) => JSON.stringify(call));
  return {
    points: calls.length,
    draw: (_random, place) => pick(calls, place),
    place: (...asked) => {
      const at = texts.indexOf(JSON.stringify(asked));
      return at < 0 ? undefined : (at + 0.5) / calls.length;
    },
  };
}

/** Calls whose map is of this family, placed by its first parameter. */
export const family =
  (name: string, span: Span) =>
  ({ map: own, parameters }: MapRef) =>
    own === name ? span.place(parameters[0]) : undefined;

export const shrinking = bothSigns(linear(0.1, 0.9));
export const growing = bothSigns(linear(1.05, 2));
export const plain = oneOf(0, 1, -1);
export const large = bothSigns(logarithmic(1e2, 1e6));
