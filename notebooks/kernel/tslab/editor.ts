/** Help while typing: completion, hovers and whether a cell is complete, as tslab has them. */

import type { Content } from "../protocol/wire.ts";
import { quickInfoBundle } from "./quick-info.ts";
import type { Tslab } from "./tslab.ts";

/** Jupyter counts code points, JavaScript UTF-16 units. */
const toUnits = (code: string, points: number) => [...code].slice(0, points).join("").length;
const toPoints = (code: string, units: number) => [...code.slice(0, units)].length;

export function complete(tslab: Tslab, code: string, cursor: number): Content {
  const info = tslab.executor.complete(code, toUnits(code, cursor));
  const start = toPoints(code, info.start);
  const end = toPoints(code, info.end);
  const kinds = new Map(info.original?.entries.map((entry) => [entry.name, String(entry.kind)]));
  const types = info.candidates.map((text) => ({ text, start, end, type: kinds.get(text) ?? "" }));
  return {
    status: "ok",
    matches: info.candidates,
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: types },
  };
}

export function inspectAt(tslab: Tslab, code: string, cursor: number): Content {
  const info = tslab.executor.inspect(code, toUnits(code, cursor));
  const data = info ? quickInfoBundle(info) : {};
  return { status: "ok", found: Boolean(info), data, metadata: {} };
}

export function isComplete(tslab: Tslab, code: string): Content {
  const { completed, indent = "" } = tslab.isComplete(code);
  return completed ? { status: "complete" } : { status: "incomplete", indent };
}
