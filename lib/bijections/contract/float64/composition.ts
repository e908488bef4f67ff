import type { Reference } from "../case.ts";

/** One map after the other, in the order of the generative direction. */
export function exactChain(parts: readonly Reference[]): Reference {
  return {
    forward: (z) => parts.reduce((value, part) => part.forward(value), z),
    inverse: (x) => parts.reduceRight((value, part) => part.inverse(value), x),
  };
}

/** The other direction. */
export function exactInvert({ forward, inverse }: Reference): Reference {
  return { forward: inverse, inverse: forward };
}
