import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { extremes } from "./extremes.ts";
import { fusedOperations } from "./fused.ts";
import { layouts } from "./layouts.ts";
import { guardedDivision, normalization } from "./normalization.ts";
import { ofWholeNumbers } from "./of-whole-numbers.ts";
import type { Operations } from "./operation.ts";
import { pools } from "./pools.ts";
import { qrOf } from "./qr.ts";
import { searches } from "./searches.ts";
import { seededOperations } from "./seeded.ts";
import { sums } from "./sums.ts";
import { typedOperations } from "./typed.ts";

/**
 * Operations that no gradient and no kernel can repair: these take the place of the library's own.
 *
 * @returns What replaces the exports of TensorFlow.js; what is a method of a tensor too is replaced there.
 */
export function replaceOperations(tf: TensorFlow): Partial<TensorFlow> {
  const replaced: Operations = {
    ...sums(tf),
    ...extremes(tf),
    ...typedOperations(tf),
    ...ofWholeNumbers(tf),
    ...layouts(tf),
    ...normalization(tf),
    ...guardedDivision(tf),
    ...pools(tf),
    ...searches(tf),
    ...seededOperations(tf),
    fused: fusedOperations(tf),
    linalg: { ...tf.linalg, qr: qrOf(tf) },
  };
  for (const [name, operation] of Object.entries(replaced)) {
    if (typeof operation !== "function" || !(name in tf.Tensor.prototype)) continue;
    const method = METHODS[name] ?? OF_ITSELF;
    Object.assign(tf.Tensor.prototype, {
      [name](this: Tensor, ...rest: unknown[]) {
        return operation(...method(this, ...rest));
      },
    });
  }
  // Each keeps the library's declaration, of which an arrow function cannot express the type parameters.
  return replaced as Partial<TensorFlow>;
}

type Method = (self: Tensor, ...rest: unknown[]) => unknown[];

const OF_ITSELF: Method = (self, ...rest) => [self, ...rest];

/** Arguments of an operation whose method takes them in another order. */
const METHODS: Readonly<Record<string, Method>> = {
  where: (self, condition, other) => [condition, self, other],
  concat: (self, others, axis) => [[self, ...[others].flat()], axis],
};
