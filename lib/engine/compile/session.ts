import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { tf } from "../tf.ts";
import { resultName, savedModel } from "./graph.ts";
import { nativeBackend } from "./native.ts";
import { nodeName } from "./node-def.ts";
import type { Recording } from "./record.ts";
import { chooseThreads } from "./threads.ts";

/** A recording that libtensorflow has loaded. */
export interface Session {
  /** Nodes of the graph. */
  readonly nodes: number;
  /** Computes the outputs from the inputs: arguments, then variables. */
  run(inputs: readonly tf.Tensor[]): tf.Tensor[];
  dispose(): void;
}

/**
 * Loads a recording into libtensorflow, through a file in a temporary folder that is gone afterwards.
 *
 * @throws Error if libtensorflow refuses the graph, or the folder cannot be written.
 */
export function openSession(recording: Recording<unknown>): Session {
  const backend = nativeBackend();
  const { binding } = backend;
  const { nodes, inputs, outputs } = recording;
  chooseThreads(nodes);
  const { bytes, count } = savedModel(binding, nodes, inputs, outputs);
  const id = load(bytes, (folder) => binding.loadSavedModel(folder, "serve"));
  const inputNames = inputs.map((index) => `${nodeName(index)}:0`).join();
  const outputNames = outputs.map((_, i) => `${resultName(i)}:0`).join();
  return {
    nodes: count,
    run: (tensors) =>
      binding
        .runSavedModel(id, backend.getInputTensorIds(tensors), inputNames, outputNames)
        .map((made) => backend.createOutputTensor(made)),
    dispose: () => binding.deleteSavedModel(id),
  };
}

function load(bytes: Uint8Array, open: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-graph-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), bytes);
    return open(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
