import { createHash } from "node:crypto";
import { tf } from "../engine/tf.ts";
import { type Attribute, type Binding, type NativeBackend, nativeBackend } from "./native.ts";
import { whileRecording } from "./recording.ts";
import { simplify } from "./simplify.ts";
import { flatten } from "./structure.ts";

/** One output of one node. */
export interface Source {
  readonly node: number;
  readonly output: number;
  /** The tensor's type: one of the addon's constants. */
  readonly type: number;
}

/** A node of the graph: an operation, a number that never changes, or a place for a tensor that is given at each run. */
export type Node =
  | {
      readonly kind: "operation";
      readonly name: string;
      readonly attributes: readonly Attribute[];
      readonly inputs: readonly Source[];
      /** Shapes of the outputs. */
      readonly shapes: readonly (readonly number[])[];
    }
  | {
      readonly kind: "constant";
      readonly shape: readonly number[];
      readonly dtype: number;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "input"; readonly shape: readonly number[]; readonly dtype: number };

/** What one run of a function has done. */
export interface Recording<R> {
  /** What the function returned: the true result of this run. */
  readonly result: R;
  readonly nodes: readonly Node[];
  /** The nodes of kind "input": those of the arguments, then one of each variable that was read. */
  readonly inputs: readonly number[];
  readonly variables: readonly tf.Variable[];
  /** Where the result's tensors come from. */
  readonly outputs: readonly Source[];
  /** Why the recording cannot stand for other runs, if it cannot. */
  readonly refusal?: string;
}

/** Operations of TensorFlow that draw random numbers themselves. */
const RANDOM = /^(Random|Stateless|StatelessRandom|TruncatedNormal|ParameterizedTruncated|Multinomial)/;

/** Operations whose result depends on the shape of their input alone, which is always the same in a graph. */
const OF_SHAPE = new Set(["ZerosLike", "OnesLike", "Shape", "Rank", "Size"]);

/** Operations whose kernel leaves out the type of the first input, and the attribute's name. */
const INFERRED: Readonly<Record<string, string>> = { ExpandDims: "T" };

/**
 * Runs a function once and records the operations in which it reaches libtensorflow.
 *
 * The run itself is an ordinary one; its result is right whatever the recording is good for.
 *
 * @param args Tensors that stand for the arguments: each of them must be a copy with an identity of its own.
 */
export function record<R>(run: () => R, args: readonly tf.Tensor[]): Recording<R> {
  const recorder = startRecorder(nativeBackend(), args);
  const variables = new Map(registeredVariables().map((one) => [one, one.dataId]));
  const result = recorder.during(run);
  const assigned = registeredVariables().find((one) => variables.get(one) !== one.dataId);
  if (assigned) {
    recorder.refuse(`the function changes the variable "${assigned.name}"; return the new value instead`);
  }
  return { result, ...recorder.finish(flatten(result).tensors) };
}

interface Recorder {
  during<T>(run: () => T): T;
  refuse(reason: string): void;
  finish(results: readonly tf.Tensor[]): Omit<Recording<unknown>, "result">;
}

function startRecorder(backend: NativeBackend, args: readonly tf.Tensor[]): Recorder {
  const nodes: Node[] = [];
  const sources = new Map<number, Source>();
  const varying = new Set<number>();
  const captured = new Map<tf.Variable, number>();
  const constants = new Map<string, number>();
  let refusal: string | undefined;
  const refuse = (reason: string) => {
    refusal ??= reason;
  };
  const add = (node: Node): number => nodes.push(node) - 1;
  const addInput = (dataId: object, id: number): number => {
    const { shape, dtype } = backend.tensorMap.get(dataId);
    if (dtype === backend.binding.TF_STRING) refuse("an argument or a variable holds texts");
    const node = add({ kind: "input", shape, dtype });
    sources.set(id, { node, output: 0, type: dtype });
    varying.add(node);
    return node;
  };
  const inputs = backend.getInputTensorIds(args).map((id, i) => addInput(args[i].dataId, id));
  const variableOf = variablesByData(backend);
  const { binding, readSync } = backend;
  const originalIds = backend.getInputTensorIds;

  const addConstant = (id: number, shape: readonly number[], dtype: number) => {
    const bytes = copyOfBytes(binding.tensorDataSync(id));
    // The same axes and factors come hundreds of times.
    const key = `${dtype} [${shape}] ${createHash("sha1").update(bytes).digest("base64")}`;
    const node = constants.get(key) ?? add({ kind: "constant", shape, dtype, bytes });
    constants.set(key, node);
    sources.set(id, { node, output: 0, type: dtype });
  };

  /** The first sight of a tensor that no recorded operation has made. */
  const meet = (tensor: { dataId?: object }, id: number) => {
    if (!tensor.dataId) return refuse("an operation takes a 64-bit integer");
    const variable = variableOf.get(tensor.dataId);
    if (variable) return void captured.set(variable, addInput(tensor.dataId, id));
    const { shape, dtype } = backend.tensorMap.get(tensor.dataId);
    if (dtype === binding.TF_STRING) return refuse("an operation takes texts");
    addConstant(id, shape, dtype);
  };
  const executeOp: Binding["executeOp"] = (name, attributes, ids, count) => {
    const made = binding.executeOp(name, attributes, ids, count);
    if (RANDOM.test(name)) refuse(`the operation ${name} draws random numbers; draw them outside`);
    const from = ids.flatMap((id) => sources.get(id) ?? []);
    if (from.length < ids.length) refuse(`the operation ${name} takes a tensor of unknown origin`);
    const varies = !OF_SHAPE.has(name) && from.some((source) => varying.has(source.node));
    if (!varies && made.every(({ dtype }) => dtype !== binding.TF_STRING)) {
      for (const { id, shape, dtype } of made) addConstant(id, shape, dtype);
      return made;
    }
    const node = add({
      kind: "operation",
      name,
      attributes: completed(binding, name, attributes, from),
      inputs: from,
      shapes: made.map(({ shape }) => shape),
    });
    if (varies) varying.add(node);
    for (const [output, { id, dtype }] of made.entries()) sources.set(id, { node, output, type: dtype });
    return made;
  };
  // The addon's own properties cannot be changed; this object hides one of them.
  const recording: Binding = Object.create(binding, { executeOp: { value: executeOp } });
  const patched = {
    binding: recording,
    getInputTensorIds(tensors: readonly { dataId: object }[]) {
      const ids = originalIds.call(backend, tensors);
      for (const [i, id] of ids.entries()) if (!sources.has(id)) meet(tensors[i], id);
      return ids;
    },
    readSync(dataId: object) {
      const source = sources.get(originalIds.call(backend, [{ dataId }])[0]);
      if (variableOf.has(dataId)) refuse("the function reads the numbers of a variable");
      else if (source && varying.has(source.node)) refuse(describeRead(nodes[source.node]));
      return readSync.call(backend, dataId);
    },
  };
  return {
    refuse,
    during: (run) =>
      withPatches(backend, patched, () => whileRecording({ refuse }, () => withoutRandom(refuse, run))),
    finish(results) {
      const ids = patched.getInputTensorIds(results);
      const outputs = ids.map((id) => sources.get(id) ?? { node: 0, output: 0, type: 0 });
      if (ids.some((id) => !sources.has(id))) refuse("the result contains a tensor of unknown origin");
      return {
        ...simplify(nodes, outputs),
        inputs: [...inputs, ...captured.values()],
        variables: [...captured.keys()],
        ...(refusal !== undefined && { refusal }),
      };
    },
  };
}

/** Attributes that a kernel leaves to libtensorflow to infer, which it does for a call, and not for a graph. */
function completed(
  { TF_ATTR_TYPE }: Binding,
  operation: string,
  attributes: readonly Attribute[],
  inputs: readonly Source[],
): readonly Attribute[] {
  const missing = INFERRED[operation];
  if (!missing || inputs.length === 0 || attributes.some(({ name }) => name === missing)) return attributes;
  return [...attributes, { name: missing, type: TF_ATTR_TYPE, value: inputs[0].type }];
}

function describeRead(node: Node): string {
  const what = node.kind === "operation" ? `the result of ${node.name}` : "the numbers of an argument";
  return `the function reads ${what} (dataSync, arraySync, print), which a graph cannot do`;
}

/** Own properties of the backend, in the place of its methods, while something runs. */
function withPatches<T>(backend: NativeBackend, patches: Partial<NativeBackend>, run: () => T): T {
  const { binding } = backend;
  Object.assign(backend, patches);
  try {
    return run();
  } finally {
    const { binding: _restored, ...methods } = patches;
    backend.binding = binding;
    for (const name of Object.keys(methods)) delete (backend as unknown as Record<string, unknown>)[name];
  }
}

/** TensorFlow.js takes the seeds of its own random numbers from Math.random. */
function withoutRandom<T>(refuse: (reason: string) => void, run: () => T): T {
  const { random } = Math;
  Math.random = () => {
    refuse("the function draws random numbers, which would be the same at each run; give them as arguments");
    return random();
  };
  try {
    return run();
  } finally {
    Math.random = random;
  }
}

function registeredVariables(): tf.Variable[] {
  return Object.values(tf.engine().registeredVariables);
}

/** Which variable's numbers these are; a variable that shares them with another tensor gets them for itself. */
function variablesByData(backend: NativeBackend): Map<object, tf.Variable> {
  return new Map(
    registeredVariables().map((variable) => {
      if (backend.refCount(variable.dataId) > 1)
        tf.tidy(() => variable.assign(tf.reshape(variable, variable.shape)));
      return [variable.dataId, variable];
    }),
  );
}

function copyOfBytes(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}
