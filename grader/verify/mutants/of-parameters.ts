import type { Parameter } from "../../harness/kinds.ts";
import { random } from "../../random.ts";
import { type AnyDomain, always, type Nameless, pairs } from "../mutant.ts";

/** Arguments taken for each other, held within the ordinary region, or looked at in part. */
export function ofParameters(parameters: readonly Parameter[], domain: AnyDomain): Nameless[] {
  const asking = (id: string, change: (inputs: readonly unknown[]) => readonly unknown[]) =>
    always(id, (_right, inputs, ask) => ask(change(inputs)));
  const exchanged = pairs(parameters.map((_, i) => i))
    .filter(([i, j]) => parameters[i].of.kind === parameters[j].of.kind)
    .map(([i, j]) =>
      asking(`${parameters[i].name} and ${parameters[j].name} exchanged`, (inputs) =>
        inputs.with(i, inputs[j]).with(j, inputs[i]),
      ),
    );
  const each = parameters.flatMap(({ name, of }, i) => {
    const change = (id: string, to: (value: never) => unknown) =>
      asking(id, (inputs) => inputs.with(i, to(inputs[i] as never)));
    if (of.kind === "number") {
      const [low, high] = ordinary(domain, i);
      return [
        change(`${name} held within what is ordinary`, (v: number) => Math.min(Math.max(v, low), high)),
        change(`the size of ${name} only`, (v: number) => Math.abs(v)),
        change(`${name} to six digits`, (v: number) => Number((v as number).toPrecision(6))),
        ...[1e-3, 1e-6, 1e-9, 1e-12, 1e-15].map((least) =>
          change(`${name} never smaller than ${least}`, (v: number) =>
            Math.abs(v) >= least ? v : (Math.sign(v) || 1) * least,
          ),
        ),
        ...[2, 10, 1000, 1e6, 1e12, 1e50, 1e120].map((most) =>
          change(`${name} held within ±${most}`, (v: number) => Math.min(Math.max(v, -most), most)),
        ),
      ];
    }
    if (of.kind === "matrix")
      return [
        ...[1, 12, 24, 100].map((n) =>
          change(`the first ${n} rows of ${name} only`, (v: number[][]) => v.slice(0, n)),
        ),
        change(`without the last row of ${name}`, (v: number[][]) => (v.length > 1 ? v.slice(0, -1) : v)),
        change(`without the first row of ${name}`, (v: number[][]) => (v.length > 1 ? v.slice(1) : v)),
        change(`the rows of ${name} in reverse`, (v: number[][]) => v.toReversed()),
        change(`${name} transposed`, (v: number[][]) =>
          v.length > 0 && v.every((row) => row.length === v.length)
            ? v.map((row, i) => row.map((_, j) => v[j][i]))
            : v,
        ),
      ];
    if (of.kind !== "vector") return [];
    return [
      ...[1, 12, 24, 100].map((n) =>
        change(`the first ${n} of ${name} only`, (v: number[]) => v.slice(0, n)),
      ),
      change(`without the last of ${name}`, (v: number[]) => (v.length > 1 ? v.slice(0, -1) : v)),
      change(`without the first of ${name}`, (v: number[]) => (v.length > 1 ? v.slice(1) : v)),
      ...[10, 1000].map((most) =>
        change(`${name} held within ±${most}`, (v: number[]) =>
          v.map((x) => Math.min(Math.max(x, -most), most)),
        ),
      ),
    ];
  });
  return [...exchanged, ...each];
}

/** The range of an argument in the ordinary region. */
function ordinary({ regions }: AnyDomain, parameter: number): [number, number] {
  const [first] = Object.values(regions);
  const draws = random("ordinary");
  const seen = Array.from({ length: 200 }, (_, i) => first.draw(draws, i / 200)[parameter] as number);
  return [Math.min(...seen), Math.max(...seen)];
}
