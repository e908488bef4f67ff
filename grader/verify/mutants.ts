/**
 * Wrong answers that every exercise has to reject, made from its right one: from its regions, and from what its functions take and
 * give. An author cannot forget them.
 */

import type { Domain } from "../domain.ts";
import type { AnyExercise } from "../exercise.ts";
import type { FunctionKind, Kind, Parameter } from "../harness/kinds.ts";
import { random } from "../random.ts";
import { DEFAULT_POINTS, type Place, type Region } from "../strata.ts";
import { type Alter, type GenericMutant, mapNumbers, threw } from "./mutant.ts";

/** The relative error that must be seen in every region, unless the domain says another. */
const EFFECT = 1e-3;
const BUMPS = 3;

type AnyDomain = Domain<readonly unknown[]>;

/** All of them, for each function with a domain. */
export function genericMutants(exercise: AnyExercise): GenericMutant[] {
  const domains = Object.entries((exercise.domains ?? {}) as Record<string, AnyDomain>);
  return domains.flatMap(([name, domain]) => {
    const kind = exercise.signatures[name] as FunctionKind;
    return [
      ...Object.entries(domain.regions).flatMap(([region, of]) =>
        inRegion(region, of, domain).map((mutant) => ({ ...mutant, region })),
      ),
      ...everywhere(domain),
      ...ofList(kind.returns),
      ...ofRecord(kind.returns),
      ...ofParameters(kind.parameters, domain),
      ...ofMemory(),
    ].map((mutant) => ({ ...mutant, function: name }));
  });
}

type Nameless = Omit<GenericMutant, "function">;

const always = (id: string, alter: Alter): Nameless => ({ id, alter: () => alter });

/** Wrong in one region alone, or in a part of it that holds at least one of its points. */
function inRegion(name: string, region: Region<readonly unknown[]>, domain: AnyDomain): Nameless[] {
  const { points = DEFAULT_POINTS, even } = region;
  const effect = domain.sees?.effect ?? EFFECT;
  const parts = even ? 8 : Math.max(1, Math.floor(points / 2));
  const only = (id: string, low: number, high: number, wrong: (value: number) => number) =>
    always(id, (right, inputs) => altered(right, inputs, region, low, high, wrong));
  const off = (value: number) => (value === 0 ? effect : value * (1 + effect));
  const mutants = Array.from({ length: parts }, (_, i) => {
    const which = parts === 1 ? "" : `, part ${i + 1} of ${parts}`;
    return only(`off by ${effect} where ${name}${which}`, i / parts, (i + 1) / parts, off);
  });
  if (even) {
    const places = random(`bumps in ${name}`);
    for (let i = 0; i < BUMPS; i++) {
      const low = places.uniform(0, 1 - 1.1 / points);
      mutants.push(
        only(
          `half as much again on one ${points}th of where ${name}`,
          low,
          low + 1.1 / points,
          (v) => 1.5 * v,
        ),
      );
    }
  }
  if (domain.sees) return mutants;
  return [
    ...mutants,
    only(`NaN where ${name}`, 0, 1, () => Number.NaN),
    only(`0 where ${name}`, 0, 1, () => 0),
    only(`another number where ${name}`, 0, 1, (v) => 2 * v + 1),
    always(`throws where ${name}`, (right, inputs) =>
      somewhere(region.place(...inputs), 0, 1) ? threw("Error: out of range") : right,
    ),
  ];
}

function altered(
  right: unknown,
  inputs: readonly unknown[],
  region: Region<readonly unknown[]>,
  low: number,
  high: number,
  wrong: (value: number) => number,
): unknown {
  const place = region.place(...inputs);
  if (!somewhere(place, low, high)) return right;
  return mapNumbers(right, (value, i) =>
    typeof place === "number" || inside((place as readonly Place[])[i], low, high) ? wrong(value) : value,
  );
}

const inside = (place: Place, low: number, high: number): boolean =>
  place !== undefined && place >= low && place <= high;

function somewhere(place: Place | readonly Place[], low: number, high: number): boolean {
  return typeof place === "object" ? place.some((each) => inside(each, low, high)) : inside(place, low, high);
}

/** Wrong by a little at every call: what a tolerance of another kind, or of another size, would let through. */
function everywhere({ sees }: AnyDomain): Nameless[] {
  const number = (id: string, wrong: (value: number) => number) =>
    always(id, (right) => mapNumbers(right, wrong));
  const gross = [number("the other sign", (v) => -v), number("twice as much", (v) => 2 * v)];
  if (sees) return gross;
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

function ofList(kind: Kind): Nameless[] {
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
function ofRecord(kind: Kind): Nameless[] {
  if (kind.kind !== "record") return [];
  const names = Object.entries(kind.fields).filter(([, { kind }]) => kind === "number");
  return pairs(names.map(([name]) => name)).map(([a, b]) =>
    always(`${a} and ${b} exchanged`, (right) => {
      const record = right as Record<string, unknown>;
      return { ...record, [a]: record[b], [b]: record[a] };
    }),
  );
}

/** Arguments taken for each other, held within the ordinary region, or looked at in part. */
function ofParameters(parameters: readonly Parameter[], domain: AnyDomain): Nameless[] {
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
        ...[2, 10, 1000].map((most) =>
          change(`${name} held within ±${most}`, (v: number) => Math.min(Math.max(v, -most), most)),
        ),
      ];
    }
    if (of.kind !== "vector") return [];
    return [
      ...[1, 12, 24, 100].map((n) =>
        change(`the first ${n} of ${name} only`, (v: number[]) => v.slice(0, n)),
      ),
      change(`equal entries of ${name} once`, (v: number[]) => [...new Set(v)]),
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

/** Right only as long as nothing is asked again. */
function ofMemory(): Nameless[] {
  const off = (right: unknown) => mapNumbers(right, (v) => 2 * v + 1);
  return [
    {
      id: "another answer when asked the same again",
      sure: true,
      alter() {
        const seen = new Set<string>();
        return (right, inputs) => {
          const key = JSON.stringify(inputs);
          const again = seen.has(key);
          seen.add(key);
          return again ? off(right) : right;
        };
      },
    },
    {
      id: "another answer when asked the same twice in a row",
      sure: true,
      alter() {
        let last = "";
        return (right, inputs) => {
          const key = JSON.stringify(inputs);
          const again = key === last;
          last = key;
          return again ? off(right) : right;
        };
      },
    },
    {
      id: "the answer to the call before",
      sure: true,
      alter() {
        let before: unknown;
        return (right) => {
          const answer = before ?? right;
          before = right;
          return answer;
        };
      },
    },
    {
      id: "its first answer for ever",
      sure: true,
      alter() {
        let first: unknown;
        return (right) => {
          first ??= right;
          return first;
        };
      },
    },
  ];
}

function pairs<A>(list: readonly A[]): [A, A][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b): [A, A] => [a, b]));
}
