import { createHash } from "node:crypto";
import type { HeldOutLoss } from "../options.ts";

/** Everything that a training needs to go on from where it was. */
export interface Snapshot {
  /** What makes a training this training: options, architecture and data, in words. */
  readonly identity: Readonly<Record<string, string>>;
  readonly losses: readonly number[];
  readonly validation: readonly HeldOutLoss[];
  /** Parameters, Adam's sums, and the bijection's state if it has one. */
  readonly vectors: Vectors<"parameters" | "sum" | "squareSum">;
  /** Of the lowest validation loss. */
  readonly best?: Vectors<"parameters">;
  /** Seconds of computing before. */
  readonly seconds: number;
}

/** Numbers by name. */
export type Vectors<Name extends string> = Readonly<Record<Name, Float32Array>> & {
  readonly state?: Float32Array;
};

/** What a snapshot is in a file. */
interface Content {
  readonly identity: Snapshot["identity"];
  readonly losses: readonly number[];
  /** Steps and losses; a loss that JSON has no number for as a text. */
  readonly validation: readonly (readonly [number, number | string])[];
  readonly vectors: Texts;
  readonly best?: Texts;
  readonly seconds: number;
}

/** Vectors in base64. */
type Texts = Readonly<Record<string, string>>;

const KIND = "flowlab training checkpoint";
const FORMAT = `${KIND} 3`;

/** A snapshot as a text, with its checksum. */
export function encodeSnapshot({ validation, vectors, best, ...rest }: Snapshot): string {
  const content: Content = {
    ...rest,
    validation: validation.map(({ step, loss }) => [step, Number.isFinite(loss) ? loss : String(loss)]),
    vectors: encodeVectors(vectors),
    ...(best && { best: encodeVectors(best) }),
  };
  const text = JSON.stringify(content);
  return `{"format":"${FORMAT}","sha256":"${checksum(text)}","content":${text}}`;
}

/** Whether a text is a snapshot that another version of this library has written. */
export function isForeignSnapshot(text: string): boolean {
  return text.startsWith(`{"format":"${KIND} `) && !isSnapshot(text);
}

/** Whether a text is a snapshot, be it a damaged one. */
export function isSnapshot(text: string): boolean {
  return text.startsWith(`{"format":"${FORMAT}"`);
}

/**
 * The snapshot that a text holds.
 *
 * @throws Error if it has not stayed as it was written.
 */
export function decodeSnapshot(text: string): Snapshot {
  const { sha256, content } = JSON.parse(text) as { sha256: string; content: Content };
  if (sha256 !== checksum(JSON.stringify(content ?? null))) {
    throw new Error("its content does not have the checksum that it states");
  }
  const { validation, vectors, best, ...rest } = content;
  return {
    ...rest,
    validation: validation.map(([step, loss]) => ({ step, loss: Number(loss) })),
    vectors: decodeVectors(vectors) as Snapshot["vectors"],
    ...(best && { best: decodeVectors(best) as Vectors<"parameters"> }),
  };
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encodeVectors(vectors: Readonly<Record<string, Float32Array>>): Texts {
  const encode = ({ buffer, byteOffset, byteLength }: Float32Array) =>
    Buffer.from(buffer, byteOffset, byteLength).toString("base64");
  return Object.fromEntries(Object.entries(vectors).map(([name, vector]) => [name, encode(vector)]));
}

function decodeVectors(texts: Texts): Readonly<Record<string, Float32Array>> {
  const decode = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, decode(text)]));
}
