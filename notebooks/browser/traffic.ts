/** What a page of JupyterLab and its kernel say to each other: which cell runs, what it shows, and how it ends. */

import type { Page, WebSocket } from "playwright-core";

/** A cell that the page has sent to the kernel. */
export interface SentCell {
  readonly id: string;
  readonly code: string;
  /** When the kernel began with it, and when it was done, in ms of `performance.now()`. */
  begun?: number;
  ended?: number;
  status?: string;
  /** What it showed: MIME bundles, in order. */
  readonly shown: Record<string, unknown>[];
  /** Errors, and what was written to stderr. */
  readonly complaints: string[];
}

export interface Traffic {
  readonly cells: readonly SentCell[];
  /** Errors of the page itself: uncaught ones, and what its console calls an error. */
  readonly pageErrors: readonly string[];
  /**
   * Waits until so many cells are done.
   *
   * @param deadline For each of them, and for the first to begin, in ms.
   * @throws Error that names the cell that is not done in time.
   */
  allDone(count: number, deadline: number): Promise<void>;
}

interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent: { readonly msg_id?: string };
  readonly metadata: { readonly cellId?: string };
  readonly content: Record<string, unknown>;
}

/**
 * A message of Jupyter's websockets: JSON, or parts behind a list of where they begin.
 *
 * @see https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
 */
function decode(payload: string | Buffer): Message {
  if (typeof payload === "string") {
    const { parent_header: parent, ...message } = JSON.parse(payload);
    return { ...message, parent };
  }
  const offset = (i: number) => Number(payload.readBigUInt64LE(8 * (1 + i)));
  const part = (i: number) => JSON.parse(payload.subarray(offset(i), offset(i + 1)).toString());
  return { header: part(1), parent: part(2), metadata: part(3), content: part(4) };
}

const nameOf = (cells: readonly SentCell[], cell: SentCell) =>
  `code cell ${cells.indexOf(cell) + 1} (${cell.id}), ${JSON.stringify(cell.code.trim().split("\n")[0])}`;

/** To be called before the page opens its notebook. */
export function watchTraffic(page: Page): Traffic {
  const cells: SentCell[] = [];
  const byRequest = new Map<string, SentCell>();
  const pageErrors: string[] = [];
  page.on("pageerror", (error) => pageErrors.push(`${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") pageErrors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("websocket", (socket: WebSocket) => {
    if (!/\/api\/kernels\/[^/]+\/channels/.test(socket.url())) return;
    socket.on("framesent", ({ payload }) => {
      const { header, metadata, content } = decode(payload);
      if (header.msg_type !== "execute_request" || metadata.cellId === undefined) return;
      const cell: SentCell = { id: metadata.cellId, code: `${content.code}`, shown: [], complaints: [] };
      cells.push(cell);
      byRequest.set(header.msg_id, cell);
    });
    socket.on("framereceived", ({ payload }) => {
      const message = decode(payload);
      const cell = byRequest.get(message.parent.msg_id ?? "");
      if (cell !== undefined) take(cell, message);
    });
  });
  return {
    cells,
    pageErrors,
    async allDone(count, deadline) {
      const start = performance.now();
      for (;;) {
        const running = cells.find(({ ended }) => ended === undefined);
        if (running === undefined && cells.length >= count) return;
        const last = Math.max(start, ...cells.map(({ begun, ended }) => ended ?? begun ?? 0));
        if (performance.now() - last > deadline) {
          const what = running
            ? `${nameOf(cells, running)} is not done`
            : `only ${cells.length} of ${count} cells were sent`;
          throw new Error(`${what} after ${deadline / 1000} s`);
        }
        await page.waitForTimeout(50);
      }
    },
  };
}

function take(cell: SentCell, { header, content }: Message): void {
  switch (header.msg_type) {
    case "execute_input":
      cell.begun = performance.now();
      break;
    case "execute_reply":
      cell.status = `${content.status}`;
      cell.ended = performance.now();
      break;
    case "error":
      cell.complaints.push(`${content.ename}: ${content.evalue}`);
      break;
    case "stream":
      if (content.name === "stderr") cell.complaints.push(`stderr: ${content.text}`);
      break;
    case "display_data":
    case "execute_result":
      cell.shown.push(content.data as Record<string, unknown>);
  }
}
