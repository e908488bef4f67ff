/** How the values go as the argument grows, where that alone shows what they are. */

import type { Pair } from "../grading/answered.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import { elementFeatures, features } from "./features.ts";
import { roundText } from "./numbers.ts";
import type { Observation } from "./observation.ts";

const ENOUGH = 10;

/** A probability of being below goes from 0 to 1; what is asked of it may leave out the ends. */
const NEARLY = 0.1;

export function courseObservation(
  kind: FunctionKind,
  seen: readonly Pair[],
  wrong: readonly Pair[],
): Observation | undefined {
  return onlyRises(kind, seen) ?? straightLine(kind, wrong);
}

function onlyRises(kind: FunctionKind, seen: readonly Pair[]): Observation | undefined {
  const [feature, ...others] = features(kind);
  if (
    !feature ||
    others.length > 0 ||
    kind.parameters.length > 1 ||
    kind.returns.kind !== "number" ||
    seen.length < ENOUGH
  )
    return undefined;
  const list = [...seen].sort((a, b) => feature.of(a) - feature.of(b));
  const [got, want] = [list.map((pair) => pair.got), list.map((pair) => pair.want)];
  if (new Set(got).size < ENOUGH || !got.every(Number.isFinite) || !rises(got) || rises(want))
    return undefined;
  const [lowest, highest] = [got[0] as number, got.at(-1) as number];
  const like =
    lowest >= 0 && lowest <= NEARLY && highest <= 1 && highest >= 1 - NEARLY
      ? " From about 0 to about 1, and never falling: so goes a distribution function, the probability of being below, not its density."
      : "";
  return {
    id: "only-rises",
    text: `As $${feature.name}$ grows, your values only rise, from ${roundText(lowest)} to ${roundText(highest)}. Those that were asked for fall somewhere.${like}`,
  };
}

const rises = (list: readonly number[]): boolean =>
  list.every((v, i) => i === 0 || v >= (list[i - 1] as number));

/** Lists whose entries lie on a straight line over those of an argument. */
function straightLine(kind: FunctionKind, wrong: readonly Pair[]): Observation | undefined {
  for (const feature of elementFeatures(kind)) {
    const lists = [...Map.groupBy(wrong, ({ at }) => at).values()].filter(({ length }) => length > 2);
    if (
      lists.length === 0 ||
      !lists.every((list) => onOneLine(list.map((pair) => [feature.of(pair), pair.got])))
    )
      continue;
    if (lists.every((list) => onOneLine(list.map((pair) => [feature.of(pair), pair.want])))) continue;
    return {
      id: "straight-line",
      text: `Over $${feature.name}$ the numbers of each of your lists lie on a straight line, and the right ones do not: what comes out is spread evenly, as what went in.`,
    };
  }
  return undefined;
}

function onOneLine(points: (readonly [number, number])[]): boolean {
  const sorted = points.sort(([a], [b]) => a - b);
  const [[x0, y0], [x1, y1]] = [sorted[0], sorted.at(-1)] as [[number, number], [number, number]];
  if (!(x1 > x0) || !(y1 !== y0)) return false;
  const slope = (y1 - y0) / (x1 - x0);
  return sorted.every(([x, y]) => Math.abs(y0 + slope * (x - x0) - y) <= 1e-6 * Math.abs(y1 - y0));
}
