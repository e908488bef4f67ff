import { checkOptions } from "../ground/arguments/check-options.ts";
import { inNameOf } from "../ground/arguments/in-name-of.ts";
import {
  aNumber,
  anObject,
  anything,
  aWhole,
  bytesOfFile,
  checkKind,
  demand,
  listOf,
} from "../ground/arguments/kinds.ts";
import { describe as show } from "../ground/arguments/plain-numbers.ts";
import { plural } from "../ground/plural.ts";
import { HeaderError, parseHeader } from "./safetensors-header.ts";

/** The kinds of numbers that flows have, by the names that the format gives them. */
const TYPES = {
  F32: { bytes: 4, array: Float32Array },
  I32: { bytes: 4, array: Int32Array },
  BOOL: { bytes: 1, array: Uint8Array },
} as const;

/** Bytes of the number in front that says how long the header is. */
const LENGTH_BYTES = 8;
/** The name in the header under which texts stand instead of a tensor. */
const METADATA = "__metadata__";
/** What readers of the format accept as a header. */
const LARGEST_HEADER = 100_000_000;

/** An array of numbers in a file. */
export interface StoredTensor {
  /** What kind of numbers: 32-bit floating-point, 32-bit integers, or truth values in a byte each. */
  readonly dtype: keyof typeof TYPES;
  /** Lengths of the axes; [] of a single number. */
  readonly shape: readonly number[];
  /** The numbers, the last axis running fastest. */
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What a file in the safetensors format holds. */
export interface Safetensors {
  /** Arrays by name. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** Texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes that are not a complete file in the safetensors format. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}

/**
 * Bytes in the safetensors format: the header's length in 8 bytes, the header in JSON, which gives each tensor's type,
 * shape and place, and the numbers, all of them little-endian.
 *
 * @throws SafetensorsError if readers would refuse the file: if values are not those of a tensor's type and shape, a
 *   tensor has the name of the metadata, a text is no Unicode, or the header is longer than 100 MB.
 * @see The format's description, https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(content: Safetensors): Uint8Array {
  checkOptions("encodeSafetensors", content, "encodeSafetensors({ tensors: {}, metadata: {} })", {
    tensors: demand(anObject),
    metadata: anything,
  });
  const { tensors, metadata } = content;
  const entries: [string, unknown][] = [
    [METADATA, inNameOf("encodeSafetensors", () => checkedTexts(metadata))],
  ];
  let end = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    checkTensor(name, tensor);
    const { dtype, shape, values } = tensor;
    entries.push([name, { dtype, shape, data_offsets: [end, end + values.byteLength] }]);
    end += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  // Spaces at the end of the header put the numbers where typed arrays can begin.
  const padded = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  if (padded > LARGEST_HEADER) {
    throw new SafetensorsError(
      `encodeSafetensors: expected a header of at most ${LARGEST_HEADER} bytes; got ${padded}`,
    );
  }
  const bytes = Buffer.alloc(LENGTH_BYTES + padded + end, " ");
  bytes.writeBigUInt64LE(BigInt(padded), 0);
  text.copy(bytes, LENGTH_BYTES);
  let offset = LENGTH_BYTES + padded;
  for (const { values } of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}

function checkTensor(name: string, tensor: StoredTensor): void {
  checkOptions(`tensor ${name}`, tensor, '{ dtype: "F32", shape: [1], values: new Float32Array(1) }', {
    dtype: anything,
    shape: demand(listOf(aWhole)),
    values: demand(listOf(aNumber)),
  });
  const { dtype, shape, values } = tensor;
  const type = TYPES[dtype];
  if (name === METADATA || !name.isWellFormed()) {
    throw new SafetensorsError(
      `encodeSafetensors: expected another name of a tensor than ${JSON.stringify(name)}`,
    );
  }
  if (type && values instanceof type.array && values.length === sizeOf(shape)) return;
  const found = `${plural(values.length, "number")} in a ${values.constructor.name}`;
  throw new SafetensorsError(
    `tensor ${name}: expected numbers of type ${dtype} and shape [${shape}]; got ${found}`,
  );
}

/** The texts, if they are some. */
function checkedTexts(metadata: unknown): Record<string, string> {
  const isObject = typeof metadata === "object" && metadata !== null && !Array.isArray(metadata);
  const texts = isObject ? Object.entries(metadata) : [];
  const wrong = texts.find(([name, text]) => !`${name}${text}`.isWellFormed() || typeof text !== "string");
  if (isObject && !wrong) return metadata as Record<string, string>;
  const found = wrong
    ? `${show(wrong[1])} as ${JSON.stringify(wrong[0])}`
    : Array.isArray(metadata)
      ? JSON.stringify(metadata)
      : show(metadata);
  throw new SafetensorsError(`${METADATA}: expected texts by name; got ${found}`);
}

/**
 * Reads what bytes in the safetensors format hold.
 *
 * @throws SafetensorsError if they are in another format, end too early, name something twice, have bytes that belong
 *   to no tensor or to several, or hold another kind of numbers than 32-bit floating-point numbers, 32-bit integers
 *   and truth values.
 * @see The format's description, https://huggingface.co/docs/safetensors
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  checkKind("decodeSafetensors", "bytes", bytes, demand(bytesOfFile));
  const { header, data } = divide(bytes);
  const { [METADATA]: metadata, ...entries } = header;
  const places = Object.entries(entries).map(([name, entry]) => describe(name, entry));
  checkPlaces(places, data.length);
  const tensors = places.map((place) => [place.name, tensorAt(place, data)]);
  return { tensors: Object.fromEntries(tensors), metadata: checkedTexts(metadata ?? {}) };
}

function divide(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < LENGTH_BYTES)
    throw new SafetensorsError(`it has ${plural(buffer.length, "byte")}, too few for any file`);
  const length = buffer.readBigUInt64LE(0);
  const foreign = buffer.length > LENGTH_BYTES && buffer[LENGTH_BYTES] !== "{".charCodeAt(0);
  if (foreign || length > LARGEST_HEADER) throw new SafetensorsError("it is not in the safetensors format");
  const end = LENGTH_BYTES + Number(length);
  if (end > buffer.length) {
    throw new SafetensorsError(
      `it is truncated: its header ends at byte ${end}, the file at ${buffer.length}`,
    );
  }
  try {
    return { header: parseHeader(buffer.subarray(LENGTH_BYTES, end)), data: buffer.subarray(end) };
  } catch (cause) {
    if (!(cause instanceof HeaderError)) throw cause;
    throw new SafetensorsError(`it is not in the safetensors format: ${cause.message}`, { cause });
  }
}

/** What the header says of a tensor. */
interface Place extends Omit<StoredTensor, "values"> {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

function describe(name: string, entry: unknown): Place {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2 || typeof dtype !== "string") {
    throw new SafetensorsError(`it is damaged: tensor ${name} has no complete description`);
  }
  if (!Object.hasOwn(TYPES, dtype)) {
    const known = Object.keys(TYPES).join(", ");
    throw new SafetensorsError(`tensor ${name} has numbers of type ${dtype}; ${known} can be read`);
  }
  const type = dtype as StoredTensor["dtype"];
  const [begin, end] = offsets;
  if (end - begin !== sizeOf(shape) * TYPES[type].bytes) {
    throw new SafetensorsError(
      `it is damaged: tensor ${name} of shape [${shape}] has ${plural(end - begin, "byte")}`,
    );
  }
  return { name, dtype: type, shape, begin, end };
}

/** Makes sure that every byte of the numbers belongs to one tensor. */
function checkPlaces(places: readonly Place[], length: number): void {
  let covered = 0;
  for (const { name, begin, end } of [...places].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      const kind =
        begin < covered ? "bytes of another tensor, too" : "bytes in front that belong to no tensor";
      throw new SafetensorsError(`it is damaged: tensor ${name}, from byte ${begin} to ${end}, has ${kind}`);
    }
    if (end > length) {
      throw new SafetensorsError(
        `it is truncated: tensor ${name} ends at byte ${end} of the numbers, of which there are ${length}`,
      );
    }
    covered = end;
  }
  if (covered === length) return;
  throw new SafetensorsError(`its tensors take ${plural(covered, "byte")}, but ${length} follow the header`);
}

function tensorAt({ dtype, shape, begin, end }: Place, data: Uint8Array): StoredTensor {
  // A copy of its own begins where a typed array can.
  const copied = Uint8Array.from(data.subarray(begin, end));
  return { dtype, shape, values: new TYPES[dtype].array(copied.buffer) };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}
