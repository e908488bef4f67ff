/** The page of a review and what it asks for, on this machine's own address. */

import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, extname, join } from "node:path";
import { Eta } from "eta";
import { PointsError } from "../by-hand/refused.ts";
import { escapeHTML } from "../report/escape.ts";
import { printableLine } from "../report/printable.ts";
import type { Desk } from "./desk.ts";
import { createGuard, HEADERS } from "./guard.ts";
import type { Change } from "./points-file.ts";

const HERE = import.meta.dirname;
/** Of what is sent to be saved: a remark of a few pages. */
const MOST_BYTES = 64 * 1024;

export interface ReviewServer {
  /** With the secret in it: for whoever sits at this machine. */
  readonly address: string;
  close(): Promise<void>;
}

export interface Shown {
  readonly title: string;
  readonly anonymous: boolean;
  /** The command that writes the reports again. */
  readonly again: string;
}

/** @param onError Told what went wrong here, of which the page only says that it did. */
export async function serveReview(
  desk: Desk,
  shown: Shown,
  {
    port = 0,
    onError = () => {},
  }: { readonly port?: number; readonly onError?: (error: Error) => void } = {},
): Promise<ReviewServer> {
  const guard = createGuard();
  const assets = await assetFiles();
  const eta = new Eta({
    views: join(HERE, "templates"),
    autoEscape: true,
    escapeFunction: escapeHTML,
    cache: true,
  });
  const at = () => (server.address() as AddressInfo).port;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const admitted = guard.admit(request, at());
    if ("refused" in admitted) return sendText(response, admitted.refused, admitted.why);
    const { path } = admitted;
    const asset = assets.get(path);
    if (request.method === "GET" && asset) return sendFile(response, asset);
    if (request.method === "GET" && path === "")
      return sendText(response, 200, eta.render("page", shown), "text/html");
    if (request.method === "GET" && path === "answers") return await sendList(request, response);
    const id = /^answers\/(\d{1,7})$/.exec(path)?.[1];
    if (id === undefined) return sendText(response, 404, "there is no such page");
    if (request.method === "GET") return await sendAnswer(Number(id), response);
    const sent = changeIn(await bodyOf(request));
    const saved = sent && (await desk.save(Number(id), sent.check, sent.change));
    if (!saved) return sendText(response, 404, "there is no such answer or check");
    sendJSON(response, saved.saved ? 200 : 409, saved.entry);
  }

  async function sendList(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { digest, answers } = await desk.list();
    response.setHeader("ETag", `"${digest}"`);
    if (request.headers["if-none-match"] === `"${digest}"`) return sendText(response, 304, "");
    sendJSON(response, 200, { answers });
  }

  async function sendAnswer(id: number, response: ServerResponse): Promise<void> {
    const found = await desk.answer(id);
    if (!found) return sendText(response, 404, "there is no such answer");
    const { view, entries, banks } = found;
    sendJSON(response, 200, { html: eta.render("answer", view), entries, banks });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      if (response.headersSent) return response.destroy();
      if (error instanceof PointsError) return sendText(response, 422, printableLine(error.message));
      if (error instanceof TooLarge) return sendText(response, 413, error.message);
      onError(error);
      sendText(response, 500, `not done: ${printableLine(error.message)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${at()}/${guard.token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
};

/** Where each asset comes from, by its path. Nothing else of the disk is ever sent. */
async function assetFiles(): Promise<Map<string, string>> {
  const katex = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));
  const fonts = (await readdir(join(katex, "fonts"))).filter((name) => name.endsWith(".woff2"));
  const own = await readdir(join(HERE, "assets"));
  return new Map([
    ["assets/report.css", join(HERE, "..", "report", "assets", "report.css")],
    ["assets/katex/katex.min.css", join(katex, "katex.min.css")],
    ...fonts.map((name): [string, string] => [`assets/katex/fonts/${name}`, join(katex, "fonts", name)]),
    ...own.map((name): [string, string] => [`assets/${name}`, join(HERE, "assets", name)]),
  ]);
}

function sendFile(response: ServerResponse, path: string): void {
  response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
  createReadStream(path)
    .on("error", () => response.destroy())
    .pipe(response);
}

function sendText(response: ServerResponse, status: number, text: string, type = "text/plain"): void {
  response
    .writeHead(status, { "Content-Type": `${type}; charset=utf-8` })
    .end(status === 304 ? undefined : text);
}

const sendJSON = (response: ServerResponse, status: number, value: unknown): void =>
  sendText(response, status, JSON.stringify(value), "application/json");

class TooLarge extends Error {}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) throw new TooLarge("this remark is too long to be saved");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Undefined where it is none. */
function changeIn(text: string): { readonly check: string; readonly change: Change } | undefined {
  let value: Record<string, unknown>;
  try {
    value = Object(JSON.parse(text));
  } catch {
    return undefined;
  }
  const { check, points, remark, version, criteria = [] } = value;
  if (typeof check !== "string" || typeof remark !== "string" || typeof version !== "string")
    return undefined;
  if (points !== null && typeof points !== "number") return undefined;
  if (!Array.isArray(criteria) || !criteria.every((one) => Number.isInteger(one) && one >= 1 && one <= 99))
    return undefined;
  const plain = remark.toWellFormed().replaceAll("\0", "\ufffd").replaceAll("\r\n", "\n");
  return { check, change: { remark: plain, version, criteria, ...(points !== null && { points }) } };
}
