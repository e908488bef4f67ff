import type { GradConfig } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Comparisons, logic and searches: their derivative is 0, and only has to exist (a `where` asks for it). */
export function piecewiseConstant(tf: TensorFlow): GradConfig[] {
  const zero = (kernelName: string, ...inputs: string[]): GradConfig => ({
    kernelName,
    inputsToSave: inputs,
    // Always float32: the library refuses a gradient of another type, also that of a bool.
    gradFunc: (_dy, saved) =>
      Object.fromEntries(inputs.map((name, i) => [name, () => tf.zeros(saved[i].shape)])),
  });
  const binary = [
    "Equal",
    "NotEqual",
    "Greater",
    "GreaterEqual",
    "Less",
    "LessEqual",
    "LogicalAnd",
    "LogicalOr",
    "LogicalXor",
    // The library differentiates a quotient that is not rounded down.
    "FloorDiv",
  ];
  return [
    ...binary.map((name) => zero(name, "a", "b")),
    zero("LogicalNot", "x"),
    zero("SearchSorted", "sortedSequence", "values"),
  ];
}
