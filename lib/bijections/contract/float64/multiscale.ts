import type { Reference } from "../case.ts";
import { exactChain, exactInvert } from "./composition.ts";
import { exactSplit } from "./split.ts";
import { exactSqueeze, type Shape } from "./squeeze.ts";

/**
 * A multiscale architecture for images of a shape: each level acts on squeezed images, of which it is given the shape,
 * and half of the channels go on to the next, coarser level.
 *
 * @param levels From fine to coarse; made from coarse to fine, which is the order of the variables.
 */
export function exactMultiscale(shape: Shape, levels: readonly ((shape: Shape) => Reference)[]): Reference {
  const [height, width, channels] = shape;
  const squeezed = [height / 2, width / 2, 4 * channels] as const;
  const [level, ...coarser] = levels;
  const inside =
    coarser.length > 0
      ? [
          exactSplit(
            exactMultiscale([height / 2, width / 2, 2 * channels], coarser),
            4 * channels,
            2 * channels,
          ),
        ]
      : [];
  return exactChain([exactInvert(exactSqueeze(shape)), ...inside, level(squeezed), exactSqueeze(shape)]);
}
