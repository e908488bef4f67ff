import type { Implementation } from "../../harness/kinds.ts";
import type { signatures } from "./realnvp.domain.ts";

/** Any that passes is right: eight couplings of the library's. They are loaded when a cell trains, as a judge has no use for them. */
export const standIn: Implementation<typeof signatures> = {
  async fitRealNVP(data) {
    const { fit, flow, realNVP, standardNormal, tf } = await import("flowlab");
    const model = flow(standardNormal([2]), realNVP({ dimensions: 2, layers: 8, hidden: [32, 32], seed: 8 }));
    const rows = tf.tensor2d(data);
    await fit(model, rows, { steps: 300, batchSize: 100, learningRate: 3e-3, keep: "last", seed: 1 });
    rows.dispose();
    const { forward, inverse } = model.bijection;
    return {
      forward: (z) => tf.tidy(() => Array.from(forward(tf.tensor2d([z])).value.dataSync())),
      inverse: (x) => tf.tidy(() => Array.from(inverse(tf.tensor2d([x])).value.dataSync())),
      logDensity: (points) => tf.tidy(() => Array.from(model.logProb(points).dataSync())),
    };
  },
};
