/**
 * What the answers to one check hold together, in a sandbox and in a notebook alike: counted as the text that carries them, so that
 * the same code is refused at the same question wherever it runs.
 */

import { LearnerError } from "../grading/session.ts";
import { encodeNumber } from "../harness/encoding.ts";
import { type AnswerSize, sizeText, together } from "../harness/size.ts";

export interface AnswersTogether {
  /** From now on as many answers of this size as a check may have; what came before does not count. */
  restart(one: AnswerSize): void;
  /** An answer whose text has been counted; whole sizes, without what a message stands in. */
  took(answer: AnswerSize): void;
  /** An answer that is no text. */
  tookValue(answer: unknown): void;
  /** @throws LearnerError with `size` if there is no room for another answer. */
  refuseIfFull(): void;
}

const NOTHING: AnswerSize = { values: 0, keys: 0, bytes: 0 };
const PARTS = ["values", "keys", "bytes"] as const;

/** Nothing is refused before it is said for the first time what an answer may hold. */
export function answersTogether(): AnswersTogether {
  let most: AnswerSize | undefined;
  let used = NOTHING;
  /** Counted as if their numbers were as long as numbers can be: nearly always that fits, and no number is written out. */
  let roughly: unknown[] = [];
  let atMost = NOTHING;

  return {
    restart(one) {
      most = together(one);
      used = NOTHING;
      roughly = [];
      atMost = NOTHING;
    },
    took(answer) {
      used = sum(used, answer);
    },
    tookValue(answer) {
      if (!most) return;
      roughly.push(answer);
      atMost = sum(
        atMost,
        textSize(answer, () => LONGEST_NUMBER),
      );
    },
    refuseIfFull() {
      if (!most || !reaches(sum(used, atMost), most)) return;
      for (const answer of roughly) used = sum(used, textSize(answer));
      roughly = [];
      atMost = NOTHING;
      if (reaches(used, most))
        throw new LearnerError(
          "size",
          `the answers to this check hold more than ${sizeText(most)} together: return only what is asked for`,
        );
    },
  };
}

/** "-2.2250738585072014e-308" */
const LONGEST_NUMBER = 24;

/** What the value's text holds, counted as sandbox/channel.ts counts the text: one more value than commas; names, lists and objects. */
export function textSize(
  value: unknown,
  width: (value: number) => number = (number) => encodeNumber(number).length,
): AnswerSize {
  const seen = { values: 1, keys: 0, bytes: 0 };
  const add = (part: unknown): void => {
    if (typeof part === "number") seen.bytes += width(part);
    else if (typeof part === "string") seen.bytes += Buffer.byteLength(JSON.stringify(part));
    else if (typeof part === "boolean") seen.bytes += part ? 4 : 5;
    else if (part === null || typeof part !== "object") seen.bytes += 4;
    else if (Array.isArray(part) || ArrayBuffer.isView(part)) addParts(part as ArrayLike<unknown>);
    else {
      const fields = Object.entries(part).filter(([, field]) => field !== undefined);
      seen.keys += fields.length;
      for (const [name] of fields) seen.bytes += Buffer.byteLength(JSON.stringify(name)) + 1;
      addParts(fields.map(([, field]) => field));
    }
  };
  const addParts = (parts: ArrayLike<unknown>): void => {
    const commas = Math.max(0, parts.length - 1);
    seen.values += commas;
    seen.keys += 1;
    seen.bytes += 2 + commas;
    for (let i = 0; i < parts.length; i++) add(parts[i]);
  };
  add(value);
  return seen;
}

/** What is left of a message's size without what the answer stands in: `{"id":…,"ok":true,"value":…}`. */
export function withoutMessage({ values, keys, bytes }: AnswerSize, id: number): AnswerSize {
  const { length } = `{"id":${id},"ok":true,"value":}`;
  return { values: values - 2, keys: keys - 4, bytes: bytes - length };
}

const reaches = (size: AnswerSize, most: AnswerSize): boolean =>
  PARTS.some((part) => size[part] >= most[part]);

function sum(a: AnswerSize, b: AnswerSize): AnswerSize {
  return { values: a.values + b.values, keys: a.keys + b.keys, bytes: a.bytes + b.bytes };
}
