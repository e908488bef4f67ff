import { createRequire } from "node:module";
import type { TensorFlow } from "../ground/tensorflow.ts";
import { addDisplay } from "./display.ts";
import { repairGradients } from "./gradients.ts";
import type { Library } from "./library.ts";
import { describeNative, loadNative } from "./native.ts";
import { replaceOperations } from "./operations/operations.ts";
import { repairOptimizers } from "./optimizers.ts";
import { repairPlainKernels } from "./plain/kernels.ts";
import { repairVolumes } from "./plain/volumes.ts";
import { registerWasm } from "./wasm.ts";

/** Backends in the order in which they are tried. */
export const BACKENDS = ["tensorflow", "wasm", "cpu"] as const;
/** tfjs-node's native library, TensorFlow.js on WebAssembly, or plain JavaScript. */
export type Backend = (typeof BACKENDS)[number];

/** TensorFlow.js with an active backend. */
export interface LoadedEngine {
  readonly tf: TensorFlow;
  readonly reason: string;
}

const require = createRequire(import.meta.url);
const REMEDY =
  "`npm run doctor` shows what is missing; without FLOWLAB_BACKEND the fastest backend is chosen";

/**
 * Loads TensorFlow.js, repairs it and starts a backend, synchronously and without a word on the console.
 *
 * @param wish A backend's name, or nothing to take the first of {@link BACKENDS} that starts.
 * @throws Error if the name is unknown, or if that backend cannot be started.
 */
export function loadEngine(wish: string | undefined): LoadedEngine {
  const failures: string[] = [];
  for (const backend of wish ? [parseBackend(wish)] : BACKENDS) {
    try {
      const tf = load(backend);
      start(tf, backend);
      return { tf, reason: wish ? `FLOWLAB_BACKEND=${wish}` : failures.join("; ") || "the fastest there is" };
    } catch (error) {
      failures.push(`backend "${backend}" cannot be used: ${firstLine(error)}`);
    }
  }
  throw new Error(`${failures.join("; ")}. ${REMEDY}`);
}

function parseBackend(name: string): Backend {
  const backend = BACKENDS.find((known) => known === name);
  if (backend) return backend;
  throw new Error(`FLOWLAB_BACKEND is "${name}"; expected one of ${BACKENDS.join(", ")}. ${REMEDY}`);
}

function load(backend: Backend): TensorFlow {
  const original = (backend === "tensorflow" ? loadNative() : require("@tensorflow/tfjs")) as TensorFlow;
  original.env().set("DEPRECATION_WARNINGS_ENABLED", false);
  addDisplay(original);
  repairGradients(original);
  repairPlainKernels(original);
  repairVolumes(original);
  repairOptimizers(original);
  // Exports of a module cannot be replaced, so the repaired operations go into a copy.
  return { ...original, ...replaceOperations(original) };
}

/**
 * Makes a backend the active one, registering it first where that is needed.
 *
 * @throws Error if it cannot be started.
 */
export function start(tf: TensorFlow, backend: Backend): void {
  if (backend === "wasm") registerWasm(tf);
  if (backend === "tensorflow") loadNative();
  if (!tf.setBackend(backend)) throw new Error("TensorFlow.js refused to start it");
  // The plain JavaScript backend greets its first user with an advertisement for tfjs-node.
  if (backend === "cpu") Object.assign(tf.backend(), { firstUse: false });
}

/** The library under the active backend. */
export function describeLibrary(tf: TensorFlow): Library {
  if (tf.getBackend() === "tensorflow") return describeNative(tf);
  return { version: tf.version.tfjs, threads: 1, xla: false };
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0].trim();
}
