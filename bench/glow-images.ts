/**
 * Trains a small Glow on drawn images of 16×16 pixels, and writes what it has learned as pictures:
 *
 *     node bench/glow-images.ts <folder> [--set faces] [--steps 2000] [--seed 1]
 *
 * <folder> receives data.png, samples.png, interpolations.png (between two held-out images at the ends of each row)
 * and report.json with bits per dimension and times.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { engine, type Flow, fit, flow, glow, random, standardNormal, tf } from "flowlab";
import {
  bitsPerDimension,
  contactSheet,
  type DrawnSet,
  dequantize,
  drawnImages,
  quantize,
} from "flowlab/data";

const [SIZE, BITS, TRAINING, HELD_OUT] = [16, 5, 20_000, 1_000];
const DIMENSIONS = { dimensions: SIZE * SIZE, bits: BITS };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: "string", default: "faces" },
    steps: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
  },
});
const [folder] = positionals;
if (!folder) throw new Error("give a folder for the pictures: node bench/glow-images.ts <folder>");
mkdirSync(folder, { recursive: true });
await main(folder, values.set as DrawnSet, Number(values.steps), Number(values.seed));

async function main(folder: string, set: DrawnSet, steps: number, seed: number): Promise<void> {
  const begun = performance.now();
  const { images } = drawnImages(set, { count: TRAINING + HELD_OUT, size: SIZE, seed });
  const training = tf.slice(images, 0, TRAINING);
  const heldOut = dequantize(tf.slice(images, TRAINING), { bits: BITS, random: seed });
  const model = flow(
    standardNormal([SIZE, SIZE, 1]),
    glow({ height: SIZE, width: SIZE, channels: 1, levels: 3, steps: 4, hidden: [48, 48], seed }),
  );
  const parameters = model.variables.reduce((total, variable) => total + variable.size, 0);
  process.stdout.write(`Glow of ${parameters} parameters on ${TRAINING} ${set}, ${engine.backend}\n`);
  const trained = await fit(model, training, {
    steps,
    batchSize: 64,
    learningRate: 0.003,
    warmup: 50,
    seed,
    perturb: (batch, random) => dequantize(batch, { bits: BITS, random }),
    onProgress: reporter(),
  });
  const report = {
    set,
    parameters,
    backend: engine.backend,
    threads: engine.threads,
    steps,
    bitsPerDimension: {
      training: bits(model, dequantize(tf.slice(training, 0, HELD_OUT), { bits: BITS, random: seed })),
      heldOut: bits(model, heldOut),
    },
    bits: BITS,
    trainingSeconds: trained.seconds,
    seconds: (performance.now() - begun) / 1000,
  };
  write(folder, "data.png", tf.slice(heldOut, 0, 48), 12);
  write(folder, "samples.png", model.sample(96, random(seed).fork("samples")), 12);
  write(folder, "interpolations.png", interpolations(model, heldOut, 8, 11), 11);
  writeFileSync(path.join(folder, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}

/** Rows of images between two: z moves along the straight line between theirs. */
function interpolations(model: Flow, images: tf.Tensor, rows: number, columns: number): tf.Tensor {
  return tf.tidy(() => {
    const { value: z } = model.bijection.inverse(tf.slice(images, 0, 2 * rows));
    const ends = tf.reshape(z, [rows, 2, SIZE, SIZE, 1]);
    const [from, to] = tf.unstack(ends, 1);
    const between = Array.from({ length: columns }, (_, k) => {
      const t = k / (columns - 1);
      return tf.add(tf.mul(from, 1 - t), tf.mul(to, t));
    });
    return model.bijection.forward(tf.reshape(tf.stack(between, 1), [-1, SIZE, SIZE, 1])).value;
  });
}

function bits(model: Flow, images: tf.Tensor): number {
  return tf.tidy(() => bitsPerDimension(tf.mean(model.logProb(images)).dataSync()[0], DIMENSIONS));
}

function write(folder: string, name: string, images: tf.Tensor, columns: number): void {
  const bytes = tf.tidy(() =>
    contactSheet(quantize(images, { bits: BITS }) as tf.Tensor4D, { columns, zoom: 4 }),
  );
  writeFileSync(path.join(folder, name), bytes as unknown as Uint8Array);
}

/** A line every ten seconds. */
function reporter() {
  let next = 0;
  return ({ step, steps, loss, seconds }: { step: number; steps: number; loss: number; seconds: number }) => {
    if (seconds < next && step < steps) return;
    next = seconds + 10;
    const rate = bitsPerDimension(-loss, DIMENSIONS).toFixed(3);
    process.stdout.write(
      `${seconds.toFixed(0).padStart(5)} s  step ${step}/${steps}  ${rate} bits per dimension\n`,
    );
  };
}
