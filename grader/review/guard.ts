/** Who may ask: whoever knows the address, from a page of this server or from the browser's own address line; no other page and no other name. */

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Guard {
  readonly token: string;
  /** The path behind the token, or why there is no answer. */
  admit(request: Pick<IncomingMessage, "url" | "method" | "headers">, port: number): Admitted;
}

export type Admitted =
  | { readonly path: string }
  | { readonly refused: 403 | 404 | 405 | 415; readonly why: string };

/** Nothing of another origin is loaded or asked, nothing runs but this server's scripts, and no page may hold this one in a frame. */
export const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

export function createGuard(token: string = randomBytes(24).toString("base64url")): Guard {
  const secret = Buffer.from(token);
  const knows = (given: string): boolean => {
    const bytes = Buffer.from(given);
    return bytes.length === secret.length && timingSafeEqual(bytes, secret);
  };
  return {
    token,
    admit({ url = "/", method, headers }, port) {
      // A name of somebody else's that leads to this machine would give her page this server's origin.
      const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
      const { host = "", origin, "sec-fetch-site": site } = headers;
      if (!hosts.includes(host)) return { refused: 403, why: "this page has another address" };
      if (origin !== undefined && origin !== `http://${host}`)
        return { refused: 403, why: "not from another page" };
      if (site !== undefined && site !== "same-origin" && site !== "none")
        return { refused: 403, why: "not from another page" };
      const [, given = "", ...rest] = new URL(url, "http://127.0.0.1").pathname.split("/");
      if (!knows(given))
        return { refused: 404, why: "not found: the address is the one that npm run review printed" };
      if (method === "POST") {
        if (origin === undefined) return { refused: 403, why: "not from another page" };
        if (headers["content-type"] !== "application/json") return { refused: 415, why: "expected JSON" };
      } else if (method !== "GET") return { refused: 405, why: "expected GET or POST" };
      return { path: rest.join("/") };
    },
  };
}
