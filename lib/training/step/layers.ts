import type { Bijection } from "../../bijections/bijection.ts";

/** A part of a bijection that is not composed of others, as messages speak of it. */
export interface Layer {
  readonly layer: Bijection;
  /** What a message calls it. */
  readonly title: string;
}

/** What a bijection is composed of, in the order of `forward`. */
export function layersOf(bijection: Bijection, around = ""): Layer[] {
  const leaves = (one: Bijection): Bijection[] => (one.parts ? one.parts.flatMap(leaves) : [one]);
  return leaves(bijection).map((layer, i, { length }) => {
    return { layer, title: `layer ${i + 1} of ${length} (${layer.name ?? "unnamed"})${around}` };
  });
}

/** The same, with what acts inside of a layer in its place. */
export function innermostOf(bijection: Bijection, around?: string): Layer[] {
  return layersOf(bijection, around).flatMap((one) => {
    const { inside } = one.layer;
    return inside ? innermostOf(inside.bijection, ` in ${one.title}`) : [one];
  });
}
