// npx node bench/reversible.ts: the memory that a gradient needs, and its time, against the number of blocks.
import { chain, compile, mlp, random, reversible, revNetBlock, tf } from "flowlab";
import { median } from "./result.ts";

const [DIMENSIONS, BATCH, HIDDEN] = [16, 256, [64, 64]];
const DEPTHS = [4, 8, 16, 32, 64, 128];

function blocksOf(count: number) {
  const half = DIMENSIONS / 2;
  const network = (seed: number) =>
    mlp({ inputs: half, outputs: half, hidden: HIDDEN, seed, zeroLast: false });
  return Array.from({ length: count }, (_, k) =>
    revNetBlock({ dimensions: DIMENSIONS, first: network(2 * k), second: network(2 * k + 1) }),
  );
}

const x = random(1).normalTensor([BATCH, DIMENSIONS]);
const rows: string[] = [];
for (const depth of DEPTHS) {
  const blocks = blocksOf(depth);
  const figures: string[] = [];
  for (const map of [chain(blocks), reversible(blocks)]) {
    const gradient = (events: tf.Tensor) =>
      tf.tidy(() => {
        const { grads } = tf.variableGrads(
          () => tf.mean(tf.square(map.inverse(events).value)) as tf.Scalar,
          map.variables as tf.Variable[],
        );
        return tf.concat(map.variables.map(({ name }) => tf.reshape(grads[name], [-1])));
      });
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(() => void gradient(x).dispose());
    // Gradients of all parameters are there at the end, one by one and joined, however they are computed.
    const results = 2 * map.variables.reduce((sum, { size }) => sum + 4 * size, 0);
    const compiled = compile(gradient);
    const times = Array.from({ length: 22 }, () => {
      const start = performance.now();
      compiled(x).dispose();
      return performance.now() - start;
    });
    figures.push(((peakBytes - before - results) / 2 ** 20).toFixed(2), median(times.slice(2)).toFixed(2));
    compiled.dispose();
  }
  rows.push(`| ${depth} | ${figures.join(" | ")} |`);
  tf.dispose(blocks.flatMap(({ variables }) => [...variables]) as tf.Tensor[]);
}
process.stdout.write(
  `${BATCH} events of ${DIMENSIONS} numbers, RevNet blocks with two networks of ${HIDDEN} each\n\n` +
    "| blocks | chain: memory, MB | gradient, ms | reversible: memory, MB | gradient, ms |\n|--:|--:|--:|--:|--:|\n" +
    `${rows.join("\n")}\n`,
);
