import type { Domain } from "../../domain/domain.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import {
  type Asked,
  isNoBin,
  positionAt,
  regions,
  shareAt,
  slopeAt,
} from "./spline-bin.rational-quadratic.ts";

/** How much larger than the denominator its terms are, where they are subtracted from each other. */
const loss = (s: number, first: number, second: number): number =>
  (2 * s + first + second) / Math.min(s, first + second);

export const forward: Domain<Asked> = {
  regions,
  open: isNoBin,
  allows: (_answer, ...asked) => 1e-9 * shareAt(...asked),
  float32(_answer, xi, s, first, second) {
    const condition = (xi * slopeAt(xi, s, first, second)) / s;
    return shareAt(xi, s, first, second) * (2 + loss(s, first, second)) + condition;
  },
};

/** What an error of the share in proportion to itself does to the position. */
const condition = (share: number, s: number, first: number, second: number): number =>
  (share * s) / slopeAt(positionAt(share, s, first, second), s, first, second);

const inverseSize = (share: number, s: number, first: number, second: number): number =>
  positionAt(share, s, first, second) * (2 + loss(s, first, second)) +
  condition(share, s, first, second) * (2 + loss(s, first, second));

export const inverse: Domain<Asked> = {
  regions,
  open: isNoBin,
  allows: (_answer, ...asked) => 1e-10 * inverseSize(...asked),
  float32: (_answer, ...asked) => inverseSize(...asked),
};

const parameters = [parameter("s", number), parameter("first", number), parameter("second", number)] as const;

export const signatures = {
  binForward: fn([parameter("xi", number), ...parameters], number),
  binInverse: fn([parameter("share", number), ...parameters], number),
};
