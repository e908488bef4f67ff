import type { Header } from "./wire.ts";

/** Text waits this long for more of it, ms, and no longer than this many characters have come together. */
const flushInterval = 40;
const flushSize = 64 * 1024;

/** Text that belongs together: from one cell, to one stream. */
export interface StreamText {
  parent: Header;
  name: "stdout" | "stderr";
  text: string;
}

/**
 * Joins what cells print. One message for each `console.log` would keep a front end busy for minutes with
 * what a loop prints in a second. It works in the thread of the sockets, where its timer fires even while a
 * cell is busy.
 */
export function createStreamBatch(send: (text: StreamText) => void) {
  let parent: Header | undefined;
  let name: StreamText["name"] = "stdout";
  let chunks: string[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (parent === undefined || size === 0) return;
    const text = chunks.join("");
    chunks = [];
    size = 0;
    send({ parent, name, text });
  }

  function add(more: StreamText): void {
    if (more.parent.msg_id !== parent?.msg_id || more.name !== name) flush();
    parent = more.parent;
    name = more.name;
    chunks.push(more.text);
    size += more.text.length;
    if (size >= flushSize) flush();
    else timer ??= setTimeout(flush, flushInterval);
  }

  return { add, flush };
}
