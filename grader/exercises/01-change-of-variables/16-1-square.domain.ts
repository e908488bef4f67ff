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

/** Pr(x) = 1 / |dx/dz| = 1 / (2z) at z = √x, for x in (0, 1]. */
export const truth = (x: number): number => (x > 0 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0);

export const inside = (x: number): boolean => x > 0 && x <= 1;

export const within = {
  // Whatever interval of length 0.002 an answer is wrong in, one of the points lies there.
  "between 0 and 1": evenly(510, along(linear(1e-9, 1))),
  "close to 0": along(logarithmic(1e-36, 1e-3), 12),
  // Nearer to 0 its reciprocal overflows.
  "as close to 0 as numbers come": along(either(logarithmic(1e-307, 1e-37), only(1e-307)), 16),
  "just below 1": along(beside(1, negative(logarithmic(1e-12, 1e-3)))),
  // Where the slope is 1, and where z is ½ or x is.
  "¼ and ½": along(oneOf(0.25, 0.5), 2),
};

export const outside = {
  "below 0": evenly(60, along(linear(-3, -1e-3))),
  "well below 0": along(negative(logarithmic(3, 1e3))),
  "far below 0": along(negative(logarithmic(1e3, 1e300)), 12),
  "just below 0": along(negative(logarithmic(1e-300, 1e-3)), 8),
  "just above 1": along(beside(1, logarithmic(1e-12, 1e-3)), 8),
  "above 1": evenly(60, along(linear(1.001, 4))),
  "well above 1": along(linear(4, 5)),
  "−1 and 2": along(oneOf(-1, 2), 2),
  "far above 1": along(logarithmic(5, 1e300), 12),
};

export const domain: Domain<readonly [number]> = {
  regions: { ...within, ...outside },
  allows: relatively(1e-7),
  // There the statement has nothing asked.
  open: (x) => x === 0 || x === 1,
  float32(_answer, x) {
    // There float32 has no number, or rounds to the end of the support.
    const unknown = Math.abs(x) < 1e-36 || (x !== 1 && Math.abs(x - 1) < 1e-6);
    return unknown ? Number.POSITIVE_INFINITY : truth(x);
  },
};

export const signatures = { density: fn([parameter("x", number)], number) };
