import { createHash } from "node:crypto";
import type { Attribute, Binding, Made } from "./native.ts";

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
}

/** An empty ledger. */
export function ledger(binding: Binding): Ledger {
  const nodes: Node[] = [];
  const sources = new Map<number, Source>();
  const varying = new Set<number>();
  const constants = new Map<string, number>();
  const add = (node: Node): number => nodes.push(node) - 1;
  const varies = (source: Source) => varying.has(source.node);
  const wouldVary = (name: string, inputs: readonly Source[]) => !OF_SHAPE.has(name) && inputs.some(varies);
  return {
    nodes,
    sourceOf: (id) => sources.get(id),
    varies,
    wouldVary,
    addInput(id, shape, dtype) {
      const node = add({ kind: "input", shape, dtype });
      sources.set(id, { node, output: 0, type: dtype });
      varying.add(node);
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
  };
}

/** Operations whose result depends on the shape of their input alone, which is always the same in a graph. */
const OF_SHAPE = new Set(["ZerosLike", "OnesLike", "Shape", "Rank", "Size"]);

function copyOfBytes(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}
