import type { GradConfig } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import { refusal } from "../unsupported.ts";

const FOURIER = "multiply by a matrix of cosines and one of sines with tf.matMul, which have gradients";
const SEGMENTS = "take the rows with tf.gather and add them with tf.unsortedSegmentSum, which have gradients";
const RESAMPLING =
  "work out the places and weights yourself and take the pixels with tf.gather, which has a gradient";

/** What to do instead, where something else has a gradient. */
const REMEDIES: Readonly<Record<string, string>> = {
  Bincount: "add the weights with tf.unsortedSegmentSum, which has a gradient",
  DenseBincount: "add the weights with tf.unsortedSegmentSum, which has a gradient",
  Complex: FOURIER,
  ComplexAbs: FOURIER,
  FFT: FOURIER,
  IFFT: FOURIER,
  Real: FOURIER,
  Imag: FOURIER,
  CropAndResize:
    "cut out the box with tf.slice and resize it with tf.image.resizeBilinear, which have gradients",
  MaxPoolWithArgmax: "use tf.maxPool, which has a gradient",
  RotateWithOffset: RESAMPLING,
  Transform: RESAMPLING,
  RaggedGather: "use tf.gather on dense tensors, which has a gradient",
  RaggedTensorToTensor: "put the numbers in place with tf.scatterND, which has a gradient",
  SparseFillEmptyRows: "put the numbers in place with tf.scatterND, which has a gradient",
  SparseSegmentMean: SEGMENTS,
  SparseSegmentSum: SEGMENTS,
  SparseToDense: "use tf.scatterND, which has a gradient",
  Multinomial: "draw outside of the function, and differentiate the log-probability of what was drawn",
};

const OTHERWISE =
  "compute it outside of the function that is differentiated, or give its gradient with tf.customGrad";

/** Gradients that say what is missing, for every operation that has none: the library names the operation alone. */
export function refusingGradients(tf: TensorFlow, kernelNames: Iterable<string>): GradConfig[] {
  return [...kernelNames].map((kernelName) => ({
    kernelName,
    gradFunc: () => {
      const order =
        kernelName.endsWith("Grad") || kernelName.includes("Backprop") ? "second derivative" : "gradient";
      const operation = kernelName.replace(/Grad$|Backprop\w+$/, "");
      throw refusal(
        `TensorFlow.js ${tf.version_core} has no ${order} of ${operation}`,
        REMEDIES[kernelName] ?? OTHERWISE,
      );
    },
  }));
}
