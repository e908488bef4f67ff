import type { Implementation } from "../../harness/kinds.ts";
import type { signatures } from "./train.domain.ts";

const BLOCKS = 6;

/** Any that passes is right: residual blocks of the library's. They are loaded when a cell trains, as a judge has no use for them. */
export const standIn: Implementation<typeof signatures> = {
  async fitResidual(data) {
    const { chain, contractiveMlp, fit, flow, residual, standardNormal, standardize, tf } = await import(
      "flowlab"
    );
    const rows = tf.tensor2d(data);
    const blocks = Array.from({ length: BLOCKS }, (_, k) =>
      residual({
        network: contractiveMlp({ dimensions: 2, hidden: [16], lipschitz: 0.95, seed: k + 1 }),
        closed: "inverse",
        logDet: "exact",
      }),
    );
    const first = standardize(rows);
    const model = flow(standardNormal([2]), chain([...blocks, first]));
    await fit(model, rows, { steps: 300, batchSize: 100, learningRate: 1e-2, keep: "last", seed: 1 });
    rows.dispose();
    const { forward, inverse } = model.bijection;
    const numbers = (point: number[], of: typeof forward): number[] =>
      tf.tidy(() => Array.from(of(tf.tensor2d([point])).value.dataSync()));
    return {
      forward: (z) => numbers(z, forward),
      inverse: (x) => numbers(x, inverse),
      path(x) {
        const points = [numbers(x, first.inverse)];
        for (const block of blocks.toReversed())
          points.push(numbers(points[points.length - 1], block.inverse));
        return points;
      },
      logDensity: (points) => tf.tidy(() => Array.from(model.logProb(points).dataSync())),
    };
  },
};
