import type { TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";
import {
  duplicate,
  findKernel,
  reshape,
  setWasmKernel,
  sizeOf,
  swapOuter,
  type WasmBackend,
  type WasmKernel,
} from "./backend.ts";

interface Factors {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

type Product = WasmKernel<Factors, Transposed>;

/**
 * Makes the WebAssembly backend's matrix products fast, and right where they were not.
 *
 * The library has a fast one (XNNPACK's), and takes a plain triple loop, ten times as slow, as soon as a factor is
 * transposed: for both gradients of every dense layer. Transposing first costs far less (256×64 by
 * 256×64, the first transposed: 0.096 ms instead of 0.55; 256×64 by 64×64, the second: 0.064 instead of 0.57; by
 * `node lib/engine/speed.fixture.ts`). XNNPACK rearranges the second
 * factor and keeps that; the library finds it again by the factor's data and not by its shape, so that the same data
 * in another shape were multiplied wrongly. And a factor that is broadcast over the other's batch was read beyond its
 * end.
 */
export function improveMatrixProducts(tf: TensorFlow): void {
  setWasmKernel<Factors, Transposed>(tf, "BatchMatMul", (library) => {
    const single = singleProduct(library);
    return (factors, transposed, backend) => {
      const [a, b] = [stack(factors.a, transposed.transposeA), stack(factors.b, transposed.transposeB)];
      // The library refuses these, in its own words.
      const refused = factors.a.dtype !== "float32" || factors.b.dtype !== "float32" || a.columns !== b.rows;
      if (refused) return library(factors, transposed, backend);
      const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.batch, b.batch);
      const shape = [...batch, a.rows, b.columns];
      if (a.columns === 0 || sizeOf(shape) === 0) {
        const zero = backend.makeOutput(shape, "float32");
        backend.typedArrayFromHeap(zero).fill(0);
        return zero;
      }
      // Rows of a stack that meet one and the same matrix are rows of one matrix.
      const oneMatrix = sizeOf(b.batch) === 1 && (sizeOf(a.batch) === 1 || !transposed.transposeA);
      const product = oneMatrix
        ? single(factors, transposed, backend)
        : multiplyStacks(tf, library, factors, transposed, batch, backend);
      return { ...product, shape };
    };
  });
}

/** The last two axes as they are multiplied, and those before. */
function stack({ shape }: TensorInfo, transposed: boolean) {
  const [height, width] = shape.slice(-2);
  const batch = shape.slice(0, -2);
  return transposed ? { batch, rows: width, columns: height } : { batch, rows: height, columns: width };
}

/** One second factor: [m, k] · [k, n], either of them given transposed; a first one that is not may be a stack. */
function singleProduct(library: Product): (...args: Parameters<Product>) => TensorInfo {
  const keptShapes = new WeakMap<object, string>();
  return ({ a, b }, { transposeA, transposeB }, backend) => {
    const [height, width] = a.shape.slice(-2);
    const [k, n] = transposeB ? b.shape.slice(-2).toReversed() : b.shape.slice(-2);
    const own: TensorInfo[] = [];
    const takeOver = (tensor: TensorInfo) => {
      own.push(tensor);
      return tensor;
    };
    const left = transposeA ? takeOver(swapOuter(backend, a, [height, 1, width])) : a;
    let right = transposeB ? takeOver(swapOuter(backend, b, [n, 1, k])) : b;
    const shape = `${k} ${n}`;
    const kept = keptShapes.get(b.dataId) ?? shape;
    // In the gradient of a layer's weights b is a batch: copied, so that what XNNPACK keeps of it goes at once.
    if (right === b && (transposeA || kept !== shape)) right = takeOver(duplicate(backend, b));
    if (right === b) keptShapes.set(b.dataId, shape);
    const rows = sizeOf(left.shape) / k;
    const factors = { a: reshape(left, 1, rows, k), b: reshape(right, 1, k, n) };
    const product = library(factors, { transposeA: false, transposeB: false }, backend) as TensorInfo;
    for (const { dataId } of own) backend.disposeData(dataId);
    return product;
  };
}

/** Stacks of matrices, which the library multiplies if they are equally high: the lower one is repeated first. */
function multiplyStacks(
  tf: TensorFlow,
  library: Product,
  { a, b }: Factors,
  transposed: Transposed,
  batch: readonly number[],
  backend: WasmBackend,
): TensorInfo {
  const tile = findKernel<{ x: TensorInfo }, { reps: number[] }>(tf, "Tile");
  const repeat = (x: TensorInfo) => {
    const own = [...Array(batch.length + 2 - x.shape.length).fill(1), ...x.shape];
    const reps = own.map((length, axis) => (axis < batch.length ? batch[axis] / length : 1));
    return tile({ x: reshape(x, ...own) }, { reps }, backend) as TensorInfo;
  };
  const high = (x: TensorInfo) => (sizeOf(x.shape.slice(0, -2)) === sizeOf(batch) ? x : repeat(x));
  const [left, right] = [high(a), high(b)];
  const product = library({ a: left, b: right }, transposed, backend) as TensorInfo;
  if (left !== a) backend.disposeData(left.dataId);
  if (right !== b) backend.disposeData(right.dataId);
  return product;
}
