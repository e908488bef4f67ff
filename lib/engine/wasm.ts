import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as wasmPackage from "@tensorflow/tfjs-backend-wasm";
import type { TensorFlow } from "../ground/tensorflow.ts";
import { improveWasmKernels } from "./wasm/kernels.ts";

const require = createRequire(import.meta.url);
const PACKAGE = "@tensorflow/tfjs-backend-wasm";

/** The part of the global that is used here; TypeScript declares it only for browsers. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => object;
  validate(bytes: Uint8Array): boolean;
};

/** The parts of an emscripten module that are needed to start it; the backend uses more of it. */
interface EmscriptenModule {
  instantiateWasm(imports: object, done: (instance: object, module: object) => void): object;
  cwrap?(name: string, result: string | null, parameters: string[]): (...values: number[]) => number;
  tfjs?: Record<string, (...values: number[]) => number>;
}

let registered = false;

/**
 * Registers TensorFlow.js' WebAssembly backend as one that starts synchronously.
 *
 * The package fetches and compiles its binary asynchronously, as a browser must. In Node the binary is a local
 * file and may be compiled at once; emscripten's `instantiateWasm` hook is the place for it. Without this, no
 * tensor could be computed before an `await`, and a module loaded by `require` cannot await.
 *
 * @throws Error if the package or its binary is missing, or if it does not start synchronously.
 */
export function registerWasm(tf: TensorFlow): void {
  if (registered) return;
  const { BackendWasm } = require(PACKAGE) as typeof wasmPackage;
  // Loading the package has registered its asynchronous factory under this name.
  tf.removeBackend("wasm");
  // Before cpu (1) and after tfjs-node (3), as in the package.
  const priority = 2;
  tf.registerBackend("wasm", () => new BackendWasm(instantiate() as never), priority);
  improveWasmKernels(tf);
  registered = true;
}

function instantiate(): EmscriptenModule {
  const factory = require(`${PACKAGE}/wasm-out/tfjs-backend-wasm.js`) as (
    module: EmscriptenModule,
  ) => unknown;
  const name = hasSimd() ? "tfjs-backend-wasm-simd.wasm" : "tfjs-backend-wasm.wasm";
  const binary = new WebAssembly.Module(readFileSync(require.resolve(`${PACKAGE}/wasm-out/${name}`)));
  const module: EmscriptenModule = {
    instantiateWasm(imports, done) {
      done(new WebAssembly.Instance(binary, imports), binary);
      return {};
    },
  };
  withoutNewListeners(() => factory(module));
  const wrap = module.cwrap;
  if (!wrap) throw new Error(`${name} did not start at once; expected the binary of ${PACKAGE} 4.22`);
  module.tfjs = {
    init: wrap("init", null, []),
    initWithThreadsCount: wrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: wrap("get_threads_count", "number", []),
    registerTensor: wrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: wrap("dispose_data", null, ["number"]),
    dispose: wrap("dispose", null, []),
  };
  return module;
}

/** emscripten installs listeners that make a program's every unhandled rejection fatal: take them off again. */
function withoutNewListeners(run: () => void): void {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    const before = new Set(process.listeners(event as NodeJS.Signals));
    const inner = run;
    run = () => {
      inner();
      for (const listener of process.listeners(event as NodeJS.Signals)) {
        if (!before.has(listener)) process.removeListener(event, listener);
      }
    };
  }
  run();
}

/** Whether this processor and this Node compute with 128-bit vectors: asks them about the smallest such function. */
function hasSimd(): boolean {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const oneFunctionOfNothing = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00];
  const splatZeroAndDrop = [0x41, 0x00, 0xfd, 0x11, 0x1a, 0x0b];
  const code = [0x0a, 0x09, 0x01, 0x07, 0x00, ...splatZeroAndDrop];
  return WebAssembly.validate(Uint8Array.from([...header, ...oneFunctionOfNothing, ...code]));
}
