/** Wrong answers made from the right one alone, whatever was asked. */

import type { Kind } from "../../harness/kinds.ts";
import { type AnyDomain, always, mapNumbers, type Nameless, pairs } from "../mutant.ts";

/** Wrong by a little at every call: what a tolerance of another kind, or of another size, would let through. */
export function everywhere({ sees }: AnyDomain): Nameless[] {
  const number = (id: string, wrong: (value: number) => number) =>
    always(id, (right) => mapNumbers(right, wrong));
  const gross = [number("the other sign", (v) => -v), number("twice as much", (v) => 2 * v)];
  if (sees?.power !== undefined) return gross;
  if (sees)
    return [
      ...gross,
      number("its size only", Math.abs),
      number("never above 5", (v) => Math.min(v, 5)),
      number("never above 1000", (v) => Math.min(v, 1000)),
    ];
  return [
    ...gross,
    number("1e-6 too large", (v) => v * (1 + 1e-6)),
    number("1e-9 added", (v) => v + 1e-9),
    number("kept to six digits", (v) => Number(v.toPrecision(6))),
    number("kept to six places after the point", (v) => Math.round(v * 1e6) / 1e6),
    number("its size only", Math.abs),
    number("never above 5", (v) => Math.min(v, 5)),
    number("never above 1000", (v) => Math.min(v, 1000)),
  ];
}

export function ofList(kind: Kind): Nameless[] {
  const list = (id: string, wrong: (list: unknown[]) => unknown[]) =>
    always(id, (right) => wrong(right as unknown[]));
  switch (kind.kind) {
    case "vector":
      return [
        list("in reverse", (v) => v.toReversed()),
        list("one place further on", (v) => [...v.slice(-1), ...v.slice(0, -1)]),
        list("sorted", (v) => (v as number[]).toSorted((a, b) => a - b)),
        list("without what comes twice", (v) => [...new Set(v)]),
        list("without the last", (v) => v.slice(0, -1)),
        list("with one too many", (v) => [...v, 0]),
        ...[1, 10, 100, 1000].map((n) => list(`the first ${n} only`, (v) => v.slice(0, n))),
        ...[1, 10, 100, 1000].map((n) =>
          list(`0 after the first ${n}`, (v) => v.map((x, i) => (i < n ? x : 0))),
        ),
      ];
    case "matrix":
      return [
        list("transposed", (rows) =>
          ((rows[0] ?? []) as unknown[]).map((_, j) => rows.map((row) => (row as unknown[])[j])),
        ),
        list("rows in reverse", (rows) => rows.toReversed()),
        list("columns in reverse", (rows) => rows.map((row) => (row as unknown[]).toReversed())),
        list("its diagonal only", (rows) =>
          rows.map((row, i) => (row as number[]).map((v, j) => (i === j ? v : 0))),
        ),
      ];
    case "tensor":
      return [
        always("values in reverse", (right) => {
          const { shape, values } = right as { shape: number[]; values: number[] };
          return { shape, values: values.toReversed() };
        }),
      ];
    default:
      return [];
  }
}

/** Two fields of one kind taken for each other. */
export function ofRecord(kind: Kind): Nameless[] {
  if (kind.kind !== "record") return [];
  const names = Object.entries(kind.fields).filter(([, { kind }]) => kind === "number");
  return pairs(names.map(([name]) => name)).map(([a, b]) =>
    always(`${a} and ${b} exchanged`, (right) => {
      const record = right as Record<string, unknown>;
      return { ...record, [a]: record[b], [b]: record[a] };
    }),
  );
}
