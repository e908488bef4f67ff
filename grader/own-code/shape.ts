/** Whether a value that the learner's code gives to an experiment is what its signature says: looked at in place, copied nowhere. */

import type { Kind } from "../harness/kinds.ts";
import { missingField, wrongShape } from "../harness/wrong-shape.ts";

/**
 * @param name The function that gave it.
 * @returns What is wrong, in one sentence; undefined if nothing is.
 */
export function shapeProblem(kind: Kind, value: unknown, name: string, path = ""): string | undefined {
  const wrong = () => wrongShape(kind, value, name, path);
  switch (kind.kind) {
    case "number":
      return typeof value === "number" ? undefined : wrong();
    case "boolean":
      return typeof value === "boolean" ? undefined : wrong();
    case "text":
      return typeof value === "string" ? undefined : wrong();
    case "vector":
      return isList(value) && Array.prototype.every.call(value, isNumber) ? undefined : wrong();
    case "matrix":
      if (!Array.isArray(value)) return wrong();
      return first(value.map((row, i) => shapeProblem({ kind: "vector" }, row, name, `${path}[${i}]`)));
    case "derivation":
      return Array.isArray(value) && value.every((line) => typeof line === "string") ? undefined : wrong();
    case "tensor":
      return tensorProblem(kind.rank, value, wrong, name);
    case "figure":
      return Array.isArray((value as { data?: unknown } | null | undefined)?.data) ? undefined : wrong();
    case "record":
      if (value === null || typeof value !== "object" || isList(value)) return wrong();
      return first(
        Object.entries(kind.fields).map(([label, field]) => {
          const inner = (value as Record<string, unknown>)[label];
          if (inner === undefined) return missingField(kind.fields, value, label, name);
          return shapeProblem(field, inner, name, `${path}.${label}`);
        }),
      );
    case "object": {
      if (value === null || (typeof value !== "object" && typeof value !== "function")) return wrong();
      const absent = Object.keys(kind.methods).find(
        (method) => typeof (value as Record<string, unknown>)[method] !== "function",
      );
      return absent && `${name} returned an object without the method ${absent}`;
    }
    default:
      return wrong();
  }
}

/** Tensors are only asked for their shape: reading their numbers would make an experiment wait, and a recorded graph fail. */
function tensorProblem(rank: number, value: unknown, wrong: () => string, name: string): string | undefined {
  const { shape, dataSync } = (value ?? {}) as { shape?: unknown; dataSync?: unknown };
  if (!Array.isArray(shape) || typeof dataSync !== "function") return wrong();
  if (shape.length === rank) return undefined;
  return `${name} returned a tensor of shape [${shape}]; expected rank ${rank}`;
}

/** Whether there is a NaN among the numbers that stand in it. */
export function hasNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (isList(value)) return Array.prototype.some.call(value, hasNaN);
  const isPlain =
    value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).some(hasNaN);
}

const first = (problems: readonly (string | undefined)[]) =>
  problems.find((problem) => problem !== undefined);
const isNumber = (value: unknown): boolean => typeof value === "number";
const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
