import type { NamedTensorInfoMap, Tensor, TensorInfo } from "@tensorflow/tfjs";
import {
  computeInDouble,
  type DoubleOperations,
  type Doubles,
  type Flags,
  type NativeBackend,
} from "./native/double.ts";
import { tf } from "./tf.ts";

/** The numbers of a tensor. */
export interface Numbers {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Calls operations of libtensorflow by their names, attributes by their names as well. */
export interface Native {
  /** In float32. */
  run(name: string, attributes: Flags, inputs: readonly TensorInfo[]): Tensor;
  /** In double precision, of which only the result is rounded. */
  inDouble(
    inputs: readonly TensorInfo[],
    compute: (library: DoubleOperations, inputs: readonly Doubles[]) => Doubles,
  ): Tensor;
}

/** An operation that TensorFlow.js lacks, as every backend computes it. */
export interface Addition<Settings> {
  /** The name by which the engine knows it. */
  readonly name: string;
  /** In JavaScript, for the backends wasm and cpu. */
  plain(inputs: readonly Numbers[], settings: Settings): Numbers;
  /** By libtensorflow, so that a compiled graph can contain it. */
  native(library: Native, inputs: readonly TensorInfo[], settings: Settings): Tensor;
  /**
   * dL/d(input) for each input, of dL/d(result): made of operations that have gradients themselves. Without it, a gradient
   * through the operation is an error.
   */
  gradient?(dy: Tensor, inputs: readonly Tensor[], settings: Settings): readonly (() => Tensor)[];
}

/**
 * Adds an operation to every backend: differentiable, and recorded where a graph is.
 *
 * It is registered at its first use: registering would load the engine.
 */
export function addOperation<Settings extends object = object>(
  addition: Addition<Settings>,
): (inputs: readonly Tensor[], settings: Settings) => Tensor {
  return (inputs, settings) => {
    if (!tf.getKernel(addition.name, "cpu")) register(addition);
    return tf.engine().runKernel(addition.name, [...inputs] as never, settings as never) as Tensor;
  };
}

function register<Settings>({ name: kernelName, plain, native, gradient }: Addition<Settings>): void {
  for (const backendName of ["wasm", "cpu"]) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { readSync } = backend as { readSync(id: object): Float32Array };
        const numbers = list(inputs).map(({ shape, dataId }) => ({
          shape,
          values: readSync.call(backend, dataId),
        }));
        const { values, shape } = plain(numbers, attrs as Settings);
        return tf.tensor(values instanceof Float32Array ? values : Float32Array.from(values), [...shape]);
      },
    });
  }
  tf.registerKernel({
    kernelName,
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) =>
      native(nativeOf(backend as unknown as NativeBackend), list(inputs), attrs as Settings),
  });
  if (!gradient) return;
  tf.registerGradient({
    kernelName,
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const gradients = gradient(dy as Tensor, saved, attributes as Settings);
      return Object.fromEntries(gradients.map((one, i) => [String(i), one]));
    },
  });
}

const list = (inputs: NamedTensorInfoMap): TensorInfo[] => Object.values(inputs) as TensorInfo[];

function nativeOf(backend: NativeBackend): Native {
  const { TF_ATTR_BOOL: type, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const flags = (attributes: Flags) =>
    Object.entries(attributes).map(([name, value]) => ({ name, type, value }));
  return {
    run: (name, attributes, inputs) => {
      const float = { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT };
      return backend.executeSingleOutput(name, [...flags(attributes), float], inputs);
    },
    inDouble: (inputs, compute) => computeInDouble(tf, backend, inputs, compute),
  };
}
