import { TF_DOUBLE } from "../native/double.ts";
import { tf } from "../tf.ts";
import { type Ledger, ledger, type Node, type Source } from "./ledger.ts";
import { loopRecorder } from "./loop/record-loop.ts";
import { type Attribute, type Binding, type NativeBackend, nativeBackend } from "./native.ts";
import { whileRecording } from "./recording.ts";
import { simplify } from "./simplify.ts";
import { flatten } from "./structure.ts";

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
  const { binding } = backend;
  const book = ledger(binding);
  const captured = new Map<tf.Variable, number>();
  const variableOf = variablesByData(backend);
  let refusal: string | undefined;
  const refuse = (reason: string) => {
    refusal ??= reason;
  };
  const addInput = (dataId: object, id: number): number => {
    const { shape, dtype } = backend.tensorMap.get(dataId);
    if (dtype === binding.TF_STRING) refuse("an argument or a variable holds texts");
    return book.addInput(id, shape, dtype);
  };
  const inputs = backend.getInputTensorIds(args).map((id, i) => addInput(args[i].dataId, id));

  /** The first sight of a tensor that no recorded operation has made. */
  const meet = (tensor: { dataId?: object }, id: number) => {
    if (!tensor.dataId) return refuse("an operation takes a 64-bit integer");
    const variable = variableOf.get(tensor.dataId);
    if (variable) return void captured.set(variable, addInput(tensor.dataId, id));
    const { shape, dtype } = backend.tensorMap.get(tensor.dataId);
    if (dtype === binding.TF_STRING) return refuse("an operation takes texts");
    book.addConstant(id, shape, dtype);
  };
  let isPaused = false;
  const patches = patchesOf(backend, {
    ...{ book, refuse, meet, isPaused: () => isPaused },
    isVariable: (dataId) => variableOf.has(dataId),
  });
  const withoutRecording = <T>(run: () => T): T => {
    isPaused = true;
    try {
      return run();
    } finally {
      isPaused = false;
    }
  };
  const loop = loopRecorder({ backend, book, refuse, withoutRecording });
  return {
    refuse,
    during: (run) =>
      withPatches(backend, patches, () => whileRecording({ refuse, loop }, () => withoutRandom(refuse, run))),
    finish(results) {
      const ids = patches.getInputTensorIds(results);
      const outputs = ids.map((id) => book.sourceOf(id) ?? { node: 0, output: 0, type: 0 });
      if (ids.some((id) => !book.sourceOf(id))) refuse("the result contains a tensor of unknown origin");
      return {
        ...simplify(book.nodes, outputs),
        inputs: [...inputs, ...captured.values()],
        variables: [...captured.keys()],
        ...(refusal !== undefined && { refusal }),
      };
    },
  };
}

/** What the intercepted calls report to. */
interface Listener {
  readonly book: Ledger;
  refuse(reason: string): void;
  meet(tensor: { dataId?: object }, id: number): void;
  isVariable(dataId: object): boolean;
  /** Whether what runs is not to be recorded. */
  isPaused(): boolean;
}

/** Methods for the backend that do what its own do, and report it. */
function patchesOf(backend: NativeBackend, { book, refuse, meet, isVariable, isPaused }: Listener) {
  const { binding, readSync, getInputTensorIds } = backend;
  const executeOp: Binding["executeOp"] = (name, attributes, ids, count) => {
    const made = binding.executeOp(name, attributes, ids, count);
    if (isPaused()) return made;
    if (RANDOM.test(name)) refuse(`the operation ${name} draws random numbers; draw them outside`);
    const from = ids.flatMap((id) => book.sourceOf(id) ?? []);
    if (from.length < ids.length) refuse(`the operation ${name} takes a tensor of unknown origin`);
    // The addon does not give the numbers of tensors of these types.
    const hidden = made.some(({ dtype }) => dtype === binding.TF_STRING || dtype === TF_DOUBLE);
    if (book.wouldVary(name, from) || hidden) {
      book.addOperation(name, complete(binding, name, attributes, from), from, made);
    } else {
      for (const { id, shape, dtype } of made) book.addConstant(id, shape, dtype);
    }
    return made;
  };
  return {
    // The addon's own properties cannot be changed; this object hides one of them.
    binding: Object.create(binding, { executeOp: { value: executeOp } }) as Binding,
    getInputTensorIds(tensors: readonly { dataId: object }[]) {
      const ids = getInputTensorIds.call(backend, tensors);
      if (isPaused()) return ids;
      for (const [i, id] of ids.entries()) if (!book.sourceOf(id)) meet(tensors[i], id);
      return ids;
    },
    readSync(dataId: object) {
      if (isPaused()) return readSync.call(backend, dataId);
      const source = book.sourceOf(getInputTensorIds.call(backend, [{ dataId }])[0]);
      if (isVariable(dataId)) refuse("the function reads the numbers of a variable");
      else if (source && book.varies(source)) refuse(describeRead(book.nodes[source.node]));
      return readSync.call(backend, dataId);
    },
  };
}

/** Attributes that a kernel leaves to libtensorflow to infer, which it does for a call, and not for a graph. */
function complete(
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
