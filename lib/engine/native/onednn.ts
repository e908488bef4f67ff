import type { KernelFunc, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** An operation's attribute, as kernels of tfjs-node give it. */
interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What tfjs-node's backend offers to its kernels. */
interface NativeBackend {
  readonly binding: {
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
  };
  executeSingleOutput(name: string, attributes: Attribute[], inputs: TensorInfo[]): Tensor;
}

/** From so many input channels on, oneDNN's gradients of a convolution are the faster ones. */
const LEAST_CHANNELS = 8;

/** One call of a kernel. */
type Call = Parameters<KernelFunc>[0];

/**
 * Lets oneDNN, which libtensorflow contains on x86-64, compute what it is faster at: convolutions, and products with a
 * transposed matrix, which are the gradients of a network's weights and of its inputs.
 *
 * For a 3×3 convolution of 16×16×16 with 16 outputs it is 2 times as fast, for its gradients 3 (input) and 2 times
 * (filter): `node lib/engine/speed.fixture.ts`. A product alone is too short to be timed by itself; the training step of a
 * flow of four spline couplings takes a tenth less.
 *
 * The operations are called by their own names, one by one. The switch TF_ENABLE_ONEDNN_OPTS is for all operations at
 * once, slows the small ones down, and prints a banner that no log level silences.
 *
 * Before the first use an operation is tried: where it is missing, or computes something else, all stays as it was.
 */
export function addOneDnnKernels(tf: TensorFlow): void {
  const replace = (kernelName: string, replacement: (original: KernelFunc) => KernelFunc) => {
    const original = kernelOf(tf, kernelName);
    const replaced = replacement(original);
    let works: boolean | undefined;
    tf.unregisterKernel(kernelName, "tensorflow");
    tf.registerKernel({
      kernelName,
      backendName: "tensorflow",
      kernelFunc: (call) => {
        works ??= giveTheSame(tf, original, replaced, exampleOf(tf, kernelName, call));
        return (works ? replaced : original)(call);
      },
    });
  };
  for (const name of ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"]) replace(name, convolution);
  replace("BatchMatMul", matrixProduct);
}

function kernelOf(tf: TensorFlow, name: string): KernelFunc {
  const kernel = tf.getKernel(name, "tensorflow");
  if (!kernel) throw new Error(`tfjs-node has no kernel ${name}`);
  return kernel.kernelFunc;
}

/** The kernel with the same attributes for oneDNN's operation. */
function convolution(original: KernelFunc): KernelFunc {
  return (call) => {
    const native = call.backend as NativeBackend;
    const executeSingleOutput: NativeBackend["executeSingleOutput"] = (name, attributes, inputs) =>
      fits(name, attributes, inputs)
        ? native.executeSingleOutput(`_MklNative${name}`, [...attributes, label(native)], inputs)
        : native.executeSingleOutput(name, attributes, inputs);
    return original({
      ...call,
      backend: Object.create(native, { executeSingleOutput: { value: executeSingleOutput } }),
    });
  };
}

function fits(name: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): boolean {
  const attribute = (wanted: string) => attributes.find((one) => one.name === wanted)?.value;
  if (attribute("padding") === "EXPLICIT" || attribute("data_format") !== "NHWC") return false;
  if (!(attribute("dilations") as number[]).every((dilation) => dilation === 1)) return false;
  const images = inputs.filter((input) => input.shape.length === 4);
  if (images.some((input) => input.dtype !== "float32" || input.shape.includes(0))) return false;
  if (name === "Conv2D") return true;
  // Of the gradient for the input: filter [height, width, inputs, outputs]; for the filter: images [..., inputs].
  const channels = name === "Conv2DBackpropInput" ? images[0].shape[2] : images[0].shape[3];
  return channels >= LEAST_CHANNELS;
}

function matrixProduct(original: KernelFunc): KernelFunc {
  return (call) => {
    const { a, b } = call.inputs as unknown as Record<"a" | "b", Tensor>;
    const { transposeA, transposeB } = call.attrs as unknown as Record<"transposeA" | "transposeB", boolean>;
    const matrices = [a, b].every(({ shape, size, dtype }) => {
      return shape.length === 2 && size > 0 && dtype === "float32";
    });
    if (!matrices || !(transposeA || transposeB)) return original(call);
    const native = call.backend as NativeBackend;
    const { TF_ATTR_BOOL: type, TF_ATTR_TYPE, TF_FLOAT } = native.binding;
    const attributes = [
      { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
      { name: "transpose_a", type, value: transposeA },
      { name: "transpose_b", type, value: transposeB },
    ];
    return native.executeSingleOutput("_MklMatMul", [...attributes, label(native)], [a, b]);
  };
}

/** Kernels of oneDNN are registered under a label, which TensorFlow's own rewriting of graphs would add. */
function label({ binding }: NativeBackend): Attribute {
  return { name: "_kernel", type: binding.TF_ATTR_STRING, value: "MklNameChangeOp" };
}

/** A small call of each kernel. */
function exampleOf(tf: TensorFlow, kernel: string, { backend }: Call): () => Call {
  const range = (...shape: number[]) => tf.sin(tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape));
  const [inputShape, filterShape] = [
    [1, 3, 3, LEAST_CHANNELS],
    [3, 3, LEAST_CHANNELS, 2],
  ];
  const same = {
    strides: [1, 1],
    pad: "same",
    dataFormat: "NHWC",
    dilations: [1, 1],
    inputShape,
    filterShape,
  };
  return () => {
    const [x, filter, dy] = [range(...inputShape), range(...filterShape), range(1, 3, 3, 2)];
    if (kernel !== "BatchMatMul") return { inputs: { x, filter, dy }, attrs: same, backend };
    const attrs = { transposeA: true, transposeB: false };
    return { inputs: { a: range(5, 3), b: range(5, 2) }, attrs, backend };
  };
}

function giveTheSame(
  tf: TensorFlow,
  original: KernelFunc,
  replaced: KernelFunc,
  example: () => Call,
): boolean {
  return tf.tidy(() => {
    try {
      const [expected, got] = [original, replaced].map((run) => (run(example()) as Tensor).dataSync());
      return got.every((number, i) => Math.abs(number - expected[i]) < 1e-4) as never;
    } catch {
      return false as never;
    }
  }) as unknown as boolean;
}
