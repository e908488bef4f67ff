import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import { binnedMap } from "./piecewise.binned-map.ts";

export const line = binnedMap({ at: (t) => t, back: (t) => t, steepness: () => 1, height: (phi) => phi });

export const signatures = {
  piecewiseForward: fn([parameter("h", number), parameter("phi", vector)], number),
  piecewiseInverse: fn([parameter("x", number), parameter("phi", vector)], number),
};
