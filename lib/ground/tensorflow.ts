import type * as tfjs from "@tensorflow/tfjs";

/** The module object of TensorFlow.js. */
export type TensorFlow = typeof tfjs;
