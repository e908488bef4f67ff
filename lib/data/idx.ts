import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { tf } from "../engine/tf.ts";
import { checkOptions, checkPath } from "../ground/arguments/check-options.ts";
import { aNumber, aText } from "../ground/arguments/kinds.ts";
import { plural } from "../ground/plural.ts";
import { checkLimit, type ImageSet } from "./image-set.ts";

/** An array as an IDX file holds it. */
export interface IdxArray {
  /** Lengths of the axes, the first being the number of items. */
  readonly shape: readonly number[];
  /** The numbers, the last axis running fastest. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file, the format of MNIST and its relatives; compressed (.gz) or not.
 *
 * @throws Error if the file cannot be read, is no IDX file of unsigned bytes, or has another length than it says.
 */
export function readIdx(path: string): IdxArray {
  checkPath("readIdx", path, 'readIdx("train-images-idx3-ubyte.gz")');
  const file = readFileSync(path);
  const compressed = file[0] === 0x1f && file[1] === 0x8b;
  const bytes = compressed ? unpack(file, path) : file;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw new Error(`${path}: expected an IDX file, which starts with two zero bytes; it does not`);
  }
  const [type, rank] = [bytes[2], bytes[3]];
  if (type !== UNSIGNED_BYTE) {
    throw new Error(`${path}: expected unsigned bytes (type 0x08); the file has type 0x${type.toString(16)}`);
  }
  const start = 4 + 4 * rank;
  if (rank === 0 || bytes.length < start) throw new Error(`${path}: the header ends too early`);
  const shape = Array.from({ length: rank }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== size) {
    throw new Error(
      `${path}: expected ${plural(size, "number")} of shape [${shape}]; the file has ${bytes.length - start}. Is it complete?`,
    );
  }
  return { shape, values: new Uint8Array(bytes.subarray(start)) };
}

/**
 * Images from an IDX file, with the labels of another: `train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`.
 *
 * @param options.labels Path of the file with one label for each image.
 * @param options.limit Reads the first so many only.
 * @returns Images [count, height, width, 1], or with 3 channels if the file has four axes, of numbers from 0 to 255.
 * @throws RangeError if the limit is no whole number ≥ 1.
 * @throws Error if a file is not as expected, or there is not one label for each image.
 */
export function idxImages(path: string, options: { labels?: string; limit?: number } = {}): ImageSet {
  checkPath("idxImages", path, 'idxImages("train-images-idx3-ubyte.gz")');
  checkOptions("idxImages", options, 'idxImages("images.gz", { labels: "labels.gz" })', {
    labels: aText,
    limit: aNumber,
  });
  checkLimit("idxImages", options.limit);
  const { shape, values } = readIdx(path);
  if (shape.length !== 3 && shape.length !== 4) {
    throw new Error(`${path}: expected images, which have 3 or 4 axes; got shape [${shape}]`);
  }
  const [all, height, width, channels = 1] = shape;
  if (channels !== 1 && channels !== 3) {
    throw new Error(`${path}: expected images of 1 or 3 channels; got shape [${shape}]`);
  }
  const count = Math.min(all, options.limit ?? all);
  const pixels = Float32Array.from(values.subarray(0, count * height * width * channels));
  const labels = options.labels === undefined ? undefined : labelsFrom(options.labels, all).slice(0, count);
  return { images: tf.tensor4d(pixels, [count, height, width, channels]), ...(labels && { labels }) };
}

function labelsFrom(path: string, count: number): number[] {
  const { shape, values } = readIdx(path);
  if (shape.length === 1 && shape[0] === count) return Array.from(values);
  throw new Error(`${path}: expected ${count} labels, one for each image; got shape [${shape}]`);
}

function unpack(file: Buffer, path: string): Buffer {
  try {
    return gunzipSync(file);
  } catch (error) {
    throw new Error(`${path}: the compressed data are damaged or incomplete`, { cause: error });
  }
}
