import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import util from "node:util";
import type { Operations } from "./call.fixture.ts";

const require = createRequire(import.meta.url);

/**
 * TensorFlow.js' plain JavaScript backend, unrepaired, in double precision: its own code, to which `Float32Array` is
 * `Float64Array`. So each operation has a reference that no repair has touched, exact enough for differences.
 */
export function loadOracle(): Operations {
  const path = require.resolve("@tensorflow/tfjs/dist/tf.es2017.min.js");
  const module = { exports: {} };
  const names = ["module", "exports", "require", "Float32Array", "window", "global", "self", "console"];
  const run = new Function(...names, readFileSync(path, "utf8"));
  // The backend greets its first user with an advertisement.
  const quiet = { ...console, warn: () => {}, log: () => {} };
  // It asks Node whether an array is one of float32 numbers.
  const types = { ...util.types, isFloat32Array: util.types.isFloat64Array };
  const requireFor = (name: string) => (name === "util" ? { ...util, types } : require(name));
  // A global object of its own: there TensorFlow.js keeps its engine, of which a process has only one.
  run(module, module.exports, requireFor, Float64Array, undefined, {}, undefined, quiet);
  const oracle = module.exports as Operations;
  oracle.setBackend("cpu");
  return oracle;
}
