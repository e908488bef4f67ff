import type { Tensor } from "@tensorflow/tfjs";
import { tf } from "../tf.ts";

type Execute = (name: string, attributes: object[], inputs: object[]) => Tensor;

/** Runs with the backend's calls of libtensorflow intercepted; returns their names. */
export function operationsOf(run: () => void, intercept: (name: string) => void = () => {}): string[] {
  const backend = tf.backend() as unknown as { executeSingleOutput: Execute };
  const names: string[] = [];
  const original = backend.executeSingleOutput;
  backend.executeSingleOutput = function (name, ...rest) {
    names.push(name);
    intercept(name);
    return original.call(this, name, ...rest);
  };
  try {
    run();
  } finally {
    backend.executeSingleOutput = original;
  }
  return names;
}
