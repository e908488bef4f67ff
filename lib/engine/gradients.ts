import type { GradConfig } from "@tensorflow/tfjs";
import type { TensorFlow } from "../ground/tensorflow.ts";
import { broadcast } from "./gradients/broadcast.ts";
import { convolving } from "./gradients/convolving.ts";
import { copies } from "./gradients/copies.ts";
import { cumulative } from "./gradients/cumulative.ts";
import { einsumGradient } from "./gradients/einsum.ts";
import { ofNothing } from "./gradients/of-nothing.ts";
import { piecewiseConstant } from "./gradients/piecewise-constant.ts";
import { rearranging } from "./gradients/rearranging.ts";
import { reducing } from "./gradients/reducing.ts";
import { refusingGradients } from "./gradients/refused.ts";
import { resizing } from "./gradients/resizing.ts";
import { shorter } from "./gradients/shorter.ts";
import { smooth } from "./gradients/smooth.ts";

/**
 * Repairs the gradients of TensorFlow.js 4.22 for every backend, group by group.
 *
 * The commonest fault: a gradient that saved the operation's *output* is cut off from the tape, so that a second
 * derivative through it is a wrong number without an error (tfjs issue 3252).
 */
export function repairGradients(tf: TensorFlow): void {
  const repairs = [
    ...smooth(tf),
    ...shorter(tf),
    ...piecewiseConstant(tf),
    ...rearranging(tf),
    ...cumulative(tf),
    ...broadcast(tf),
    ...copies(tf),
    ...reducing(tf),
    ...resizing(tf),
    ...convolving(tf),
    einsumGradient(tf),
  ];
  const register = (repair: GradConfig) => {
    if (tf.getGradient(repair.kernelName)) tf.unregisterGradient(repair.kernelName);
    tf.registerGradient(repair);
  };
  repairs.forEach(register);
  // These go around what has been repaired.
  ofNothing(tf).forEach(register);
  const missing = tf
    .getKernelsForBackend("cpu")
    .map(({ kernelName }) => kernelName)
    .filter((name) => !tf.getGradient(name));
  for (const refusal of refusingGradients(tf, missing)) tf.registerGradient(refusal);
}
