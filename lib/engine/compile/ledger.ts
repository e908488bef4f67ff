import { createHash } from "node:crypto";
import type { Attribute, Binding, Made } from "./native.ts";

/** One output of one node. */
export interface Source {
  readonly node: number;
  readonly output: number;
  /** The tensor's type: one of the addon's constants. */
  readonly type: number;
}

/**
 * A node of the graph: an operation, a number that never changes, a place for a tensor that is given at each run, or of a
 * loop, a tensor that each round gives to the next, and what it is after the last one.
 */
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
  | { readonly kind: "input"; readonly shape: readonly number[]; readonly dtype: number }
  | LoopState
  | {
      readonly kind: "exit";
      readonly state: number;
      readonly shape: readonly number[];
      readonly dtype: number;
    };

/** A tensor of a loop, as a round begins with it. */
export interface LoopState {
  readonly kind: "state";
  /** The node of the loop's tensor that says whether there is another round. */
  readonly goesOn: number;
  /** What the first round begins with. */
  readonly start: Source;
  /** What the next one does. */
  readonly next: Source;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** Which outputs of other nodes a node needs; what a loop's round gives to the next comes later than the node itself. */
export function sourcesOf(node: Node): readonly Source[] {
  if (node.kind === "operation") return node.inputs;
  if (node.kind === "exit") return [stateSource(node.state)];
  if (node.kind !== "state") return [];
  return [node.start, node.next, stateSource(node.goesOn)];
}

const stateSource = (node: number): Source => ({ node, output: 0, type: 0 });

/** The shape of one output of one of these nodes. */
export function shapeOf(nodes: readonly Node[], { node, output }: Source): readonly number[] {
  const made = nodes[node];
  return made.kind === "operation" ? made.shapes[output] : made.shape;
}

/** The nodes of a graph while it is recorded, and where each tensor that has been seen comes from. */
export interface Ledger {
  readonly nodes: readonly Node[];
  /** Where the tensor of this number comes from, if it has been seen. */
  sourceOf(id: number): Source | undefined;
  /** Whether it depends on an input: else it is the same at each run. */
  varies(source: Source): boolean;
  /** Whether an operation's results do. */
  wouldVary(name: string, inputs: readonly Source[]): boolean;
  /** A place for a tensor that is given at each run. */
  addInput(id: number, shape: readonly number[], dtype: number): number;
  /** A tensor that is the same at each run. */
  addConstant(id: number, shape: readonly number[], dtype: number): void;
  addOperation(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly Source[],
    made: readonly Made[],
  ): void;
  /** Tensors with which a round of a loop begins, and where those of the first come from; the last says whether it goes on. */
  openLoop(begin: readonly Made[], starts: readonly Source[]): Loop;
}

/** A loop of which one round is being recorded. */
export interface Loop {
  /** What the round has made of the tensors, in their order, and tensors that stand for what the last round makes. */
  close(next: readonly Source[], ends: readonly Made[]): void;
}

/** An empty ledger. */
export function ledger(binding: Binding): Ledger {
  const nodes: Node[] = [];
  const sources = new Map<number, Source>();
  const varying = new Set<number>();
  const constants = new Map<string, number>();
  const add = (node: Node): number => nodes.push(node) - 1;
  const varies = (source: Source) => varying.has(source.node);
  const meet = (node: number, { id, dtype }: Made) => {
    sources.set(id, { node, output: 0, type: dtype });
    varying.add(node);
  };
  const wouldVary = (name: string, inputs: readonly Source[]) => !OF_SHAPE.has(name) && inputs.some(varies);
  return {
    nodes,
    sourceOf: (id) => sources.get(id),
    varies,
    wouldVary,
    addInput(id, shape, dtype) {
      const node = add({ kind: "input", shape, dtype });
      meet(node, { id, shape: [...shape], dtype });
      return node;
    },
    addConstant(id, shape, dtype) {
      const bytes = copyOfBytes(binding.tensorDataSync(id));
      // The same axes and factors come hundreds of times.
      const key = `${dtype} [${shape}] ${createHash("sha1").update(bytes).digest("base64")}`;
      const node = constants.get(key) ?? add({ kind: "constant", shape, dtype, bytes });
      constants.set(key, node);
      sources.set(id, { node, output: 0, type: dtype });
    },
    addOperation(name, attributes, inputs, made) {
      const shapes = made.map(({ shape }) => shape);
      const node = add({ kind: "operation", name, attributes, inputs, shapes });
      if (wouldVary(name, inputs)) varying.add(node);
      for (const [output, { id, dtype }] of made.entries()) sources.set(id, { node, output, type: dtype });
    },
    openLoop(begin, starts) {
      const [first, goesOn] = [nodes.length, nodes.length + begin.length - 1];
      const stateOf = (i: number, next: Source): Node => {
        const { shape, dtype } = begin[i];
        return { kind: "state", goesOn, start: starts[i], next, shape, dtype };
      };
      // Until the round has been recorded, each tensor would go on as it is.
      begin.forEach((made, i) => void meet(add(stateOf(i, starts[i])), made));
      return {
        close(next, ends) {
          for (const [i, source] of next.entries()) nodes[first + i] = stateOf(i, source);
          for (const [i, made] of ends.entries()) {
            meet(add({ kind: "exit", state: first + i, shape: made.shape, dtype: made.dtype }), made);
          }
        },
      };
    },
  };
}

/** Operations whose result depends on the shape of their input alone, which is always the same in a graph. */
const OF_SHAPE = new Set(["ZerosLike", "OnesLike", "Shape", "Rank", "Size"]);

function copyOfBytes(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}
