import { tf } from "../engine/tf.ts";
import { checkParameters, type Transformer } from "./transformer.ts";

/**
 * Shift of each number: x = z + t;  log-slope 0.
 *
 * One parameter, t. A coupling with it preserves volume.
 *
 * @throws ShapeError when applied with another number of parameters.
 * @see Dinh, Krueger, Bengio 2014, "NICE", arXiv:1410.8516v6, section 3.2.
 */
export function additive(): Transformer {
  const shiftBy = (shift: typeof tf.add) => (input: tf.Tensor, params: tf.Tensor) =>
    tf.tidy(() => {
      checkParameters("additive", params, 1);
      const value = shift(input, tf.squeeze(params, [params.rank - 1])) as tf.Tensor;
      return { value, logDet: tf.zerosLike(value) };
    });
  return {
    parameters: 1,
    config: { type: "additive" },
    forward: (z, params) => shiftBy(tf.add)(z, params),
    inverse: (x, params) => shiftBy(tf.sub)(x, params),
  };
}
