import type { Conditioner } from "../../conditioners/conditioner.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything, aSize, oneOf } from "../../ground/arguments/kinds.ts";
import { additive } from "../../transformers/additive.ts";
import type { Bijection } from "../bijection.ts";
import { checkDimensions } from "../building/check-dimensions.ts";
import { compositionOf } from "../composition/chain.ts";
import { coupling } from "./coupling.ts";
import { channelMask, halfMask } from "./masks.ts";

/** What a {@link revNetBlock} is made of. */
export interface RevNetBlockOptions {
  /** Length of an event's last axis: numbers of a vector, or channels of an image. At least 2. */
  readonly dimensions: number;
  /** "dimensions" of vectors, if left out, or "channels" of images. */
  readonly over?: "dimensions" | "channels";
  /** f₁: of the second half, which is the longer one of an odd number, gives what is added to the first. Any network. */
  readonly first: Conditioner;
  /** f₂: of the first half, once it is changed, gives what is added to the second. Any network. */
  readonly second: Conditioner;
}

/**
 * The block of reversible residual networks: each half gets a residual, computed from the other by any network.
 *
 * x₁ = z₁ + f₁(z₂), x₂ = z₂ + f₂(x₁);  z₂ = x₂ − f₂(x₁), z₁ = x₁ − f₁(z₂).  [...batch, D] ↔ [...batch, D] or images.
 *
 * These are two additive couplings, and logDet is exactly 0, whatever f₁ and f₂ are. With A = ∂f₁/∂z₂ and B = ∂f₂/∂x₁
 * the Jacobian is [[I, A], [B, I + BA]], whose determinant is det(I + BA − B·I·A) = 1. The textbook says that there is no efficient way to
 * compute it in general; there is none needed.
 *
 * @throws RangeError if there are fewer than 2 dimensions.
 * @throws ShapeError when applied to events or a context of another size, or if the networks do not fit.
 * @see Prince, Understanding Deep Learning, equations 16.18 and 16.19; Gomez, Ren, Urtasun, Grosse 2017, "The Reversible Residual Network",
 *   arXiv:1707.04585v1, equations 6 and 7; Jacobsen, Smeulders, Oyallon 2018, "i-RevNet", arXiv:1802.07088v1, which adds
 *   the invertible down-sampling: {@link squeeze}.
 */
export function revNetBlock(options: RevNetBlockOptions): Bijection {
  const example = "revNetBlock({ dimensions: 4, first: mlp({ inputs: 2, outputs: 2 }), second: … })";
  checkOptions("revNetBlock", options, example, {
    dimensions: aSize,
    over: oneOf("dimensions", "channels"),
    first: anything,
    second: anything,
  });
  const { dimensions, over = "dimensions", first, second } = options;
  checkDimensions("revNetBlock", dimensions);
  const maskOf = over === "channels" ? channelMask : halfMask;
  return compositionOf("revNetBlock", () => [
    coupling({ mask: maskOf(dimensions, "first"), transformer: additive(), conditioner: first }),
    coupling({ mask: maskOf(dimensions, "second"), transformer: additive(), conditioner: second }),
  ]);
}
