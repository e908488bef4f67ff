/** An answer as the gradebook keeps it: all that a worker on another machine needs to grade it. */

import type { Source } from "../submissions/submission.ts";
import { fromJson } from "./database/json-values.ts";

/** For `toJson`: bytes as text. */
export function plainSource({ flow, ...source }: Source): object {
  if (!flow) return source;
  if (!("bytes" in flow)) return { ...source, flow };
  return { ...source, flow: { name: flow.name, base64: Buffer.from(flow.bytes).toString("base64") } };
}

/** What {@link plainSource} was given, from what a query gave back. */
export function sourceFrom(stored: unknown): Source {
  const { flow, ...source } = fromJson(stored) as Omit<Source, "flow"> & { readonly flow?: StoredFlow };
  if (!flow) return source;
  if (!("base64" in flow)) return { ...source, flow };
  return { ...source, flow: { name: flow.name, bytes: new Uint8Array(Buffer.from(flow.base64, "base64")) } };
}

type StoredFlow = { readonly name: string } & (
  | { readonly base64: string }
  | { readonly problem: string; readonly size?: number }
);
