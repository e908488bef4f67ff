import type * as tfjs from "@tensorflow/tfjs";
import type { TensorFlow } from "../ground/tensorflow.ts";
import { BACKENDS, type Backend, describeLibrary, type LoadedEngine, loadEngine, start } from "./load.ts";

let loaded: LoadedEngine | undefined;

function current(): LoadedEngine {
  loaded ??= loadEngine(process.env.FLOWLAB_BACKEND);
  return loaded;
}

/**
 * TensorFlow.js on the fastest backend that works here, with its known gradient faults repaired.
 *
 * The backend is tfjs-node if that loads, else WebAssembly, else plain JavaScript; `FLOWLAB_BACKEND=tensorflow`,
 * `wasm` or `cpu` in the environment decides otherwise. It is loaded at its first use, synchronously, so that a
 * program that computes no tensor does not wait for it; a notebook's kernel loads it while a learner reads. To change
 * the backend after that, call {@link useBackend}.
 *
 * @throws Error at the first use, if `FLOWLAB_BACKEND` is unknown or names a backend that cannot be started.
 */
export const tf: TensorFlow = new Proxy({} as TensorFlow, {
  get: (_, key) => current().tf[key as keyof TensorFlow],
  has: (_, key) => key in current().tf,
  ownKeys: () => Reflect.ownKeys(current().tf),
  getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(current().tf, key),
});

/** The types of TensorFlow.js that programs name: `tf.Tensor`, `tf.Variable` … */
export declare namespace tf {
  type Tensor<R extends tfjs.Rank = tfjs.Rank> = tfjs.Tensor<R>;
  type Scalar = tfjs.Scalar;
  type Tensor1D = tfjs.Tensor1D;
  type Tensor2D = tfjs.Tensor2D;
  type Tensor3D = tfjs.Tensor3D;
  type Tensor4D = tfjs.Tensor4D;
  type Variable<R extends tfjs.Rank = tfjs.Rank> = tfjs.Variable<R>;
  type Rank = tfjs.Rank;
  type DataType = tfjs.DataType;
  type TensorLike = tfjs.TensorLike;
  type TensorContainer = tfjs.TensorContainer;
  type NamedTensorMap = tfjs.NamedTensorMap;
  type Optimizer = tfjs.Optimizer;
}

/** What computes the tensors of this process, and why. Reading a property loads the engine if nothing has yet. */
export const engine = {
  /** The active backend: `tensorflow`, `wasm` or `cpu`. */
  get backend(): string {
    return current().tf.getBackend();
  },
  /** Why it was chosen, with the reason why each faster one was not. */
  get reason(): string {
    return current().reason;
  },
  /** Version of the numerical library: libtensorflow's on `tensorflow`, that of TensorFlow.js elsewhere. */
  get version(): string {
    return describeLibrary(current().tf).version;
  },
  /** Threads that one operation may use; 0 if the library is left to decide. */
  get threads(): number {
    return describeLibrary(current().tf).threads;
  },
  /** Whether compiled graphs are compiled once more, by XLA (FLOWLAB_XLA=1): slower to start, then faster at large batches. */
  get xla(): boolean {
    return describeLibrary(current().tf).xla;
  },
};

/**
 * Switches to another backend; tensors that exist follow by themselves when they are used.
 *
 * @throws Error if the backend cannot be started here.
 */
export function useBackend(backend: Backend): void {
  start(current().tf, backend);
}

/** The backends that start on this machine, the fastest first. Starts each of them and returns to the active one. */
export function availableBackends(): Backend[] {
  const active = current().tf.getBackend() as Backend;
  const available = BACKENDS.filter((backend) => {
    try {
      useBackend(backend);
      return true;
    } catch {
      return false;
    }
  });
  useBackend(active);
  return available;
}
