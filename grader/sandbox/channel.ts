/**
 * Lines from a child that may send anything: counted byte by byte as they arrive, expected only when asked for, and read as JSON
 * only where they kept within what was asked for.
 */

import type { Socket } from "node:net";
import { decode } from "../harness/encoding.ts";
import type { Answer } from "../harness/protocol.ts";
import { type AnswerSize, FAILURE_BYTES, sizeText } from "../harness/size.ts";

const MAX_DEPTH = 64;
/** What stands around a value: `{"id":…,"ok":true,"value":…}`. */
const ENVELOPE: AnswerSize = { values: 3, keys: 8, bytes: 128 };
/** An honest child writes its answer at once, and what the kernel makes of that are pieces of kilobytes. */
const PIECES = 64;
const BYTES_PER_PIECE = 512;

/** The child said something that the harness would not have said. */
export class ChannelError extends Error {}

/** The child answered with more than the check reads. */
export class OversizeError extends ChannelError {}

/** Where a line goes, and what to do when something comes that nobody asked for. */
export interface Listener {
  /** What may come now; undefined while nothing has been asked. */
  readonly expects: () => AnswerSize | undefined;
  /** After this line nothing is expected until it says so. */
  readonly onLine: (line: Line) => void;
  readonly onExcess: (error: ChannelError) => void;
}

export interface Line {
  readonly text: Buffer;
  readonly size: AnswerSize;
}

/** Cuts what arrives into lines. Stops listening at the first thing that breaks the rules. */
export function readLines(socket: Socket, { expects, onLine, onExcess }: Listener): void {
  let line = lineBuffer();
  socket.on("data", (chunk: Buffer) => {
    try {
      const size = expects();
      if (!size) throw new ChannelError("wrote to the grader's channel");
      const end = chunk.indexOf(0x0a);
      line.add(end < 0 ? chunk : chunk.subarray(0, end), size);
      if (end < 0) return;
      // The answer to one question is one line: nothing can rightly follow it before the next question.
      if (end !== chunk.length - 1) throw new ChannelError("wrote to the grader's channel");
      const whole = line.take();
      line = lineBuffer();
      onLine(whole);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      line = lineBuffer();
      socket.removeAllListeners("data");
      socket.pause();
      onExcess(error);
    }
  });
}

/** One line as it comes: kept in one piece, however small the parts, and counted before more of it is kept. */
function lineBuffer() {
  let kept = Buffer.alloc(0);
  let bytes = 0;
  let pieces = 0;
  const count = counter();
  return {
    add(part: Buffer, size: AnswerSize): void {
      pieces += 1;
      const most = Math.max(size.bytes, FAILURE_BYTES) + ENVELOPE.bytes;
      if (bytes + part.length > most) throw oversize(size);
      if (pieces > PIECES + (bytes + part.length) / BYTES_PER_PIECE)
        throw new ChannelError(`wrote one answer in ${pieces} pieces`);
      count.add(part);
      if (count.values > size.values + ENVELOPE.values || count.keys > size.keys + ENVELOPE.keys)
        throw oversize(size);
      if (bytes + part.length > kept.length) {
        const larger = Buffer.allocUnsafe(Math.min(most, 2 * (bytes + part.length)));
        kept.copy(larger, 0, 0, bytes);
        kept = larger;
      }
      part.copy(kept, bytes);
      bytes += part.length;
    },
    take: (): Line => ({
      text: kept.subarray(0, bytes),
      size: { values: count.values, keys: count.keys, bytes },
    }),
  };
}

const oversize = (size: AnswerSize) =>
  new OversizeError(`sent an answer larger than ${sizeText(size)}, the most that this check reads`);

/**
 * What JSON text holds, without reading it: commas (one less than the values), and colons and opening brackets (the keys, arrays
 * and objects). Never more than harness/size.ts counts for the value that it came from.
 */
function counter() {
  let depth = 0;
  let inText = false;
  let escaped = false;
  const seen = {
    values: 1,
    keys: 0,
    /** @throws ChannelError for what is nested too deep: reading it would need a stack, and looking at it another. */
    add(part: Buffer): void {
      for (let i = 0; i < part.length; i++) {
        const byte = part[i];
        if (inText) {
          if (escaped) escaped = false;
          else if (byte === 0x5c) escaped = true;
          else if (byte === 0x22) inText = false;
        } else if (byte === 0x22) inText = true;
        else if (byte === 0x2c) seen.values++;
        else if (byte === 0x3a) seen.keys++;
        else if (byte === 0x5b || byte === 0x7b) {
          seen.keys++;
          if (++depth > MAX_DEPTH)
            throw new ChannelError(`sent an answer nested more than ${MAX_DEPTH} levels deep`);
        } else if (byte === 0x5d || byte === 0x7d) depth--;
      }
    },
  };
  return seen;
}

const TROUBLES = ["unsolved", "threw", "kind", "size", "changed", "missing", "load"];

/**
 * @param size What was asked for.
 * @throws ChannelError if the line is not the answer to question `id`.
 */
export function readAnswer({ text, size: { bytes } }: Line, id: number, size: AnswerSize): Answer {
  const answer = parse(text) as {
    id?: unknown;
    ok?: unknown;
    value?: unknown;
  };
  if (answer === null || typeof answer !== "object" || answer.id !== id)
    throw new ChannelError("wrote to the grader's channel");
  if (answer.ok === true) {
    if (bytes > size.bytes + ENVELOPE.bytes) throw oversize(size);
    return { id, ok: true, value: answer.value };
  }
  const failure = readFailure(answer, id);
  if (!failure) throw new ChannelError("wrote to the grader's channel");
  return failure;
}

/** What is told instead of an answer; undefined if it is not such a thing. */
export function readFailure(told: unknown, id: number): Extract<Answer, { ok: false }> | undefined {
  const { ok, trouble, message, trace } = (told ?? {}) as { readonly [name: string]: unknown };
  if (ok !== false || !TROUBLES.includes(trouble as string) || typeof message !== "string") return undefined;
  return {
    ...{ id, ok: false, trouble: trouble as "threw", message: printable(message.slice(0, 4000)) },
    ...(typeof trace === "string" && { trace: printable(trace.slice(0, 8000)) }),
  };
}

function parse(line: Buffer): unknown {
  try {
    return decode(line.toString("utf8"));
  } catch {
    throw new ChannelError("wrote to the grader's channel");
  }
}

/** Text for a terminal or a page: control characters, and those that turn the writing direction, could repaint either. */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, "\ufffd");
}
