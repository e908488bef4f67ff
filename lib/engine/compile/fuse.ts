import { hasOperation } from "../native.ts";
import { tf } from "../tf.ts";
import { type Node, type Source, shapeOf, sourcesOf } from "./ledger.ts";
import type { Attribute, Binding } from "./native.ts";

type Operation = Extract<Node, { kind: "operation" }>;

/**
 * Gives a layer of a network to libtensorflow as the one operation that it has for it, instead of three that each pass
 * through memory: relu(x W + b), or x W + b. The numbers are the same to the last bit.
 *
 * The gradient of the rectifier takes what the layer gives in the place of what went in: one is positive where the
 * other is.
 */
export function fuse(
  binding: Binding,
  nodes: readonly Node[],
  needed: ReadonlySet<number>,
  outputs: readonly Source[],
): readonly Node[] {
  const result = [...nodes];
  const users = usersOf(nodes, needed, outputs);
  for (const [index, node] of nodes.entries()) {
    if (node.kind !== "operation" || !needed.has(index)) continue;
    const layer = linearLayer(binding, nodes, users, node);
    if (!layer) continue;
    const uses = users.get(index) ?? [];
    const rectifiers = uses.filter(({ node: user }) => operationAt(nodes, user)?.name === "Relu");
    const gradients = uses.filter(({ node: user, input }) => {
      return input === 1 && operationAt(nodes, user)?.name === "ReluGrad";
    });
    const isRectified = rectifiers.length === 1 && rectifiers.length + gradients.length === uses.length;
    const place = isRectified ? rectifiers[0].node : index;
    const attributes = attributesOf(binding, isRectified ? ["BiasAdd", "Relu"] : ["BiasAdd"]);
    result[place] = {
      kind: "operation",
      ...(isForOneDnn(nodes, layer)
        ? { name: ONE_DNN, attributes: [...attributes, oneDnnLabel(binding)] }
        : { name: "_FusedMatMul", attributes }),
      inputs: layer,
      shapes: node.shapes,
    };
    if (!isRectified) continue;
    for (const { node: user } of gradients) {
      const gradient = result[user] as Operation;
      result[user] = { ...gradient, inputs: [gradient.inputs[0], { ...gradient.inputs[1], node: place }] };
    }
  }
  return result;
}

/** One input of a node; the graph's results are inputs of node −1. */
interface Use {
  readonly node: number;
  readonly input: number;
}

function usersOf(
  nodes: readonly Node[],
  needed: ReadonlySet<number>,
  outputs: readonly Source[],
): Map<number, Use[]> {
  const users = new Map<number, Use[]>();
  const add = (source: Source, use: Use) => {
    const known = users.get(source.node);
    if (known) known.push(use);
    else users.set(source.node, [use]);
  };
  for (const node of needed) {
    sourcesOf(nodes[node]).forEach((source, input) => void add(source, { node, input }));
  }
  for (const source of outputs) add(source, { node: -1, input: 0 });
  return users;
}

/** x, W and b, if the node is the sum of a product of two matrices, used only here, and a vector for each row. */
function linearLayer(
  { TF_FLOAT }: Binding,
  nodes: readonly Node[],
  users: ReadonlyMap<number, readonly Use[]>,
  { name, inputs, shapes }: Operation,
): Source[] | undefined {
  if (name !== "Add" && name !== "AddV2") return undefined;
  const [sum, bias] = inputs;
  const product = operationAt(nodes, sum.node);
  if (product?.name !== "BatchMatMulV2" || users.get(sum.node)?.length !== 1) return undefined;
  const [rows, columns] = shapes[0];
  const isMatrix = shapes[0].length === 2 && String(product.shapes[0]) === String(shapes[0]);
  const lengths = shapeOf(nodes, bias);
  // A single column is added up in another order by the one operation than by the other.
  const fits = lengths.length === 1 && lengths[0] === columns && rows > 0 && columns > 1;
  const isPlain = product.attributes.every(({ name: attribute, value }) => {
    return attribute === "T" ? value === TF_FLOAT : value === false;
  });
  return isMatrix && fits && isPlain ? [...product.inputs, bias] : undefined;
}

/** oneDNN's operation for a layer, which libtensorflow contains on x86-64. */
const ONE_DNN = "_MklNativeFusedMatMul";
/** From so many rows on it is the faster one; with fewer, it takes longer to begin than it gains. */
const LEAST_ROWS = 4096;
/** Up to so many inputs, both sum in the same order; beyond 512, they divide a sum differently. */
const MOST_INPUTS = 256;

/**
 * Whether oneDNN computes a layer in less time, and the same numbers: log-densities of 10,000 rows took 4.9 ms without it
 * and 4.4 with it in a RealNVP of 8 couplings by layers of 64, and 5.3 and 4.9 in 4 couplings by splines of 8 bins.
 */
function isForOneDnn(nodes: readonly Node[], [input]: readonly Source[]): boolean {
  const [rows, inputs] = shapeOf(nodes, input);
  return rows >= LEAST_ROWS && inputs <= MOST_INPUTS && hasOperation(tf, ONE_DNN);
}

/** Kernels of oneDNN are registered under a label, which TensorFlow's own rewriting of graphs would add. */
function oneDnnLabel({ TF_ATTR_STRING }: Binding): Attribute {
  return { name: "_kernel", type: TF_ATTR_STRING, value: "MklNameChangeOp" };
}

function attributesOf(binding: Binding, operations: readonly string[]): Attribute[] {
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_FLOAT } = binding;
  return [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "transpose_a", type: TF_ATTR_BOOL, value: false },
    { name: "transpose_b", type: TF_ATTR_BOOL, value: false },
    { name: "num_args", type: TF_ATTR_INT, value: 1 },
    { name: "fused_ops", type: TF_ATTR_STRING, value: operations },
    { name: "epsilon", type: TF_ATTR_FLOAT, value: 0 },
    { name: "leakyrelu_alpha", type: TF_ATTR_FLOAT, value: 0 },
  ];
}

function operationAt(nodes: readonly Node[], index: number): Operation | undefined {
  const node = nodes[index];
  return node?.kind === "operation" ? node : undefined;
}
