import type { GradConfig, NamedAttrMap, Tensor, Tensor5D } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

interface Attributes {
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number;
  readonly dilations?: number | readonly number[];
  readonly dimRoundingMode?: "floor";
}

/** Gradients of convolutions that are dilated, and second derivatives of those in depth and in space. */
export function convolving(tf: TensorFlow): GradConfig[] {
  return [
    ...["Conv2D", "DepthwiseConv2dNative", "Conv3D"].map((name) => dilate(tf, name)),
    ...depthwise(tf),
    ...spatial(tf),
  ];
}

/**
 * A dilated convolution is one with zeros between the filter's taps: its gradient is that one's, at the taps. The
 * library refuses.
 */
function dilate(tf: TensorFlow, kernelName: string): GradConfig {
  const original = tf.getGradient(kernelName);
  return {
    ...original,
    gradFunc: (dy, saved, attributes) => {
      const [x, filter] = saved;
      const axes = filter.rank - 2;
      const { dilations = 1 } = attributes as unknown as Attributes;
      const steps =
        typeof dilations === "number" ? Array<number>(axes).fill(dilations) : dilations.slice(-axes);
      if (steps.every((step) => step === 1)) return original.gradFunc(dy, saved, attributes);
      const spread = spreadFilter(tf, filter, steps);
      const once = { ...attributes, dilations: steps.map(() => 1) } as unknown as NamedAttrMap;
      const gradients = original.gradFunc(dy, [x, spread], once);
      const taps = [...steps, 1, 1];
      const atTaps = () =>
        tf.stridedSlice(
          gradients.filter(),
          taps.map(() => 0),
          spread.shape,
          taps,
        );
      return { x: gradients.x, filter: atTaps };
    },
  };
}

/** [k, …, inputs, outputs] → [(k − 1)·step + 1, …, inputs, outputs], 0 between the taps. */
export function spreadFilter(tf: TensorFlow, filter: Tensor, steps: readonly number[]): Tensor {
  return steps.reduce((spread, step, axis) => {
    if (step === 1) return spread;
    const { shape } = spread;
    const apart = tf.expandDims(spread, axis + 1);
    const padding = apart.shape.map((_, i) => [0, i === axis + 1 ? step - 1 : 0]) as [number, number][];
    const filled = tf.reshape(tf.pad(apart, padding), shape.with(axis, shape[axis] * step));
    return tf.slice(
      filled,
      shape.map(() => 0),
      shape.with(axis, (shape[axis] - 1) * step + 1),
    );
  }, filter);
}

function depthwise(tf: TensorFlow): GradConfig[] {
  const run = (name: string, inputs: Record<string, Tensor>, attributes: object) =>
    tf.engine().runKernel(name, inputs, attributes as never) as Tensor;
  const convolve = (x: Tensor, filter: Tensor, { strides, pad, dimRoundingMode }: Attributes) =>
    run("DepthwiseConv2dNative", { x, filter }, { strides, pad, dimRoundingMode, dilations: [1, 1] });
  const inputName = "DepthwiseConv2dNativeBackpropInput";
  const filterName = "DepthwiseConv2dNativeBackpropFilter";
  return [
    {
      kernelName: inputName,
      inputsToSave: ["dy", "filter"],
      gradFunc: (ddx, [dy, filter], attributes) => {
        const own = attributes as unknown as Attributes;
        const x = ddx as Tensor;
        return {
          dy: () => convolve(x, filter, own),
          filter: () => run(filterName, { x, dy }, { ...attributes, filterShape: filter.shape }),
        };
      },
    },
    {
      kernelName: filterName,
      inputsToSave: ["x", "dy"],
      gradFunc: (ddFilter, [x, dy], attributes) => {
        const filter = ddFilter as Tensor;
        return {
          x: () => run(inputName, { dy, filter }, { ...attributes, inputShape: x.shape }),
          dy: () => convolve(x, filter, attributes as unknown as Attributes),
        };
      },
    },
  ];
}

function spatial(tf: TensorFlow): GradConfig[] {
  const run = (name: string, inputs: Record<string, Tensor>, attributes: object) =>
    tf.engine().runKernel(name, inputs, attributes as never) as Tensor;
  return [
    {
      kernelName: "Conv3DBackpropInputV2",
      inputsToSave: ["dy", "filter"],
      gradFunc: (ddx, [dy, filter], attributes) => {
        const { strides, pad } = attributes as never as { strides: number; pad: "same" };
        const x = ddx as Tensor5D;
        return {
          dy: () => tf.conv3d(x, filter as Tensor5D, strides, pad),
          filter: () => run("Conv3DBackpropFilterV2", { x, dy }, { strides, pad, filterShape: filter.shape }),
        };
      },
    },
    {
      kernelName: "Conv3DBackpropFilterV2",
      inputsToSave: ["x", "dy"],
      gradFunc: (ddFilter, [x, dy], attributes) => {
        const { strides, pad } = attributes as never as { strides: number; pad: "same" };
        const filter = ddFilter as Tensor5D;
        return {
          x: () => run("Conv3DBackpropInputV2", { dy, filter }, { strides, pad, inputShape: x.shape }),
          dy: () => tf.conv3d(x as Tensor5D, filter, strides, pad),
        };
      },
    },
  ];
}
