import { TF_DOUBLE } from "../native/double.ts";
import type { Node } from "./ledger.ts";

type Operation = Extract<Node, { kind: "operation" }>;
type Constant = Extract<Node, { kind: "constant" }>;

/** TensorFlow's number for the type float32. */
const FLOAT = 1;

/**
 * A constant in double precision in the place of the operations that make it of constants in float32, as the addon takes
 * no other: a cast, and sums of such casts. A graph would repeat them at each run. Both are exact in JavaScript's numbers:
 * no bit changes.
 *
 * @returns Nothing, if the operation is another one.
 */
export function foldDoubles(nodes: readonly Node[], operation: Operation): Constant | undefined {
  const { name, inputs, shapes } = operation;
  const constants = inputs.map(({ node }) => nodes[node]).filter((node) => node.kind === "constant");
  if (constants.length !== inputs.length) return undefined;
  const [first, second] = constants;
  const isDouble = (constant: Constant) => constant.dtype === TF_DOUBLE;
  if (name === "Cast" && first.dtype === FLOAT && targetOf(operation) === TF_DOUBLE) {
    return doubles(shapes[0], (i) => numbersOf(first).getFloat32(4 * i, true));
  }
  const addsAlike =
    name === "AddV2" && constants.every(isDouble) && String(first.shape) === String(second.shape);
  if (!addsAlike) return undefined;
  const [left, right] = [first, second].map(numbersOf);
  return doubles(shapes[0], (i) => left.getFloat64(8 * i, true) + right.getFloat64(8 * i, true));
}

const targetOf = ({ attributes }: Operation) => attributes.find(({ name }) => name === "DstT")?.value;

const numbersOf = ({ bytes }: Constant) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function doubles(shape: readonly number[], at: (i: number) => number): Constant {
  const count = shape.reduce((product, length) => product * length, 1);
  const bytes = new Uint8Array(8 * count);
  for (let i = 0; i < count; i++) numbersOf({ bytes } as Constant).setFloat64(8 * i, at(i), true);
  return { kind: "constant", shape, dtype: TF_DOUBLE, bytes };
}
