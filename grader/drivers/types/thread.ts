/** The thread of strip.ts: reads one text after another. What it cannot read it says nothing about. */

import { parentPort } from "node:worker_threads";
import { javaScript } from "../../harness/loading/java-script.ts";
import type { Order, Stripped } from "./strip.ts";

const PARSER_REFUSED = ["ERR_INVALID_TYPESCRIPT_SYNTAX", "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"];

parentPort?.on("message", ({ number, code }: Order) => {
  let script: string | undefined;
  try {
    script = javaScript(code);
  } catch (error) {
    // Anything else is the parser's own fault, and nobody knows in which state it has left itself: this thread ends.
    if (!PARSER_REFUSED.includes(String((error as { code?: unknown }).code))) throw error;
  }
  parentPort?.postMessage({ number, script } satisfies Stripped);
});
