import type { TensorFlow } from "../../ground/tensorflow.ts";

type Convolution = TensorFlow["backend_util"]["computeConv3DInfo"];
type Pooling = TensorFlow["backend_util"]["computePool3DInfo"];

const AXES = [
  ["front", "back"],
  ["top", "bottom"],
  ["left", "right"],
] as const;

/**
 * Lets windows over volumes begin at the first number where "same" padding has nothing to pad.
 *
 * With a stride that is larger than the filter the library pads by a negative number, so that the windows begin later;
 * over images it takes care. Every kernel of plain JavaScript and of wasm asks these
 * two functions where its windows lie.
 */
export function repairVolumes(tf: TensorFlow): void {
  const functions = tf.backend_util as { computeConv3DInfo: Convolution; computePool3DInfo: Pooling };
  const { computeConv3DInfo, computePool3DInfo } = functions;
  functions.computeConv3DInfo = (...values) => withoutNegativePadding(computeConv3DInfo(...values));
  functions.computePool3DInfo = (...values) => withoutNegativePadding(computePool3DInfo(...values));
}

function withoutNegativePadding(info: ReturnType<Convolution>): ReturnType<Convolution> {
  const padding = { ...info.padInfo };
  for (const [before, after] of AXES) {
    if (padding[before] + padding[after] < 0) Object.assign(padding, { [before]: 0, [after]: 0 });
  }
  return { ...info, padInfo: padding };
}
