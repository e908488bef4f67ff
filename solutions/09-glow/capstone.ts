/** Trains a Glow on drawn faces, and saves it. */
export async function trainGlow(): Promise<void> {
  // BEGIN SOLUTION
  const f = await import("flowlab");
  const { dequantize, drawnImages } = await import("flowlab/data");
  const { trainingDisplay } = await import("flowlab/notebook");

  /** Scales and shifts the second half of the channels, steered by the first. */
  const halves = (channels: number, seed: number) =>
    f.coupling({
      mask: f.channelMask(channels, "second"),
      transformer: f.affineTransformer(),
      conditioner: f.convNet({ inputs: channels / 2, outputs: channels, hidden: [24, 24], seed }),
    });

  /** A step of Glow; on the way to z the last layer comes first. */
  const step = (channels: number, seed: number) =>
    f.chain([
      halves(channels, seed),
      f.invertible1x1Convolution({ channels, seed }),
      f.actNorm({ dimensions: channels }),
    ]);

  /** Three steps. Then what leaves, the second half, is made normal under what stays. */
  const level = (channels: number, seed: number) =>
    f.chain([halves(channels, seed + 9), ...[1, 2, 3].map((k) => step(channels, seed + k))]);

  const map = f.chain([f.multiscale([level(4, 10), level(8, 20)]), f.logitTransform({ alpha: 0.02 })]);
  const model = f.flow(f.standardNormal([16, 16, 1]), map);
  const steps = 1200;
  await f.fit(model, drawnImages("faces", { count: 6000, seed: 2024 }).images, {
    steps,
    batchSize: 64,
    learningRate: 0.005,
    warmup: 50,
    seed: 1,
    perturb: (batch, random) => dequantize(batch, { random }),
    onProgress: trainingDisplay({ steps, label: "A Glow of my own" }),
  });
  f.saveFlow(model, "capstone.safetensors");
  // END SOLUTION
}
