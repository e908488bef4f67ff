import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { tf } from "../../engine/tf.ts";
import { writeAtomically } from "../../ground/write-atomically.ts";
import type { TrainingState } from "../step/step.ts";
import { decodeSnapshot, encodeSnapshot, isForeignSnapshot, isSnapshot, type Snapshot } from "./snapshot.ts";

/** A file with a training's progress that does not fit the training, is none, or cannot be read or written. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/**
 * Writes a snapshot so that at any moment either the last one or this one lies there, complete.
 *
 * @throws CheckpointError if that is not possible.
 */
export function writeCheckpoint(path: string, snapshot: Snapshot): void {
  try {
    writeAtomically(path, encodeSnapshot(snapshot), besideOf(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Makes sure that a file can be written beside a path, before there are steps to be lost.
 *
 * @throws CheckpointError if not.
 */
export function checkWritable(path: string): void {
  try {
    closeSync(openSync(besideOf(path), "w"));
    rmSync(besideOf(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** One place, so that what a killed training leaves there is gone with the next checkpoint. */
function besideOf(path: string): string {
  return `${path}.part`;
}

function unwritable(path: string, cause: unknown): CheckpointError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CheckpointError(
    `${path} cannot be written (${why}); make the folder that it is to lie in, or name another file`,
    { cause },
  );
}

/**
 * Reads the snapshot at a path, if there is a file.
 *
 * @throws CheckpointError if it is no checkpoint, a damaged one, or one of another training: names what differs.
 */
export function readCheckpoint(path: string, identity: Snapshot["identity"]): Snapshot | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  if (isForeignSnapshot(text)) {
    throw new CheckpointError(
      `${path} is a checkpoint of another version of flowlab; go on with that one, or delete it to start anew`,
    );
  }
  if (!isSnapshot(text)) {
    throw new CheckpointError(
      `fit: expected a checkpoint of a training; ${path} is not a checkpoint: name another file`,
    );
  }
  const snapshot = decodeFile(path, text);
  const differing = Object.keys(identity).filter((key) => identity[key] !== snapshot.identity[key]);
  if (differing.length === 0) return snapshot;
  const [key] = differing;
  const [there, here] = excerpts(snapshot.identity[key] ?? "nothing", identity[key]);
  throw new CheckpointError(
    `${path} belongs to a training with other ${differing.join(", ")} (${key}: ${there} there, ` +
      `${here} here); delete it to start anew, or name another file`,
  );
}

function decodeFile(path: string, text: string): Snapshot {
  try {
    return decodeSnapshot(text);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new CheckpointError(`${path} is damaged: ${what}; delete it to start anew, or name another file`, {
      cause,
    });
  }
}

/** Two texts, or where they are long, their parts around the first difference. */
function excerpts(...texts: [string, string]): string[] {
  const [a, b] = texts;
  if (Math.max(a.length, b.length) <= 60) return texts;
  let same = 0;
  while (a[same] === b[same]) same += 1;
  const start = Math.max(0, same - 30);
  return texts.map((text) => {
    const end = start + 60;
    return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CheckpointError(`${path} cannot be read (${(cause as Error).message}); name another file`, {
      cause,
    });
  }
}

/** The numbers of a training's state. */
export function readVectors({ parameters, sum, squareSum, state }: TrainingState): Snapshot["vectors"] {
  const read = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
  return {
    parameters: read(parameters),
    sum: read(sum),
    squareSum: read(squareSum),
    ...(state && { state: read(state) }),
  };
}

/** A training's state from its numbers. */
export function stateFrom({ parameters, sum, squareSum, state }: Snapshot["vectors"]): TrainingState {
  const vector = (numbers: Float32Array) => tf.tensor1d(numbers.slice());
  return {
    parameters: vector(parameters),
    sum: vector(sum),
    squareSum: vector(squareSum),
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
