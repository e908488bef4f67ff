import { figure, fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";
import { binnedMap } from "./piecewise.binned-map.ts";
import { binHeights } from "./piecewise.draws.ts";

export interface Bins {
  /** Of what is drawn. */
  readonly phi: readonly number[];
}

export const TEXTBOOK: Bins = { phi: [0.1, 0.2, 0.5, 0.1, 0.1] };

/** Five bins of whole tenths, of three sizes or more. */
export function drawBins(random: Random): Bins {
  for (;;) {
    const tenths = [1, 1, 1, 1, 1];
    for (let i = 0; i < 5; i++) {
      const bin = random.integer(5);
      tenths[bin] = (tenths[bin] as number) + 1;
    }
    if (new Set(tenths).size > 2) return { phi: tenths.map((n) => n / 10) };
  }
}

const map = binnedMap({
  at: Math.sqrt,
  back: (share) => share * share,
  steepness: (t) => 0.5 / Math.sqrt(t),
  height: Math.sqrt,
});

/** The images go beyond 1, so that 1 is an image like others. */
export const root = {
  ...map,
  inverse: {
    ...map.inverse,
    regions: {
      ...map.inverse.regions,
      "x = 1": {
        points: 3,
        draw: (random: Random): [number, number[]] => [1, binHeights(random, 3 + random.integer(4))],
        place: (x: number, phi: number[]) => (x === 1 && phi.length > 1 ? 0.5 : undefined),
      },
    },
  },
};

/** Where the curve ends: of the textbook's bins √0.1 three times, √0.2 and √0.5. */
export const topOf = ({ phi }: Bins): number => phi.reduce((sum, v) => sum + Math.sqrt(v), 0);

export const signatures = {
  squareRoots: fn([parameter("h", number), parameter("phi", vector)], number),
  squareRootsInverse: fn([parameter("x", number), parameter("phi", vector)], number),
  forwardFigure: fn([], figure),
  inverseFigure: fn([], figure),
};
