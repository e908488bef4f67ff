import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aFunction, aNumber, checkKind, demand } from "../../ground/arguments/kinds.ts";
import { engine, tf } from "../tf.ts";
import { tidy } from "../tidy.ts";
import { record } from "./record.ts";
import { isRecording } from "./recording.ts";
import { openSession, type Session } from "./session.ts";
import { flatten, outline, rebuild } from "./structure.ts";

/** A function that computes what the original does, and how it does so. */
export interface Compiled<A extends readonly unknown[], R> {
  (...args: A): R;
  /** How the latest call was computed; of the first call, how the next one like it will be. */
  info(): CompileInfo;
  /** Frees the graphs; the function goes on working, and records anew. */
  dispose(): void;
}

/** How a compiled function computes. */
export interface CompileInfo {
  /** "graph": in one call of libtensorflow. "eager": operation by operation, as the original. */
  readonly mode: "graph" | "eager";
  /** Why it is eager. */
  readonly reason?: string;
  /** Milliseconds of the recorded run, which is an ordinary run of the function. */
  readonly traceMs: number;
  /** Milliseconds of writing the graph and loading it. */
  readonly loadMs: number;
  /** Nodes of the graph. */
  readonly nodes: number;
}

/** When a function is compiled. */
export interface CompileOptions {
  /** Calls with the same shapes that are computed eagerly before one is recorded; 0 if left out. */
  readonly after?: number;
}

/** What is known of calls with the same shapes. */
interface Variant {
  calls: number;
  info: CompileInfo;
  graph?: Graph;
}

interface Graph {
  readonly session: Session;
  readonly variables: readonly tf.Variable[];
  readonly result: unknown;
  readonly info: CompileInfo;
}

/** More shapes than these at a time are not kept: each is a graph in libtensorflow's memory. */
const KEPT_VARIANTS = 16;
const UNKNOWN: CompileInfo = {
  mode: "eager",
  reason: "it has not been called",
  traceMs: 0,
  loadMs: 0,
  nodes: 0,
};
const compiledFunctions = new WeakMap<object, Compiled<never, unknown>>();
const closing = new FinalizationRegistry<Map<string, Variant>>((variants) => close(variants));

/**
 * Turns a function of tensors into a graph that runs in one call: a `tf.function` for TensorFlow.js.
 *
 * The first call with arguments of new shapes is an ordinary one, whose operations are recorded where they reach
 * libtensorflow; from then on the recorded graph is run on the tensors that are given, with the same result to the
 * last bit. A step of many small operations becomes ten to twenty times as fast.
 *
 * The function must be one of its arguments and of variables, whose values of the moment of each call are used. All
 * else that it sees, tensors, numbers, branches, stays as it was in the recorded call. It may compute gradients
 * inside. It stays eager, and `info().reason` says why, if it reads numbers back, draws random numbers, changes
 * variables or returns no tensor, on other backends than tensorflow, and within a gradient or another recording. Where
 * an operation of the graph fails, the function itself is called, for its result or its error.
 *
 * The same function gives the same compiled one, so that a notebook's cell that is run again pays nothing.
 *
 * @param fn Takes and returns tensors and plain values, in arrays and objects if need be.
 */
export function compile<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  options: CompileOptions = {},
): Compiled<A, R> {
  checkKind("compile", "fn", fn, demand(aFunction));
  checkOptions("compile", options, "compile(fn, { after: 16 })", { after: aNumber });
  const known = compiledFunctions.get(fn);
  if (known) return known as unknown as Compiled<A, R>;
  const variants = new Map<string, Variant>();
  let latest = UNKNOWN;
  const eager = (reason: string, args: A): R => {
    latest = { ...UNKNOWN, reason };
    return fn(...args);
  };
  const call = (...args: A): R => {
    const obstacle = obstacleToGraphs();
    if (obstacle) return eager(obstacle, args);
    const { tensors, key } = flatten(args);
    const variant = variantOf(variants, key);
    try {
      return runVariant(variant, fn, args, tensors, options.after ?? 0);
    } finally {
      latest = variant.info;
    }
  };
  const compiled = Object.assign(call, { info: () => latest, dispose: () => close(variants) });
  compiledFunctions.set(fn, compiled as unknown as Compiled<never, unknown>);
  closing.register(compiled, variants);
  return compiled;
}

function obstacleToGraphs(): string | undefined {
  if (isRecording()) return "it is part of another function that is recorded";
  const state = (tf.engine() as unknown as { state: { gradientDepth: number } }).state;
  if (state.gradientDepth > 0) return "a gradient is computed, which needs each operation";
  if (engine.backend !== "tensorflow") return `the backend is ${engine.backend}; graphs need tensorflow`;
  return undefined;
}

/** The variant of these shapes, as the latest one used; the one unused for the longest time goes if there are too many. */
function variantOf(variants: Map<string, Variant>, key: string): Variant {
  const variant = variants.get(key) ?? { calls: 0, info: UNKNOWN };
  variants.delete(key);
  variants.set(key, variant);
  const [oldest] = variants.keys();
  if (variants.size > KEPT_VARIANTS) {
    variants.get(oldest)?.graph?.session.dispose();
    variants.delete(oldest);
  }
  return variant;
}

function runVariant<A extends readonly unknown[], R>(
  variant: Variant,
  fn: (...args: A) => R,
  args: A,
  tensors: readonly tf.Tensor[],
  after: number,
): R {
  const { graph, calls } = variant;
  if (graph) {
    const inputs = [...tensors, ...graph.variables.map(usable)];
    try {
      const results = graph.session.run(inputs);
      variant.info = graph.info;
      return rebuild(graph.result, results) as R;
    } catch (error) {
      // libtensorflow names a node of the graph; the function by itself may say what is wrong.
      variant.info = { ...graph.info, mode: "eager", reason: firstLine(error) };
      return fn(...args);
    }
  }
  if (calls < after) variant.info = { ...UNKNOWN, reason: `the first ${after} calls are eager` };
  const result = calls === after ? tidy(() => trace(variant, fn, args, tensors)) : fn(...args);
  // Not before: a call that throws may be repeated.
  variant.calls += 1;
  return result;
}

/** Records a call, and loads the graph if there can be one. */
function trace<A extends readonly unknown[], R>(
  variant: Variant,
  fn: (...args: A) => R,
  args: A,
  tensors: readonly tf.Tensor[],
): R {
  const start = performance.now();
  // An argument may be a variable or come twice; a copy shares its numbers and has an identity of its own.
  const copies = tensors.map((tensor) => tf.reshape(tensor, tensor.shape));
  const recording = record(() => fn(...(rebuild(args, copies) as A)), copies);
  const recorded = performance.now();
  const traceMs = recorded - start;
  const refuse = (reason: string) => {
    variant.info = { mode: "eager", reason, traceMs, loadMs: performance.now() - recorded, nodes: 0 };
  };
  const { outputs, refusal = outputs.length === 0 ? "the function returns no tensor" : undefined } =
    recording;
  if (refusal !== undefined) {
    refuse(refusal);
    return recording.result;
  }
  try {
    const session = openSession(recording);
    const placeholder = copies[0] ?? flatten(recording.result).tensors[0];
    const { variables } = recording;
    const result = outline(recording.result, placeholder);
    variant.info = { mode: "graph", traceMs, loadMs: performance.now() - recorded, nodes: session.nodes };
    variant.graph = { session, variables, result, info: variant.info };
  } catch (error) {
    refuse(firstLine(error));
  }
  return recording.result;
}

function firstLine(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0] : String(error);
}

function usable(variable: tf.Variable): tf.Variable {
  if (!variable.isDisposed) return variable;
  throw new Error(`the variable "${variable.name}", which a compiled function uses, has been disposed`);
}

function close(variants: Map<string, Variant>): void {
  for (const { graph } of variants.values()) graph?.session.dispose();
  variants.clear();
}
