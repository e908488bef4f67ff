import type { KernelFunc, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import type { PlainBackend } from "./plain-kernel.ts";
import { averageGradient } from "./pooling.ts";

type Inputs = Readonly<Record<string, TensorInfo>>;
type Kernel = (inputs: Inputs, attributes: never, backend: PlainBackend) => TensorInfo;

/** Repairs kernels of the plain JavaScript backend, from which the others borrow. */
export function repairPlainKernels(tf: TensorFlow): void {
  repair(tf, "BatchMatMul", (library) => stackedProduct(tf, library));
  for (const kernelName of ["Mean", "Max", "Min", "All"] as const)
    repair(tf, kernelName, (library) => ofNothing(tf, kernelName, library));
  repair(tf, "Sign", () => ({ x }, _, backend) => {
    const values = backend.readSync(x.dataId) as Float32Array;
    return backend.makeTensorInfo(x.shape, x.dtype, values.map(Math.sign));
  });
  repair(tf, "Einsum", (library) => summedFirst(tf, library));
  // Of a vector the library counts, where only whether a number occurs is asked: as a matrix of one row it is right.
  repair(tf, "DenseBincount", (library) => ({ x, weights }, attributes, backend) => {
    if (x.shape.length !== 1) return library({ x, weights }, attributes, backend);
    const row = ({ dataId, dtype, shape }: TensorInfo) => ({ dataId, dtype, shape: [1, ...shape] });
    const counts = library(
      { x: row(x), weights: weights.shape[0] === 0 ? weights : row(weights) },
      attributes,
      backend,
    );
    return { ...counts, shape: counts.shape.slice(1) };
  });
  repair(tf, "FloorDiv", (library) => quotientOf(tf, library));
  // Of whole numbers the library makes fractions.
  repair(tf, "UnsortedSegmentSum", (library) => (inputs, attributes, backend) => {
    const sum = library(inputs, attributes, backend);
    const { dtype } = inputs.x;
    if (sum.dtype === dtype) return sum;
    const whole = tf.getKernel("Cast", "cpu").kernelFunc({ inputs: { x: sum }, attrs: { dtype }, backend });
    backend.disposeData(sum.dataId);
    return whole as TensorInfo;
  });
  // The library writes into the tensor that it was given.
  repair(tf, "TensorScatterUpdate", (library) => ({ tensor, ...rest }, attributes, backend) => {
    const copy = backend.makeTensorInfo(tensor.shape, tensor.dtype, backend.readSync(tensor.dataId).slice());
    const updated = library({ tensor: copy, ...rest }, attributes, backend);
    if (updated.dataId !== copy.dataId) backend.disposeData(copy.dataId);
    return updated;
  });
  repair(tf, "AvgPoolGrad", () => averageGradient(tf, 2));
  repair(tf, "AvgPool3DGrad", () => averageGradient(tf, 3));
}

function repair(tf: TensorFlow, kernelName: string, make: (library: Kernel) => Kernel): void {
  const present = tf.getKernel(kernelName, "cpu");
  const kernel = make(
    (inputs, attrs, backend) => present.kernelFunc({ inputs: inputs as never, attrs, backend }) as TensorInfo,
  );
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    kernel(inputs as Inputs, attrs as never, backend as unknown as PlainBackend);
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({ ...present, kernelFunc });
}

/**
 * Stacks of matrices of which one is repeated other than as a whole, [2, 1] with [2, 3]: the library takes the wrong
 * ones, so they are repeated first.
 */
function stackedProduct(tf: TensorFlow, library: Kernel): Kernel {
  return ({ a, b }, attributes, backend) => {
    const [left, right] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(left, right);
    if ([left, right].every((shape) => isRepeatedWhole(tf, shape, batch)))
      return library({ a, b }, attributes, backend);
    const factors = { a: repeat(tf, a, batch, backend), b: repeat(tf, b, batch, backend) };
    const product = library(factors, attributes, backend);
    for (const { dataId } of Object.values(factors)) backend.disposeData(dataId);
    return product;
  };
}

/** Whether a stack is repeated as a whole: [3] and [1, 3] are over [2, 3], [2, 1] is not. */
function isRepeatedWhole(tf: TensorFlow, shape: readonly number[], batch: readonly number[]): boolean {
  const own = shape.slice(shape.findIndex((length) => length > 1));
  return (
    tf.util.sizeFromShape([...shape]) === 1 ||
    tf.util.arraysEqual(own, batch.slice(batch.length - own.length))
  );
}

/** A matrix for each place of the batch. */
function repeat(tf: TensorFlow, x: TensorInfo, batch: readonly number[], backend: PlainBackend): TensorInfo {
  const matrix = x.shape.slice(-2);
  const size = tf.util.sizeFromShape(matrix);
  const own = [...Array(batch.length + 2 - x.shape.length).fill(1), ...x.shape.slice(0, -2)];
  const values = backend.readSync(x.dataId) as Float32Array;
  const shape = [...batch, ...matrix];
  const all = new Float32Array(tf.util.sizeFromShape(shape));
  const strides = tf.util.computeStrides([...batch, 1]);
  for (let place = 0; place < all.length / size; place++) {
    const from = own.reduce((index, length, axis) => {
      const along = Math.floor(place / strides[axis]) % batch[axis];
      return index * length + (length === 1 ? 0 : along);
    }, 0);
    all.set(values.subarray(from * size, (from + 1) * size), place * size);
  }
  return backend.makeTensorInfo(shape, x.dtype, all);
}

/** An index of one factor alone that is summed over: the library forgets the others then, so it is summed over first. */
function summedFirst(tf: TensorFlow, library: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const { equation } = attributes as { equation: string };
    const [left, result] = equation.split("->");
    const terms = left.split(",");
    const factors = Object.values(inputs);
    const made: TensorInfo[] = [];
    const kept = terms.map((term, i) => {
      const elsewhere = terms.toSpliced(i, 1).join("") + result;
      const alone = [...term].flatMap((label, axis) => (elsewhere.includes(label) ? [] : [axis]));
      if (alone.length === 0 || terms.length === 1) return term;
      const { kernelFunc } = tf.getKernel("Sum", "cpu");
      const sum = kernelFunc({ inputs: { x: factors[i] }, attrs: { axis: alone, keepDims: false }, backend });
      factors[i] = sum as TensorInfo;
      made.push(factors[i]);
      return [...term].filter((_, axis) => !alone.includes(axis)).join("");
    });
    const own = { ...(attributes as object), equation: `${kept.join()}->${result}` } as never;
    const { dataId, shape, dtype } = library(factors as never, own, backend);
    // Where nothing is to be done it gives back the factor itself, to whose gradient its own is added then.
    if (factors.some((factor) => factor.dataId === dataId)) backend.incRef(dataId);
    for (const factor of made) backend.disposeData(factor.dataId);
    return { dataId, shape, dtype };
  };
}

/** ⌊a/b⌋ of fractions as a fraction: the library makes a whole number of it, of 32 bits. */
function quotientOf(tf: TensorFlow, library: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    if (inputs.a.dtype === "int32") return library(inputs, attributes, backend);
    const quotient = tf.getKernel("RealDiv", "cpu").kernelFunc({ inputs, attrs: {}, backend }) as TensorInfo;
    const floor = tf.getKernel("Floor", "cpu").kernelFunc({ inputs: { x: quotient }, attrs: {}, backend });
    backend.disposeData(quotient.dataId);
    return floor as TensorInfo;
  };
}

const OF_NOTHING = { Mean: Number.NaN, Max: -Infinity, Min: Infinity, All: 1 };

/** Over no numbers: the library gives 0 for their mean, NaN for their extremes, and says that not all are true. */
function ofNothing(tf: TensorFlow, kernelName: keyof typeof OF_NOTHING, library: Kernel): Kernel {
  return (inputs, attributes, backend) => {
    const { shape, dtype } = inputs.x ?? inputs.input;
    if (!shape.includes(0)) return library(inputs, attributes, backend);
    const { axis, reductionIndices, keepDims } = attributes as {
      axis?: number | number[];
      reductionIndices?: number | number[];
      keepDims?: boolean;
    };
    const axes = tf.util.parseAxisParam((reductionIndices ?? axis) as number, shape);
    const rest = keepDims
      ? shape.map((length, i) => (axes.includes(i) ? 1 : length))
      : shape.filter((_, i) => !axes.includes(i));
    const size = tf.util.sizeFromShape(rest);
    const nothing = OF_NOTHING[kernelName];
    if (kernelName === "All") return backend.makeTensorInfo(rest, "bool", new Uint8Array(size).fill(nothing));
    if (kernelName === "Mean" || dtype !== "int32")
      return backend.makeTensorInfo(rest, "float32", new Float32Array(size).fill(nothing));
    // The whole number that no other is beyond, as libtensorflow gives.
    const end = nothing < 0 ? -(2 ** 31) : 2 ** 31 - 1;
    return backend.makeTensorInfo(rest, "int32", new Int32Array(size).fill(end));
  };
}
