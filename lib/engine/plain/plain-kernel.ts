import type { DataType, KernelFunc, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Numbers of a tensor, by its type; texts as bytes. */
export type Values = Float32Array | Int32Array | Uint8Array | Uint8Array[];

/** What every backend offers to its kernels; the library declares the classes with private members only. */
export interface ReadableBackend {
  readSync(id: object): Values;
}

/** The plain JavaScript backend's. */
export interface PlainBackend extends ReadableBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values: Values): TensorInfo;
  incRef(id: object): void;
  disposeData(id: object): boolean;
}

/** Makes a tensor of a backend. */
export type Make<B> = (backend: B, shape: number[], dtype: DataType, values: Values) => TensorInfo;

/**
 * The kernel of the plain JavaScript backend, for another backend: on copies of its tensors.
 *
 * @param make Makes the results.
 */
export function plainKernel<B extends ReadableBackend>(
  tf: TensorFlow,
  kernelName: string,
  make: Make<B>,
): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const own = backend as unknown as B;
    const cpu = new tf.MathBackendCPU() as unknown as PlainBackend;
    // It greets its first user with an advertisement.
    Object.assign(cpu, { firstUse: false });
    // Some kernels ask for the number of axes, which only the library's own tensors tell.
    const copy = ({ shape, dtype, dataId }: TensorInfo) =>
      Object.assign(cpu.makeTensorInfo(shape, dtype, own.readSync(dataId)), { rank: shape.length });
    const copies = eachTensor(inputs, copy);
    const { kernelFunc } = tf.getKernel(kernelName, "cpu");
    const output = kernelFunc({ inputs: copies as never, attrs: attrs as never, backend: cpu });
    const give = ({ shape, dtype, dataId }: TensorInfo) =>
      make(own, shape, dtype, ofType(dtype, cpu.readSync(dataId)));
    return Array.isArray(output) ? output.map(give) : give(output);
  };
}

type Inputs = TensorInfo | undefined | readonly Inputs[] | { readonly [name: string]: Inputs };

/** A kernel's inputs, some of which are lists of tensors, each tensor replaced. */
function eachTensor(inputs: Inputs, replace: (x: TensorInfo) => TensorInfo): Inputs {
  if (inputs === undefined || inputs === null) return inputs;
  if (Array.isArray(inputs)) return inputs.map((one) => eachTensor(one, replace));
  if ("dataId" in inputs) return replace(inputs as TensorInfo);
  return Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, eachTensor(one, replace)]));
}

/** Kernels of plain JavaScript leave whole numbers where they found them, in arrays of another type. */
function ofType(dtype: DataType, values: Values): Values {
  if (dtype === "int32" && !(values instanceof Int32Array))
    return Int32Array.from(values as ArrayLike<number>);
  if (dtype === "bool" && !(values instanceof Uint8Array))
    return Uint8Array.from(values as ArrayLike<number>);
  return values;
}
