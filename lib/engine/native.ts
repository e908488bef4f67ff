import { createRequire } from "node:module";
import util from "node:util";
import type { TensorFlow } from "../ground/tensorflow.ts";
import type { Library } from "./library.ts";
import { borrowForNative } from "./native/borrowed.ts";
import { addMissingNativeKernels } from "./native/kernels.ts";
import { addOneDnnKernels } from "./native/onednn.ts";
import { shortenNativeKernels } from "./native/shorter.ts";

const require = createRequire(import.meta.url);

/** What tfjs-node's backend shows of its addon. */
interface Binding {
  readonly TF_Version: string;
  executeOp(name: string, attributes: object[], inputs: number[], outputs: number): unknown;
}

/**
 * Loads tfjs-node, which registers and activates the backend `tensorflow`.
 *
 * @throws Error if the package, its addon or libtensorflow is missing.
 */
export function loadNative(): TensorFlow {
  restoreOldFunctions();
  setDefaults();
  const tf = require("@tensorflow/tfjs-node") as TensorFlow;
  // Kernels outlive this module, which a process may hold twice: as source and compiled.
  if (!tf.getKernel("SearchSorted", "tensorflow")) {
    addMissingNativeKernels(tf);
    borrowForNative(tf);
    shortenNativeKernels(tf);
    // XLA compiles TensorFlow's own operations only, and would stop at each of these.
    if (!asksForXla()) addOneDnnKernels(tf);
  }
  return tf;
}

/** tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 removed, and util.isArray, which warns. */
function restoreOldFunctions(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

/**
 * libtensorflow reads these once, when it is loaded; what the user has set stays.
 *
 * One thread within an operation: the tensors of a small flow cost less to compute than to hand to a pool in pieces
 * (a 256×64 by 64×64 product took 0.04 ms with one thread, 0.14 ms with two). How many threads work on the operations
 * of a compiled graph, its first session chooses. Log level 2 drops the banner and leaves errors. oneDNN announces
 * itself on stderr whatever the level, and is slower for small operations: `native/onednn.ts` calls it where it is faster.
 */
function setDefaults(): void {
  process.env.TF_NUM_INTRAOP_THREADS ??= "1";
  if (process.env.FLOWLAB_XLA === "1") process.env.TF_XLA_FLAGS ??= XLA_FLAGS;
  // What XLA has compiled is a few long operations in a row: they stay in the calling thread.
  if (asksForXla()) process.env.TF_NUM_INTEROP_THREADS ??= "-1";
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
}

/** Not --tf_xla_async_compilation: the process crashes if it ends, or frees a graph, while XLA is still at work. */
const XLA_FLAGS = "--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit";

/** Whether graphs are to be compiled by XLA: by FLOWLAB_XLA=1, or by TensorFlow's own variable. */
export function asksForXla(): boolean {
  return /tf_xla_auto_jit=[12]/.test(process.env.TF_XLA_FLAGS ?? "");
}

/** Version, threads and abilities of the loaded libtensorflow, whose backend must be the active one. */
export function describeNative(tf: TensorFlow): Library {
  return {
    version: bindingOf(tf).TF_Version,
    threads: Number(process.env.TF_NUM_INTRAOP_THREADS ?? 0),
    xla: asksForXla() && hasOperation(tf, "XlaLaunch"),
  };
}

/** Whether libtensorflow contains an operation: called without arguments, an unknown one fails with other words. */
export function hasOperation(tf: TensorFlow, name: string): boolean {
  try {
    bindingOf(tf).executeOp(name, [], [], 1);
    return true;
  } catch (error) {
    return !/not registered|neither a type of a primitive operation/.test(String(error));
  }
}

function bindingOf(tf: TensorFlow): Binding {
  return (tf.backend() as unknown as { binding: Binding }).binding;
}
