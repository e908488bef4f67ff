/** The thread of reader.ts: one request, one answer. */

import { parentPort } from "node:worker_threads";
import { decodeText } from "../files/text.ts";
import { type Findings, Unreadable } from "../submission.ts";
import { readNotebook } from "./notebook.ts";
import { withoutOutputs } from "./notebook-text.ts";
import { readScript, type ScriptFacts } from "./script.ts";

export type ReaderRequest =
  | {
      readonly kind: "notebook";
      readonly bytes: Uint8Array;
      readonly origin: string;
      readonly course: readonly {
        readonly id: string;
        readonly path: string;
        readonly names: readonly string[];
      }[];
    }
  | { readonly kind: "script"; readonly code: string; readonly names: readonly string[] };

export type ReaderAnswer = { readonly found: Findings | ScriptFacts } | { readonly unreadable: string };

parentPort?.on("message", (request: ReaderRequest) => parentPort?.postMessage(answerTo(request)));

function answerTo(request: ReaderRequest): ReaderAnswer {
  try {
    if (request.kind === "script") return { found: readScript(request.code, request.names) };
    const course = request.course.map(({ id, path, names }) => ({
      id,
      path,
      signatures: Object.fromEntries(names.map((name) => [name, true])),
    }));
    const text = withoutOutputs(decodeText(request.bytes, request.origin), request.origin);
    return { found: readNotebook(text, request.origin, course) };
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.message };
    throw error;
  }
}
