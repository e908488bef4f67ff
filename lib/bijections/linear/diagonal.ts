import { tf } from "../../engine/tf.ts";
import { aFlag, aSize } from "../../ground/arguments/kinds.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import type { Bijection } from "../bijection.ts";
import { checkVectorOptions } from "../building/check-dimensions.ts";
import { type LinearOptions, linear } from "./linear.ts";

/**
 * Diagonal linear map: x = β + exp(s) ∘ z;  logDet = Σ_d s_d nats. Cost: D. It starts as the identity.
 *
 * [...batch, D] ↔ [...batch, D].
 *
 * @throws RangeError if `dimensions` is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Prince, Understanding Deep Learning, section 16.3.1.
 */
export function diagonal(options: LinearOptions): Bijection {
  checkVectorOptions("diagonal", options, { dimensions: aSize, bias: aFlag });
  const logScale = tf.tidy(() => tf.variable(tf.zeros([options.dimensions])));
  const form = {
    apply: (rows: tf.Tensor2D) => tf.mul(rows, tf.exp(logScale)) as tf.Tensor2D,
    solve: (rows: tf.Tensor2D) => tf.mul(rows, tf.exp(tf.neg(logScale))) as tf.Tensor2D,
    logAbsDet: () => tf.sum(logScale),
    variables: nameVariables({ logScale }),
  };
  return linear("diagonal", options, form, { type: "diagonal" });
}
