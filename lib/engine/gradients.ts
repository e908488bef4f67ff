import type { GradConfig, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlow } from "./load.ts";

/** Operations that cannot be repaired by registering a gradient: these take the place of the library's own. */
type Replaced = Pick<TensorFlow, "logSoftmax" | "cumsum" | "cumprod">;

/**
 * Repairs the gradients of TensorFlow.js 4.22 for every backend, in four groups.
 *
 * The commonest fault: a gradient that saved the operation's *output* is cut off from the tape, so that a second
 * derivative through it is a wrong number without an error (tfjs issue 3252).
 *
 * @returns The operations that had to be replaced; those that are methods of a tensor too are replaced there.
 */
export function repairGradients(tf: TensorFlow): Replaced {
  const repairs = [...smooth(tf), ...piecewiseConstant(tf), ...rearranging(tf), ...cumulative(tf)];
  for (const repair of repairs) {
    if (tf.getGradient(repair.kernelName)) tf.unregisterGradient(repair.kernelName);
    tf.registerGradient(repair);
  }
  const operations = replacements(tf);
  for (const [name, operation] of Object.entries(operations)) {
    Object.assign(tf.Tensor.prototype, {
      [name](this: Tensor, ...rest: never[]) {
        return (operation as (...values: unknown[]) => Tensor)(this, ...rest);
      },
    });
  }
  return operations;
}

function replacements(tf: TensorFlow): Replaced {
  const { cumsum, cumprod } = tf;
  // wasm computes with a negative axis as an offset, outside of the tensor's memory.
  const fromFront = (x: Tensor, axis: number) => (axis < 0 ? axis + x.rank : axis);
  const operations = {
    logSoftmax: (value: Tensor, axis = -1) => tf.sub(value, tf.logSumExp(value, axis, true)),
    cumsum: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumsum(x, fromFront(x, axis), exclusive, reverse);
    },
    cumprod: (value: Tensor, axis = 0, exclusive = false, reverse = false) => {
      const x = asTensor(tf, value);
      return cumprod(x, fromFront(x, axis), exclusive, reverse);
    },
  };
  // The library's declarations have one type parameter more than an arrow function can express here.
  return operations as unknown as Replaced;
}

function asTensor(tf: TensorFlow, value: Tensor): Tensor {
  return value instanceof tf.Tensor ? value : tf.tensor(value);
}

/** Gradients that compute the operation's output anew from its input, so that they have a derivative themselves. */
function smooth(tf: TensorFlow): GradConfig[] {
  const { mul, sub } = tf;
  const unary = (kernelName: string, slope: (x: Tensor) => Tensor): GradConfig => ({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => mul(dy as Tensor, slope(x)) }),
  });
  // exp only of the side where it is used: an overflow on the other would turn into 0 · ∞ one derivative later.
  const expOfNegative = (x: Tensor) => tf.exp(tf.minimum(x, 0));
  const scaledElu = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
  return [
    unary("Exp", (x) => tf.exp(x)),
    unary("Tanh", (x) => sub(1, tf.square(tf.tanh(x)))),
    // σ(−x) rather than 1 − σ(x), which is 0 in float32 from x = 17 on.
    unary("Sigmoid", (x) => mul(tf.sigmoid(x), tf.sigmoid(tf.neg(x)))),
    unary("Elu", (x) => tf.where(tf.greater(x, 0), tf.onesLike(x), expOfNegative(x))),
    unary("Selu", (x) => {
      const negative = mul(expOfNegative(x), scaledElu.alpha);
      return mul(tf.where(tf.greater(x, 0), tf.onesLike(x), negative), scaledElu.scale);
    }),
    ...reluGradients(tf),
    softmaxGradient(tf),
    powGradient(tf),
  ];
}

/** Right in the library, and slow: its step function is four operations on tfjs-node, to keep NaN as it is. */
function reluGradients(tf: TensorFlow): GradConfig[] {
  const gradient = (dy: Tensor, x: Tensor): Tensor => {
    if (!tf.getKernel("ReluGrad", tf.getBackend())) return tf.mul(dy, tf.cast(tf.greater(x, 0), "float32"));
    return tf.engine().runKernel("ReluGrad", { dy, x }) as Tensor;
  };
  return [
    {
      kernelName: "Relu",
      inputsToSave: ["x"],
      gradFunc: (dy, [x]) => ({ x: () => gradient(dy as Tensor, x) }),
    },
    {
      kernelName: "ReluGrad",
      inputsToSave: ["x"],
      gradFunc: (dy, [x]) => ({ dy: () => gradient(dy as Tensor, x), x: () => tf.zerosLike(x) }),
    },
  ];
}

function softmaxGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Softmax",
    inputsToSave: ["logits"],
    gradFunc: (dy, [x], attributes) => ({
      logits: () => {
        const axis = attributes.dim as number;
        const y = tf.softmax(x, axis);
        const weighted = tf.mul(dy as Tensor, y);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, axis, true), y));
      },
    }),
  };
}

/** ∂aᵇ/∂a = b·aᵇ⁻¹ and ∂aᵇ/∂b = aᵇ·log a, the latter taken as 0 where a ≤ 0. */
function powGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "Pow",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, [a, b]) => ({
      a: () => sumTo(tf, a.shape, tf.mul(dy as Tensor, tf.mul(b, tf.pow(a, tf.sub(b, 1))))),
      b: () => {
        const positive = tf.greater(a, 0);
        const logarithm = tf.log(tf.where(positive, a, tf.onesLike(a)));
        return sumTo(tf, b.shape, tf.mul(dy as Tensor, tf.mul(tf.pow(a, b), logarithm)));
      },
    }),
  };
}

/** Sums over the axes along which an input of this shape was broadcast. */
function sumTo(tf: TensorFlow, shape: number[], value: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, value.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(value, axes) : value, shape);
}

/** Comparisons, logic and searches: their derivative is 0, and only has to exist (a `where` asks for it). */
function piecewiseConstant(tf: TensorFlow): GradConfig[] {
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
  ];
  return [
    ...binary.map((name) => zero(name, "a", "b")),
    zero("LogicalNot", "x"),
    zero("SearchSorted", "sortedSequence", "values"),
  ];
}

/** Operations that copy numbers to other places: the gradient copies them back. */
function rearranging(tf: TensorFlow): GradConfig[] {
  const list = (dy: Tensor | Tensor[]) => (Array.isArray(dy) ? dy : [dy]);
  return [
    // The library's gradient of the indices is the indices, which are refused for being integers; and the inverse
    // operation has none for its ids, which a second derivative asks for.
    withoutGradientOf(tf, "GatherV2", "indices", 1),
    withoutGradientOf(tf, "UnsortedSegmentSum", "segmentIds", 0),
    {
      kernelName: "GatherNd",
      inputsToSave: ["params", "indices"],
      gradFunc: (dy, [params, indices]) => ({
        params: () => tf.scatterND(indices, dy as Tensor, params.shape),
        indices: () => tf.zeros(indices.shape),
      }),
    },
    {
      kernelName: "ScatterNd",
      inputsToSave: ["indices"],
      gradFunc: (dy, [indices]) => ({
        updates: () => tf.gatherND(dy as Tensor, indices),
        indices: () => tf.zeros(indices.shape),
      }),
    },
    {
      kernelName: "TopK",
      inputsToSave: ["x"],
      outputsToSave: [false, true],
      gradFunc: (dys, [x, indices]) => ({
        x: () => {
          const chosen = tf.cast(tf.oneHot(indices as Tensor1D, x.shape[x.rank - 1]), "float32");
          return tf.sum(tf.mul(chosen, tf.expandDims(list(dys)[0], -1)), -2);
        },
      }),
    },
    stridedSliceGradient(tf),
    // The library hands over a lone part bare, and its own gradients expect an array.
    {
      kernelName: "Unpack",
      gradFunc: (dys, _saved, { axis }) => ({ value: () => tf.stack(list(dys), axis as number) }),
    },
    {
      kernelName: "SplitV",
      gradFunc: (dys, _saved, { axis }) => ({ x: () => tf.concat(list(dys), axis as number) }),
    },
    depthToSpaceGradient(tf),
  ];
}

/** The library's gradient, and 0 for the integer input that it saves at this place. */
function withoutGradientOf(tf: TensorFlow, kernelName: string, input: string, place: number): GradConfig {
  const original = tf.getGradient(kernelName);
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => ({
      ...original.gradFunc(dy, saved, attributes),
      [input]: () => tf.zeros(saved[place].shape),
    }),
  };
}

/** Slices the positions 0, 1, 2, … as the input was sliced, and adds each dy where its position came from. */
function stridedSliceGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "StridedSlice",
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
          attributes as unknown as Record<"begin" | "end" | "strides", number[]> & Record<string, number>;
        // As float32, exact up to 2²⁴: wasm reads a slice of integers as if they were floats.
        const positions = tf.reshape(tf.range(0, x.size), x.shape);
        const taken = tf.stridedSlice(
          positions,
          begin,
          end,
          strides,
          beginMask,
          endMask,
          ellipsisMask,
          newAxisMask,
          shrinkAxisMask,
        );
        const flat = tf.scatterND(
          tf.cast(tf.reshape(taken, [-1, 1]), "int32"),
          tf.reshape(dy as Tensor, [-1]),
          [x.size],
        );
        return tf.reshape(flat, x.shape);
      },
    }),
  };
}

/** Space to depth: [batch, h·s, w·s, c] → [batch, h, w, s·s·c]. */
function depthToSpaceGradient(tf: TensorFlow): GradConfig {
  return {
    kernelName: "DepthToSpace",
    gradFunc: (dy, _saved, attributes) => ({
      x: () => {
        const size = attributes.blockSize as number;
        if (attributes.dataFormat !== "NHWC") {
          throw new Error(`gradient of depthToSpace: expected NHWC, got ${attributes.dataFormat}`);
        }
        const [batch, height, width, channels] = (dy as Tensor4D).shape;
        const [rows, columns] = [height / size, width / size];
        const blocks = tf.reshape(dy as Tensor, [batch, rows, size, columns, size, channels]);
        return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [
          batch,
          rows,
          columns,
          size * size * channels,
        ]);
      },
    }),
  };
}

/** Cumulative sums and products, and the second derivative of a convolution. */
function cumulative(tf: TensorFlow): GradConfig[] {
  interface Attributes {
    axis: number;
    exclusive: boolean;
    reverse: boolean;
  }
  return [
    {
      // The library's own transposes the result whenever the axis is not the last.
      kernelName: "Cumsum",
      gradFunc: (dy, _saved, attributes) => {
        const { axis, exclusive, reverse } = attributes as unknown as Attributes;
        return { x: () => tf.cumsum(dy as Tensor, axis, exclusive, !reverse) };
      },
    },
    {
      kernelName: "Cumprod",
      inputsToSave: ["x"],
      gradFunc: (dy, [x], attributes) => {
        const { axis, exclusive, reverse } = attributes as unknown as Attributes;
        const last = x.rank - 1;
        const swapped = Array.from({ length: x.rank }, (_, i) => (i === axis ? last : i === last ? axis : i));
        const moved = (value: Tensor) => tf.transpose(value, swapped);
        return { x: () => moved(cumprodGradient(tf, moved(dy as Tensor), moved(x), exclusive, reverse)) };
      },
    },
    {
      kernelName: "Conv2DBackpropFilter",
      inputsToSave: ["x", "dy"],
      gradFunc: (ddFilter, [x, dy], attributes) => {
        const { strides, pad, dataFormat } = attributes as never as {
          strides: number;
          pad: "same";
          dataFormat: "NHWC";
        };
        const filter = ddFilter as Tensor4D;
        return {
          x: () => tf.conv2dTranspose(dy as Tensor4D, filter, (x as Tensor4D).shape, strides, pad),
          dy: () => tf.conv2d(x as Tensor4D, filter, strides, pad, dataFormat),
        };
      },
    },
  ];
}

/**
 * dx_j = Σ_i dy_i · Π_{k in the product i, k ≠ j} x_k, along the last axis.
 *
 * Dividing the whole product by x_j would be shorter and fails at x_j = 0; so the n × n products are formed with
 * factor j replaced by 1, at a cost of n² per row.
 */
function cumprodGradient(
  tf: TensorFlow,
  dy: Tensor,
  x: Tensor,
  exclusive: boolean,
  reverse: boolean,
): Tensor {
  const n = x.shape[x.rank - 1];
  const identity = tf.eye(n);
  // others[…, j, k] = x_k, or 1 for k = j
  const others = tf.add(tf.mul(tf.expandDims(x, -2), tf.sub(1, identity)), identity);
  const products = tf.cumprod(others, others.rank - 1, exclusive, reverse);
  const [j, i] = [tf.reshape(tf.range(0, n), [n, 1]), tf.reshape(tf.range(0, n), [1, n])];
  const later = reverse ? tf.sub(j, i) : tf.sub(i, j);
  const contains = tf.cast(exclusive ? tf.greater(later, 0) : tf.greaterEqual(later, 0), "float32");
  return tf.sum(tf.mul(tf.mul(products, contains), tf.expandDims(dy, -2)), -1);
}
