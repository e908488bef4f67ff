import type { Domain } from "../../domain/domain.ts";
import { along, beside, evenly, linear, logarithmic, negative, oneOf, only } from "../../domain/strata.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** x = low + width / (1 + e⁻ᶻ) for a standard normal z. */
export interface Sigmoid {
  readonly low: number;
  readonly width: number;
}

export const TEXTBOOK: Sigmoid = { low: 0, width: 1 };

export const isTextbook = ({ low, width }: Sigmoid): boolean => low === 0 && width === 1;

/** Small whole numbers, around which x is small, too: where it is not, a density taken at x is 0 by any slip. 0 is no end of the interval. */
export function drawSigmoid(random: Random): Sigmoid {
  for (;;) {
    const [low, width] = [-1 - random.integer(6), 2 + random.integer(11)];
    if (low + width !== 0) return { low, width };
  }
}

export const endOf = ({ low, width }: Sigmoid): number => low + width;

export const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

export const logit = (x: number): number => Math.log(x) - Math.log1p(-x);

export const forward = ({ low, width }: Sigmoid, z: number): number => low + width * sigmoid(z);

export const inside = (of: Sigmoid, x: number): boolean => x > of.low && x < endOf(of);

/** Which part of the interval lies below x. */
export const partBelow = ({ low, width }: Sigmoid, x: number): number => (x - low) / width;

/** Which part lies above, exact close to the end, too. */
const partAbove = (of: Sigmoid, x: number): number => (endOf(of) - x) / of.width;

/** The z from which x comes. */
export const back = (of: Sigmoid, x: number): number =>
  isTextbook(of) ? logit(x) : Math.log(partBelow(of, x)) - Math.log(partAbove(of, x));

/** The slope of f at the z from which x comes: σ′(z) = σ(z)(1 − σ(z)), times the width. */
export const slope = (of: Sigmoid, x: number): number => of.width * partBelow(of, x) * partAbove(of, x);

/** Pr(x) = Norm(z) / f′(z). */
export const truth = (of: Sigmoid, x: number): number =>
  inside(of, x) ? normal(back(of, x)) / slope(of, x) : 0;

/** Of the same z, whatever the numbers. */
export function placesOf(of: Sigmoid) {
  const { low, width } = of;
  const end = endOf(of);
  const scaled = (from: number, to: number) => linear(low + from * width, low + to * width);
  const grown = (from: number, to: number) => logarithmic(from * width, to * width);
  // Beside 0 there are smaller numbers than beside any other.
  const above = (from: number, to: number) =>
    low === 0 ? grown(from, to) : beside(low, grown(Math.max(from, 2 ** -50), to));
  const below = (from: number, to: number) =>
    low === 0 ? negative(grown(from, to)) : beside(low, negative(grown(Math.max(from, 2 ** -50), to)));
  const atPart = (part: number): number => low + part * width;
  const within = {
    // Whatever five hundredth of the interval an answer is wrong in, one of the points lies there.
    [`between ${low} and ${end}`]: evenly(510, along(scaled(1e-3, 1 - 1e-3))),
    // In the middle z is exactly 0.
    "a quarter, half and three quarters of it": along(oneOf(atPart(0.25), atPart(0.5), atPart(0.75)), 3),
  };
  const close = {
    [`close to ${low}`]: along(above(1.01e-7, 1e-3), 8),
    [`close to ${end}`]: along(beside(end, negative(grown(5e-7, 1e-3))), 8),
    // There 1/x − 1 has lost enough digits of 1 − x.
    "10⁻⁷ from the ends": along(oneOf(...nearEnds(of)), 2),
    [`closer to ${end}`]: along(beside(end, negative(grown(1.01e-7, 5e-7))), 12),
  };
  const outside = {
    [`very close to ${low}`]: along(above(1e-150, 1e-7), 8),
    [`very close to ${end}`]: along(beside(end, negative(grown(2 ** -53, 1e-7))), 8),
    "the lower end": low === 0 ? along(oneOf(0, -0), 2) : along(only(low), 1),
    "the upper end": along(only(end), 1),
    [`just below ${low}`]: along(below(1e-300, 1e-3), 8),
    [`below ${low}`]: along(below(1e-3, 1e3)),
    [`far below ${low}`]: along(negative(logarithmic(1e3 * width, 1e300)), 12),
    [`just above ${end}`]: along(beside(end, grown(2 ** -52, 1e-3)), 8),
    [`above ${end}`]: along(scaled(1.001, 5)),
    "one interval beyond": along(oneOf(low - width, end + width), 2),
    [`far above ${end}`]: along(logarithmic(Math.abs(low) + 5 * width, 1e300), 12),
  };
  return { within, close, outside };
}

/** As close to the ends as the statement asks for digits. */
const nearEnds = (of: Sigmoid): [number, number] => [
  of.low + CLOSEST * of.width,
  endOf(of) - CLOSEST * of.width,
];
const CLOSEST = 1e-7;
/** Nearer to the ends the density is below 2e-50. */
const NOTHING = 1e-45;

/** Of the textbook's numbers x is itself the part of the interval; who divides by another width loses digits of what is left above it. */
export const errorOf = (of: Sigmoid): number => (isTextbook(of) ? 1e-9 : 1e-7);

export function domainOf(of: Sigmoid): Domain<readonly [number]> {
  const { within, close, outside } = placesOf(of);
  const { low, width } = of;
  const end = endOf(of);
  const [lowest, highest] = nearEnds(of);
  return {
    regions: { ...within, ...close, ...outside },
    onTheWay: { z: (x) => back(of, x) },
    allows(_answer, x) {
      if (!inside(of, x)) return 0;
      return x < lowest || x > highest ? NOTHING : errorOf(of) * truth(of, x);
    },
    /** Rounding x moves z by ε|x| over the slope, rounding z²/2 is magnified by the exponential function; and float32 ends at 1e-38. */
    float32(_answer, x) {
      const near = (at: number) => at !== 0 && Math.abs(x - at) < 1e-6 * Math.max(width, Math.abs(at));
      if (x === low || x === end) return 0;
      if (!inside(of, x)) return near(low) || near(end) ? 1e-30 : 0;
      const z = back(of, x);
      // The normal density ends at 1e-38 before it is divided by the slope.
      const lost = 3e-32 / Math.max(slope(of, x), 1e-8 * width * (1 - partBelow(of, x)));
      const moved = (Math.abs(z) * Math.abs(x)) / slope(of, x);
      return truth(of, x) * (2 + z * z + moved) + 1e-30 + lost;
    },
  };
}

export const signatures = { sigmoidDensity: fn([parameter("x", number)], number) };
