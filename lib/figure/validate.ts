import { plural } from "../ground/plural.ts";
import type { Frame, Trace, Values } from "./types.ts";

const paired = new Set(["scatter", "scattergl", "bar"]);

/**
 * The trace with every typed array turned into a plain one, after checking that it can be drawn.
 *
 * @throws TypeError if an entry is neither a number, a string nor null (a tensor, say).
 * @throws RangeError if lengths disagree, if there is nothing to draw, or if no value is finite.
 */
export function plainTrace(trace: Trace, label: string): Trace {
  const plain: Record<string, unknown> = { ...trace };
  for (const key of ["x", "y"] as const) {
    if (trace[key] !== undefined) plain[key] = plainValues(trace[key], `${label}.${key}`);
  }
  if (trace.z !== undefined) plain.z = plainRows(trace, label);
  if (trace.marker !== undefined) plain.marker = plainMarker(trace.marker, label);
  checkLengths(plain as Trace, label);
  checkFinite(plain as Trace, label);
  return plain as Trace;
}

/**
 * Frames with plain numbers, checked against the traces that they replace.
 *
 * @throws RangeError if a frame names traces that the figure does not have, or as `plainTrace`.
 * @throws TypeError as `plainTrace`.
 */
export function plainFrames(frames: readonly Frame[], traceCount: number): readonly Frame[] {
  return frames.map((frame) => {
    const targets = frame.traces ?? frame.data.map((_, index) => index);
    if (
      targets.length !== frame.data.length ||
      targets.some((target) => target < 0 || target >= traceCount)
    ) {
      throw new RangeError(
        `frame "${frame.name}": expected one trace index below ${traceCount} for each of its ${plural(frame.data.length, "trace")}; ` +
          `got [${targets.join(", ")}]`,
      );
    }
    const data = frame.data.map((trace, index) => plainTrace(trace, `frame "${frame.name}", trace ${index}`));
    return { ...frame, data };
  });
}

function plainValues(values: unknown, label: string): readonly (number | string | null)[] {
  const isArray = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  if (!isArray) {
    throw new TypeError(`${label}: expected an array of numbers; got ${describe(values)}`);
  }
  const plain = Array.from(values as ArrayLike<unknown>);
  const wrong = plain.findIndex((value) => !isEntry(value));
  if (wrong >= 0) {
    throw new TypeError(`${label}[${wrong}]: expected a number; got ${describe(plain[wrong])}`);
  }
  return plain as (number | string | null)[];
}

function isEntry(value: unknown): boolean {
  return value === null || typeof value === "number" || typeof value === "string";
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return `${value}`;
  if ("dataSync" in value) return "a tensor; pass its numbers: await tensor.array()";
  return Array.isArray(value) ? "an array; flatten it first" : "an object";
}

function plainRows(trace: Trace, label: string): readonly Values[] {
  const rows = (trace.z ?? []).map((row, index) => plainValues(row, `${label}.z[${index}]`));
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== width);
  if (ragged >= 0) {
    throw new RangeError(
      `${label}.z: expected rows of equal length ${width}; row ${ragged} has ${rows[ragged]?.length}`,
    );
  }
  if (trace.y !== undefined && trace.y.length !== rows.length && trace.y.length !== rows.length + 1) {
    throw new RangeError(
      `${label}: z has ${plural(rows.length, "row")} and y has ${plural(trace.y.length, "value")}; they must agree`,
    );
  }
  if (trace.x !== undefined && trace.x.length !== width && trace.x.length !== width + 1) {
    throw new RangeError(
      `${label}: z has ${plural(width, "column")} and x has ${plural(trace.x.length, "value")}; they must agree`,
    );
  }
  return rows;
}

function plainMarker(marker: NonNullable<Trace["marker"]>, label: string): Trace["marker"] {
  const plain: Record<string, unknown> = { ...marker };
  for (const key of ["color", "size"] as const) {
    if (typeof marker[key] === "object") plain[key] = plainValues(marker[key], `${label}.marker.${key}`);
  }
  return plain;
}

function checkLengths(trace: Trace, label: string): void {
  if (!paired.has(trace.type ?? "scatter") || trace.x === undefined || trace.y === undefined) return;
  if (trace.x.length !== trace.y.length) {
    throw new RangeError(
      `${label}: x has ${plural(trace.x.length, "value")} and y has ${trace.y.length}; a point needs one of each`,
    );
  }
}

function checkFinite(trace: Trace, label: string): void {
  const parts = {
    x: trace.x,
    y: trace.y,
    z: trace.z?.flatMap((row) => Array.from<number | string | null>(row)),
  };
  for (const [key, values] of Object.entries(parts)) {
    if (values === undefined) continue;
    if (values.length === 0) throw new RangeError(`${label}.${key}: expected at least one value; got none`);
    const drawable = Array.from<number | string | null>(values).some(
      (value) => typeof value === "string" || (value !== null && Number.isFinite(value)),
    );
    if (!drawable) {
      throw new RangeError(
        `${label}.${key}: none of its ${plural(values.length, "value")} is finite (the first is ${values[0]}); nothing to draw`,
      );
    }
  }
}
