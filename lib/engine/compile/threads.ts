import { availableParallelism } from "node:os";
import { tf } from "../tf.ts";
import { type Node, shapeOf } from "./ledger.ts";

/** From so many multiplications on, an operation is worth the wait for a second thread to wake up. */
const WORTH_A_THREAD = 2e6;

/**
 * Chooses where libtensorflow runs the operations of compiled graphs. It asks for this once in the life of a process,
 * with the first graph; what the user has set (TF_NUM_INTEROP_THREADS) stays.
 *
 * A graph of small operations runs in the thread that calls it: handing it to another one and being woken up by that
 * takes as long as a tenth to a third of a small flow's training step. With large operations two threads are better:
 * the gradients of a layer's weights and of its input do not wait for each other, which saves a Glow a third. Measured
 * with RealNVP, the one way is as good as the other at batches of 1024 with layers of 64×64, or 256 with 128×128.
 */
export function chooseThreads(nodes: readonly Node[]): void {
  process.env.TF_NUM_INTEROP_THREADS ??= `${threadsFor(nodes)}`;
}

/** −1: the calling thread; otherwise how many others. */
function threadsFor(nodes: readonly Node[]): number {
  const largest = nodes.reduce((most, node) => Math.max(most, multiplications(nodes, node)), 0);
  return largest < WORTH_A_THREAD || availableParallelism() < 2 ? -1 : 2;
}

/**
 * About how many multiplications a product or a convolution takes: for matrices [m, k] and [k, n] it is
 * m·k·n = √(mk · kn · mn), and a convolution is seen as such a product.
 */
function multiplications(nodes: readonly Node[], node: Node): number {
  if (node.kind !== "operation" || !/MatMul|Conv2D/.test(node.name)) return 0;
  const { sizeFromShape } = tf.util;
  const size = (shape: readonly number[]) => sizeFromShape([...shape]);
  const factors = node.inputs.map((input) => size(shapeOf(nodes, input))).sort((a, b) => b - a);
  return Math.sqrt((factors[0] ?? 0) * (factors[1] ?? 0) * size(node.shapes[0]));
}
