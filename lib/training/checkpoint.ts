import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tf } from "../engine/tf.ts";
import type { TrainingState } from "./step.ts";

/** A file with a training's progress that does not fit the training, or is none. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** Vectors by name. */
export type Vectors = Readonly<Record<string, Float32Array>>;

/** Everything that a training needs to go on from where it was. */
export interface Snapshot {
  /** What makes a training this training: options, shapes and data, in words. */
  readonly identity: Readonly<Record<string, string>>;
  readonly losses: readonly number[];
  readonly validation: readonly { readonly step: number; readonly loss: number }[];
  readonly vectors: Vectors;
  /** Vectors of the lowest validation loss. */
  readonly best?: Vectors;
  /** Seconds of computing before. */
  readonly seconds: number;
}

const FORMAT = "flowlab training checkpoint 1";

/** Writes a snapshot so that at any moment either the last one or this one lies there, complete. */
export function writeCheckpoint(path: string, snapshot: Snapshot): void {
  const encode = (vectors: Vectors) =>
    Object.fromEntries(
      Object.entries(vectors).map(([name, { buffer, byteOffset, byteLength }]) => [
        name,
        Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
      ]),
    );
  const { vectors, best, ...rest } = snapshot;
  const text = JSON.stringify({
    format: FORMAT,
    ...rest,
    vectors: encode(vectors),
    ...(best && { best: encode(best) }),
  });
  const beside = `${path}.part`;
  const file = openSync(beside, "w");
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

/**
 * Reads the snapshot at a path, if there is a file.
 *
 * @throws CheckpointError if it is no checkpoint, or one of another training: names what differs.
 */
export function readCheckpoint(path: string, identity: Snapshot["identity"]): Snapshot | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const content = parse(path, text);
  const differing = Object.keys(identity).filter((key) => identity[key] !== content.identity[key]);
  if (differing.length > 0) {
    const [key] = differing;
    throw new CheckpointError(
      `${path} belongs to a training with other ${differing.join(", ")} (${key}: ${content.identity[key]} there, ` +
        `${identity[key]} here); delete it to start anew, or name another file`,
    );
  }
  const decode = (vectors: Record<string, string>): Vectors =>
    Object.fromEntries(
      Object.entries(vectors).map(([name, base64]) => [
        name,
        new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer),
      ]),
    );
  const { vectors, best, ...rest } = content;
  return { ...rest, vectors: decode(vectors), ...(best && { best: decode(best) }) };
}

type Content = Omit<Snapshot, "vectors" | "best"> & {
  readonly format: string;
  readonly vectors: Record<string, string>;
  readonly best?: Record<string, string>;
};

function parse(path: string, text: string): Content {
  try {
    const content = JSON.parse(text) as Content;
    if (content.format === FORMAT) return content;
  } catch {
    // Told below.
  }
  throw new CheckpointError(`${path} is not a checkpoint of a training; name another file`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The numbers of a training's state. */
export function readVectors({ parameters, mean, square, state }: TrainingState): Vectors {
  const read = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
  return {
    parameters: read(parameters),
    mean: read(mean),
    square: read(square),
    ...(state && { state: read(state) }),
  };
}

/** A training's state from its numbers. */
export function stateFrom({ parameters, mean, square, state }: Vectors): TrainingState {
  const vector = (numbers: Float32Array) => tf.tensor1d(numbers.slice());
  return {
    parameters: vector(parameters),
    mean: vector(mean),
    square: vector(square),
    ...(state && { state: vector(state) }),
  };
}

/** A short text that tells data apart. */
export function fingerprint(tensor: tf.Tensor | undefined): string {
  if (!tensor) return "none";
  const { buffer, byteOffset, byteLength } = tensor.dataSync() as Float32Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return `[${tensor.shape}] ${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`;
}
