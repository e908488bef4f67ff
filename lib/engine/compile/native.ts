import { createRequire } from "node:module";
import { tf } from "../tf.ts";

/** An operation's attribute, as tfjs-node's kernels give it. */
export interface Attribute {
  readonly name: string;
  /** One of the addon's TF_ATTR constants. */
  readonly type: number;
  readonly value: unknown;
}

/** What the addon tells of a tensor that it has made. */
export interface Made {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** tfjs-node's addon. */
export interface Binding {
  readonly TF_STRING: number;
  readonly TF_FLOAT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): Made[];
  createTensor(shape: number[], dtype: number, values: ArrayBufferView): number;
  tensorDataSync(id: number): ArrayBufferView;
  loadSavedModel(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: number[], inputNames: string, outputNames: string): Made[];
  deleteSavedModel(session: number): void;
  getNumOfSavedModels(): number;
}

/** What tfjs-node's backend keeps of a tensor. */
interface Entry {
  readonly shape: number[];
  /** One of the addon's type constants. */
  readonly dtype: number;
}

/** tfjs-node's backend, as far as a recording looks into it. */
export interface NativeBackend {
  binding: Binding;
  readonly tensorMap: { get(dataId: object): Entry };
  getInputTensorIds(tensors: readonly { dataId: object }[]): number[];
  createOutputTensor(made: Made): tf.Tensor;
  readSync(dataId: object): unknown;
  refCount(dataId: object): number;
}

const require = createRequire(import.meta.url);

/** tfjs-node's backend, which must be the active one. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as unknown as NativeBackend;
}

/** How many graphs the addon holds: those that were compiled and not disposed of. The backend is tfjs-node's. */
export function countGraphs(): number {
  return nativeBackend().binding.getNumOfSavedModels();
}

/** TensorFlow's protocol buffer messages, which tfjs-node brings along, as setters that are needed here. */
// biome-ignore lint/suspicious/noExplicitAny: the generated classes have no declarations
export function messages(): Record<string, any> {
  return require("@tensorflow/tfjs-node/dist/proto/api_pb");
}
