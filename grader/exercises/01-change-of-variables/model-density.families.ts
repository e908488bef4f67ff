import type { MapRef } from "../../harness/kinds.ts";
import { combine, mapRef } from "../../harness/maps.ts";
import type { Random } from "../../random.ts";

/** A map with its inverse and derivative. */
export interface Family {
  readonly forward: MapRef;
  readonly inverse: MapRef;
  readonly derivative: MapRef;
}

export function affine(slope: number, offset: number): Family {
  return {
    forward: mapRef("affine", slope, offset),
    inverse: mapRef("affine-inverse", slope, offset),
    derivative: mapRef("affine-derivative", slope),
  };
}

function sinh(scale: number): Family {
  return {
    forward: mapRef("sinh", scale),
    inverse: mapRef("sinh-inverse", scale),
    derivative: mapRef("sinh-derivative", scale),
  };
}

function exponential(a: number, b: number): Family {
  return {
    forward: mapRef("exponential", a, b),
    inverse: mapRef("exponential-inverse", a, b),
    derivative: mapRef("exponential-derivative", a, b),
  };
}

/** First f, then g. */
function then(f: Family, g: Family): Family {
  return {
    forward: combine("composition", f.forward, g.forward),
    inverse: combine("composition", g.inverse, f.inverse),
    derivative: combine("product", f.derivative, combine("composition", f.forward, g.derivative)),
  };
}

/** A straight line whose offset is no larger than its slope, so that going back costs no digits. */
export function line(random: Random, slope: number): Family {
  return affine(slope, slope * random.uniform(-2, 2));
}

/** Maps that take exactly 0 back from the image of 0, of each kind one. */
export function throughZero(random: Random, sign: number, kind: number): Family {
  switch (kind) {
    case 0:
      return line(random, sign * random.uniform(0.3, 3));
    case 1:
      return sinh(sign * random.uniform(0.3, 2));
    case 2:
      return exponential(sign * random.uniform(0.3, 1.2), 0);
    default:
      return then(sinh(random.uniform(0.3, 1)), line(random, sign * random.uniform(0.3, 3)));
  }
}

/** Any map whose slope has this sign. */
export function family(random: Random, sign: number): Family {
  switch (random.integer(4)) {
    case 0:
      return line(random, sign * random.uniform(0.3, 3));
    case 1:
      return sinh(sign * random.uniform(0.3, 2));
    case 2:
      return exponential(sign * random.uniform(0.3, 1.2), random.uniform(-1, 1));
    default:
      return then(sinh(random.uniform(0.3, 1)), line(random, sign * random.uniform(0.3, 3)));
  }
}
