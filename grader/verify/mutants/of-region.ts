import { DEFAULT_POINTS, type Place, type Region } from "../../domain/strata.ts";
import { random } from "../../random.ts";
import { type AnyDomain, always, mapNumbers, type Nameless, threw } from "../mutant.ts";

/** The relative error that must be seen in every region, unless the domain says another. */
const EFFECT = 1e-3;
const BUMPS = 3;

/** Wrong in one region alone, or in a part of it that holds at least one of its points. */
export function ofRegion(name: string, region: Region<readonly unknown[]>, domain: AnyDomain): Nameless[] {
  const { points = DEFAULT_POINTS, even } = region;
  const effect = domain.sees?.effect ?? EFFECT;
  const parts = even ? 8 : Math.max(1, Math.floor(points / 2));
  const only = (id: string, low: number, high: number, wrong: (value: number) => number) =>
    always(id, (right, inputs) => alter(right, inputs, region, low, high, wrong));
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
  if (domain.sees?.power !== undefined) return mutants;
  return [
    ...mutants,
    only(`NaN where ${name}`, 0, 1, () => Number.NaN),
    only(`0 where ${name}`, 0, 1, () => 0),
    only(`another number where ${name}`, 0, 1, (v) => (Number.isFinite(v) ? 2 * v + 1 : 1)),
    always(`throws where ${name}`, (right, inputs) =>
      somewhere(region.place(...inputs), 0, 1) ? threw("Error: out of range") : right,
    ),
  ];
}

function alter(
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
