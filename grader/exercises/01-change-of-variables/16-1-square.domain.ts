import { type Domain, relatively } from "../../domain/domain.ts";
import {
  along,
  beside,
  either,
  evenly,
  linear,
  logarithmic,
  negative,
  oneOf,
  only,
} from "../../domain/strata.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** x = factor · z² for z uniform on [0, width]. */
export interface Square {
  readonly factor: number;
  readonly width: number;
}

export const TEXTBOOK: Square = { factor: 1, width: 1 };

/** Small whole numbers. The slope over the width is not 1, or the density multiplied by the slope would be the inverse. */
export function drawSquare(random: Random): Square {
  for (;;) {
    const [factor, width] = [2 + random.integer(8), 2 + random.integer(8)];
    if (2 * factor !== width) return { factor, width };
  }
}

/** Where the largest z arrives. */
export const endOf = ({ factor, width }: Square): number => factor * width ** 2;

/** The z from which x comes. */
export const back = ({ factor }: Square, x: number): number => Math.sqrt(x / factor);

export const inside = (of: Square, x: number): boolean => x > 0 && x <= endOf(of);

/** Pr(x) = Pr(z) / |dx/dz| = (1 / width) / (2 · factor · z), for x in (0, endOf]. */
export const truth = (of: Square, x: number): number =>
  inside(of, x) ? 1 / (of.width * 2 * of.factor * back(of, x)) : 0;

/** Of the same z, whatever the numbers. */
export function placesOf(of: Square) {
  const end = endOf(of);
  const scaled = (low: number, high: number) => linear(low * end, high * end);
  const grown = (low: number, high: number) => logarithmic(low * end, high * end);
  const within = {
    // Whatever five hundredth of the interval an answer is wrong in, one of the points lies there.
    [`between 0 and ${end}`]: evenly(510, along(scaled(1e-9, 1))),
    "close to 0": along(logarithmic(1e-36, 1e-3), 12),
    // Nearer to 0 its reciprocal overflows.
    "as close to 0 as numbers come": along(either(logarithmic(1e-307, 1e-37), only(1e-307)), 16),
    [`just below ${end}`]: along(beside(end, negative(grown(1e-12, 1e-3)))),
    // Of the textbook's, where the slope is 1, and where z is ½ or x is.
    "a quarter and half of it": along(oneOf(0.25 * end, 0.5 * end), 2),
  };
  const outside = {
    "below 0": evenly(60, along(scaled(-3, -1e-3))),
    "well below 0": along(negative(grown(3, 1e3))),
    "far below 0": along(negative(grown(1e3, 1e297)), 12),
    "just below 0": along(negative(logarithmic(1e-300, 1e-3)), 8),
    [`just above ${end}`]: along(beside(end, grown(1e-12, 1e-3)), 8),
    [`above ${end}`]: evenly(60, along(scaled(1.001, 4))),
    [`well above ${end}`]: along(scaled(4, 5)),
    [`−${end} and ${2 * end}`]: along(oneOf(-end, 2 * end), 2),
    [`far above ${end}`]: along(grown(5, 1e297), 12),
  };
  return { within, outside };
}

export function domainOf(of: Square): Domain<readonly [number]> {
  const end = endOf(of);
  const { within, outside } = placesOf(of);
  return {
    regions: { ...within, ...outside },
    allows: relatively(1e-7),
    // There the statement has nothing asked.
    open: (x) => x === 0 || x === end,
    float32(_answer, x) {
      // There float32 has no number, or rounds to the end of the support.
      const unknown = Math.abs(x) < 1e-36 || (x !== end && Math.abs(x / end - 1) < 1e-6);
      return unknown ? Number.POSITIVE_INFINITY : truth(of, x);
    },
  };
}

export const signatures = { density: fn([parameter("x", number)], number) };
