import { tf } from "../tf.ts";
import { foldDoubles } from "./fold-doubles.ts";
import { type Node, type Source, shapeOf, sourcesOf } from "./ledger.ts";

type Operation = Extract<Node, { kind: "operation" }>;

/**
 * Leaves out operations that only pass numbers on, without changing a bit of any result: a reshape to the shape that
 * is there already or after another reshape, a cast to the same type, the axis of length 1 that TensorFlow.js puts
 * around each matrix product, a product with ones, the negation of what is added, two changes of axes of which the second
 * takes back the first, a split into the parts that have just been put together, as one coupling does with what the one
 * before has made, and what makes a constant in double precision.
 *
 * The places of the nodes stay; those left out are no longer reached from the outputs.
 */
export function simplify(
  nodes: readonly Node[],
  outputs: readonly Source[],
): { nodes: readonly Node[]; outputs: readonly Source[] } {
  const result: Node[] = [];
  const passedOn = new Map<string, Source>();
  const resolve = (source: Source) => passedOn.get(nameOf(source)) ?? source;
  const shaped = findUsedInShape(nodes, outputs);
  for (const [index, node] of nodes.entries()) {
    if (node.kind !== "operation") {
      result.push(node);
      continue;
    }
    let next: Operation = { ...node, inputs: node.inputs.map(resolve) };
    const folded = foldDoubles(result, next);
    if (folded) {
      result.push(folded);
      continue;
    }
    let same: Source | undefined;
    if (next.name === "Cast" && typeOf(next, "SrcT") === typeOf(next, "DstT")) same = next.inputs[0];
    if (next.name === "Reshape") {
      next = withInputs(next, [beforeReshape(result, next.inputs[0]), next.inputs[1]]);
      if (equal(shapeOf(result, next.inputs[0]), next.shapes[0])) same = next.inputs[0];
    }
    if (next.name === "Transpose") same = beforeTranspose(result, next);
    if (next.name === "BatchMatMulV2" && !shaped.has(index)) next = withoutBatch(result, next);
    if (next.name === "Mul") same ??= timesOnes(result, next);
    if (ELEMENTWISE.has(next.name)) next = subtracting(result, withoutSpreading(result, next));
    if (same) passedOn.set(nameOf({ node: index, output: 0, type: 0 }), same);
    for (const [output, part] of partsAgain(result, next).entries()) {
      passedOn.set(nameOf({ node: index, output, type: 0 }), part);
    }
    result.push(next);
  }
  const looped = result.map((node) => {
    return node.kind === "state" ? { ...node, start: resolve(node.start), next: resolve(node.next) } : node;
  });
  return { nodes: looped, outputs: outputs.map(resolve) };
}

/** Operations of two tensors that spread the smaller one over the larger. */
const ELEMENTWISE = new Set(["Add", "AddV2", "Sub", "Mul", "RealDiv"]);

/** The other factor of a product with ones, if it has the product's shape. */
function timesOnes(nodes: readonly Node[], product: Operation): Source | undefined {
  return product.inputs.find((source, i) => {
    return isOnes(nodes[product.inputs[1 - i].node]) && equal(shapeOf(nodes, source), product.shapes[0]);
  });
}

/** With what the gradient of a sum spreads, as a product with ones, left for this operation to spread. */
function withoutSpreading(nodes: readonly Node[], operation: Operation): Operation {
  const inputs = [...operation.inputs];
  // One after the other: the second may be what the first relies on to be spread.
  for (const [i, source] of inputs.entries()) {
    const product = nodes[source.node];
    if (product.kind !== "operation" || product.name !== "Mul") continue;
    const ones = product.inputs.findIndex((factor) => isOnes(nodes[factor.node]));
    if (ones < 0) continue;
    const unspread = product.inputs[1 - ones];
    const shapes = [unspread, inputs[1 - i]].map((factor) => [...shapeOf(nodes, factor)]);
    const shape = tf.backend_util.assertAndGetBroadcastShape(shapes[0], shapes[1]);
    if (equal(shape, operation.shapes[0])) inputs[i] = unspread;
  }
  return withInputs(operation, inputs);
}

/** x + (−y) as x − y. */
function subtracting(nodes: readonly Node[], sum: Operation): Operation {
  if (sum.name !== "Add" && sum.name !== "AddV2") return sum;
  const negated = sum.inputs.findIndex(({ node }) => {
    const term = nodes[node];
    return term.kind === "operation" && term.name === "Neg";
  });
  if (negated < 0) return sum;
  const negation = nodes[sum.inputs[negated].node] as Operation;
  return { ...withInputs(sum, [sum.inputs[1 - negated], negation.inputs[0]]), name: "Sub" };
}

/**
 * What was joined, if the operation splits it into parts of the same shapes; otherwise nothing. Equal shapes say that the
 * axis is the same, too: along another one each part would be as long as all together.
 */
function partsAgain(nodes: readonly Node[], split: Operation): readonly Source[] {
  if (split.name !== "SplitV") return [];
  const joined = nodes[split.inputs[0].node];
  if (joined.kind !== "operation" || joined.name !== "ConcatV2") return [];
  const parts = joined.inputs.slice(0, -1);
  const fits =
    parts.length === split.shapes.length &&
    parts.length > 1 &&
    parts.every((part, i) => equal(shapeOf(nodes, part), split.shapes[i]));
  return fits ? parts : [];
}

/** TensorFlow's number for the type float32. */
const FLOAT = 1;

function isOnes(node: Node): boolean {
  if (node.kind !== "constant" || node.dtype !== FLOAT) return false;
  const numbers = new DataView(node.bytes.buffer, node.bytes.byteOffset, node.bytes.byteLength);
  for (let at = 0; at < node.bytes.length; at += 4) if (numbers.getFloat32(at, true) !== 1) return false;
  return node.bytes.length > 0;
}

/** The product of two matrices, if that is what a product of two stacks of one matrix each stands for. */
function withoutBatch(nodes: readonly Node[], product: Operation): Operation {
  const matrices = product.inputs.map((input) => beforeReshape(nodes, input));
  const fits = matrices.every((matrix, i) => {
    return equal([1, ...shapeOf(nodes, matrix)], shapeOf(nodes, product.inputs[i]));
  });
  if (!fits || product.shapes[0].length !== 3) return product;
  return { ...withInputs(product, matrices), shapes: [product.shapes[0].slice(1)] };
}

/** Nodes whose output is used by anything but a reshape. */
function findUsedInShape(nodes: readonly Node[], outputs: readonly Source[]): Set<number> {
  const used = new Set(outputs.map((source) => source.node));
  for (const node of nodes) {
    if (node.kind === "operation" && node.name === "Reshape") continue;
    for (const input of sourcesOf(node)) used.add(input.node);
  }
  return used;
}

function beforeReshape(nodes: readonly Node[], source: Source): Source {
  const node = nodes[source.node];
  return node.kind === "operation" && node.name === "Reshape" ? node.inputs[0] : source;
}

/** What was transposed, if the operation puts the axes back. */
function beforeTranspose(nodes: readonly Node[], { inputs: [source, order] }: Operation): Source | undefined {
  const before = nodes[source.node];
  if (before.kind !== "operation" || before.name !== "Transpose") return undefined;
  const [first, second] = [before.inputs[1], order].map(({ node }) => integersOf(nodes[node]));
  return first && second?.every((axis, i) => first[axis] === i) ? before.inputs[0] : undefined;
}

/** The int32 numbers of a constant. */
function integersOf(node: Node): number[] | undefined {
  if (node.kind !== "constant") return undefined;
  const numbers = new DataView(node.bytes.buffer, node.bytes.byteOffset, node.bytes.byteLength);
  return Array.from({ length: node.bytes.length / 4 }, (_, i) => numbers.getInt32(4 * i, true));
}

function withInputs(operation: Operation, inputs: readonly Source[]): Operation {
  return { ...operation, inputs };
}

function typeOf(operation: Operation, name: string): unknown {
  return operation.attributes.find((attribute) => attribute.name === name)?.value;
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, i) => length === b[i]);
}

function nameOf({ node, output }: Source): string {
  return `${node}:${output}`;
}
