/** The kinds of numbers that flows have, by the names that the format gives them. */
const TYPES = {
  F32: { bytes: 4, array: Float32Array },
  I32: { bytes: 4, array: Int32Array },
  BOOL: { bytes: 1, array: Uint8Array },
} as const;

/** Bytes of the number in front that says how long the header is. */
const LENGTH_BYTES = 8;
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
 * @see The format's description, https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  // Spaces at the end of the header put the numbers where typed arrays can begin.
  const padded = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
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

/**
 * Reads what bytes in the safetensors format hold.
 *
 * @throws SafetensorsError if they are in another format, end too early, or hold another kind of numbers than 32-bit
 *   floating-point numbers, 32-bit integers and truth values.
 * @see The format's description, https://huggingface.co/docs/safetensors
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const { header, data } = divide(bytes);
  const { __metadata__: metadata = {}, ...entries } = header;
  let covered = 0;
  const tensors = Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const tensor = decodeTensor(name, entry, data);
      covered += tensor.values.byteLength;
      return [name, tensor];
    }),
  );
  if (covered !== data.length) {
    throw new SafetensorsError(`its tensors take ${covered} bytes, but ${data.length} follow the header`);
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function divide(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < LENGTH_BYTES)
    throw new SafetensorsError(`it has ${buffer.length} bytes, too few for any file`);
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
    const header = JSON.parse(buffer.toString("utf8", LENGTH_BYTES, end)) as Record<string, unknown>;
    return { header, data: buffer.subarray(end) };
  } catch (error) {
    throw new SafetensorsError("it is not in the safetensors format: its header is no JSON", {
      cause: error,
    });
  }
}

function decodeTensor(name: string, entry: unknown, data: Uint8Array): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2 || typeof dtype !== "string") {
    throw new SafetensorsError(`it is damaged: tensor ${name} has no complete description`);
  }
  if (!Object.hasOwn(TYPES, dtype)) {
    const known = Object.keys(TYPES).join(", ");
    throw new SafetensorsError(`tensor ${name} has numbers of type ${dtype}; ${known} can be read`);
  }
  const type = TYPES[dtype as StoredTensor["dtype"]];
  const [begin, end] = offsets;
  const count = shape.reduce((product, length) => product * length, 1);
  if (end - begin !== count * type.bytes) {
    throw new SafetensorsError(`it is damaged: tensor ${name} of shape [${shape}] has ${end - begin} bytes`);
  }
  if (end > data.length) {
    throw new SafetensorsError(
      `it is truncated: tensor ${name} ends at byte ${end} of the numbers, of which there are ${data.length}`,
    );
  }
  // A copy of its own begins where a typed array can.
  const copied = Uint8Array.from(data.subarray(begin, end));
  const values = new type.array(copied.buffer, 0, count);
  return { dtype: dtype as StoredTensor["dtype"], shape, values };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0);
}
