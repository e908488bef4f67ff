/**
 * Lines from a child that may send anything: bounded before they are parsed, expected only when asked for.
 */

import type { Socket } from "node:net";
import { type Answer, decode, MAX_ANSWER_BYTES } from "../harness/protocol.ts";

/** Most arrays and objects in one answer: a million special numbers and some. Each costs the parent memory when parsed. */
const MAX_STRUCTURES = 1_100_000;
const MAX_DEPTH = 64;

export class ChannelError extends Error {}

/** Where a line goes, and what to do when something comes that nobody asked for. */
export interface Listener {
  readonly onLine: (line: Buffer) => void;
  readonly onExcess: (error: ChannelError) => void;
}

/** Cuts what arrives into lines. Stops listening at the first thing that breaks the rules. */
export function readLines(socket: Socket, { onLine, onExcess }: Listener): void {
  let parts: Buffer[] = [];
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    const end = chunk.indexOf(0x0a);
    bytes += end < 0 ? chunk.length : end;
    if (bytes > MAX_ANSWER_BYTES)
      return refuse(`sent an answer of more than ${MAX_ANSWER_BYTES / 1024 / 1024} MB`);
    if (end < 0) {
      parts.push(chunk);
      return;
    }
    // The answer to one question is one line: nothing can rightly follow it before the next question.
    if (end !== chunk.length - 1) return refuse("wrote to the grader's channel");
    const line = Buffer.concat([...parts, chunk.subarray(0, end)]);
    parts = [];
    bytes = 0;
    onLine(line);
  });

  function refuse(message: string): void {
    parts = [];
    socket.removeAllListeners("data");
    socket.pause();
    onExcess(new ChannelError(message));
  }
}

const TROUBLES = ["unsolved", "threw", "kind", "missing", "load"];

/** @throws ChannelError if the line is not the answer to question `id`. */
export function readAnswer(line: Buffer, id: number): Answer {
  checkStructure(line);
  const answer = parsed(line) as {
    id?: unknown;
    ok?: unknown;
    value?: unknown;
    trouble?: unknown;
    message?: unknown;
    trace?: unknown;
  };
  if (answer === null || typeof answer !== "object" || answer.id !== id)
    throw new ChannelError("wrote to the grader's channel");
  if (answer.ok === true) return { id, ok: true, value: answer.value };
  const { trouble, message, trace } = answer;
  if (answer.ok !== false || !TROUBLES.includes(trouble as string) || typeof message !== "string") {
    throw new ChannelError("wrote to the grader's channel");
  }
  return {
    ...{ id, ok: false, trouble: trouble as "threw", message: printable(message.slice(0, 4000)) },
    ...(typeof trace === "string" && { trace: printable(trace.slice(0, 8000)) }),
  };
}

function parsed(line: Buffer): unknown {
  try {
    return decode(line.toString("utf8"));
  } catch {
    throw new ChannelError("wrote to the grader's channel");
  }
}

/** Refuses what would cost much more memory as values than as text: 24 MB of `[[[[` are a gigabyte of arrays. */
function checkStructure(line: Buffer): void {
  let depth = 0;
  let structures = 0;
  let inText = false;
  for (let i = 0; i < line.length; i++) {
    const byte = line[i];
    if (inText) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      structures++;
      if (++depth > MAX_DEPTH)
        throw new ChannelError(`sent an answer nested more than ${MAX_DEPTH} levels deep`);
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  if (structures > MAX_STRUCTURES)
    throw new ChannelError(`sent an answer of ${structures} arrays and objects`);
}

/** Text for a terminal or a page: control characters, and those that turn the writing direction, could repaint either. */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, "\ufffd");
}
