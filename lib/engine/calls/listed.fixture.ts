import type { Calls, Operations } from "./call.fixture.ts";
import { ELEMENTWISE } from "./elementwise.fixture.ts";
import { LOSSES } from "./losses.fixture.ts";
import { MADE } from "./made.fixture.ts";
import { PLACES } from "./places.fixture.ts";
import { PRODUCTS } from "./products.fixture.ts";
import { REDUCTIONS } from "./reduction.fixture.ts";
import { WINDOWS_CALLS } from "./windows.fixture.ts";
import { WORDS } from "./words.fixture.ts";

/** Every operation and the ways to call it. */
export const CALLS: Calls = {
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...PLACES,
  ...PRODUCTS,
  ...WINDOWS_CALLS,
  ...LOSSES,
  ...MADE,
  ...WORDS,
};

/** Namespaces of `tf` that hold operations. */
export const NAMESPACES = [
  "fused",
  "image",
  "linalg",
  "losses",
  "math",
  "signal",
  "sparse",
  "spectral",
  "string",
];

/** Exports that are no operations, by what they are. Classes begin with a capital letter. */
export const NO_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  "the engine, its backends, kernels and gradients": [
    ...[
      "backend",
      "copyRegisteredKernels",
      "engine",
      "env",
      "findBackend",
      "findBackendFactory",
      "getBackend",
    ],
    ...[
      "getGradient",
      "getKernel",
      "getKernelsForBackend",
      "op",
      "ready",
      "registerBackend",
      "registerGradient",
    ],
    ...[
      "registerKernel",
      "removeBackend",
      "setBackend",
      "setPlatform",
      "unregisterGradient",
      "unregisterKernel",
    ],
    ...["enableDebugMode", "enableProdMode", "deprecationWarn", "disableDeprecationWarnings", "nextFrame"],
    ...["kernel_impls", "backend_util", "broadcast_util", "gather_util", "scatter_util", "slice_util"],
    ...[
      "tensor_util",
      "test_util",
      "util",
      "device_util",
      "io",
      "serialization",
      "shared",
      "version",
      "node",
    ],
    ...["upcastType", "sumOutType", "enclosingPowerOfTwo"],
  ],
  "gradients, tested throughout": [
    "customGrad",
    "grad",
    "grads",
    "valueAndGrad",
    "valueAndGrads",
    "variableGrads",
  ],
  "memory and time": ["dispose", "disposeVariables", "keep", "memory", "print", "profile", "tidy", "time"],
  "random numbers, tested in seeded.test.ts": [
    ...[
      "dropout",
      "multinomial",
      "rand",
      "randomGamma",
      "randomNormal",
      "randomStandardNormal",
      "randomUniform",
    ],
    ...["randomUniformInt", "truncatedNormal", "initializers"],
  ],
  "optimizers, tested in optimizers.test.ts": ["train"],
  "layers and models, made of operations": [
    ...["callbacks", "constraints", "data", "input", "layers", "loadGraphModel", "loadGraphModelSync"],
    ...[
      "loadLayersModel",
      "metrics",
      "model",
      "models",
      "registerCallbackConstructor",
      "regularizers",
      "sequential",
    ],
    ...["registerOp", "deregisterOp"],
  ],
  "of browsers and their graphics cards": [
    ...["browser", "forceHalfFloat", "gpgpu_util", "setWebGLContext", "webgl", "webgl_util"],
  ],
};

/** Names of everything that `tf` exports as an operation, found by looking: `exp`, `linalg.qr` … */
export function exportedOperations(tf: Operations): string[] {
  const none = new Set(Object.values(NO_OPERATIONS).flat());
  const known = (name: string) => none.has(name) || /^[A-Z]/.test(name);
  const seen = new Set<unknown>();
  const names: string[] = [];
  const add = (name: string, value: unknown) => {
    if (typeof value !== "function" || seen.has(value)) return;
    seen.add(value);
    names.push(name);
  };
  const exported = Object.keys(tf).filter((name) => !known(name));
  for (const name of exported) add(name, tf[name]);
  for (const space of NAMESPACES)
    for (const name of Object.keys(tf[space])) add(`${space}.${name}`, tf[space][name]);
  const strays = exported.filter((name) => typeof tf[name] === "object" && !NAMESPACES.includes(name));
  return [...names, ...strays].filter((name) => !/^version/.test(name));
}
