/** What answers have in common by which a slip is known that no one program stands for: a bracket of any size, any tolerance. */

import type { MapRef } from "../../harness/kinds.ts";
import { buildMap } from "../../harness/maps.ts";
import { nearly } from "./bracketing-inverse.domain.ts";

interface Found {
  readonly inputs: readonly [MapRef, number];
  readonly got?: number;
  readonly want?: number;
}

export const wrong = ({ got = Number.NaN, want = 0 }: Found): boolean =>
  Math.abs(got - want) > 1e-9 * Math.max(1, Math.abs(want));

/**
 * Whether the wrong answers are those of a bracket's ends: short of the z that is asked for, and on each side the same each time, or, of
 * a single one, a round number as people write them.
 */
export function stopsAtEnds(answers: readonly Found[]): "both" | "one" | undefined {
  const off = answers.filter(wrong);
  const ends = [-1, 1].map((side) => off.filter(({ got = 0, want = 0 }) => Math.sign(want - got) === side));
  // What is about 0 for every z is no end of a bracket.
  if (off.length > 0 && aboutZero(answers)) return undefined;
  const short = off.every(
    ({ got = 0, want = 0 }) => Math.abs(got) < Math.abs(want) && (got * want >= 0 || Math.abs(got) <= 1e-9),
  );
  if (off.length === 0 || !short || !ends.every(atOneEnd)) return undefined;
  const right = answers.filter((answer) => !wrong(answer));
  const reaches = (side: number) => Math.max(0, ...right.map(({ want = 0 }) => side * want));
  const [below, above] = ends.map((end) => Math.max(...end.map(({ got = 0 }) => Math.abs(got))));
  if (ends[0]?.length === 0) return reaches(-1) > (above as number) ? "one" : "both";
  if (ends[1]?.length === 0) return reaches(1) > (below as number) ? "one" : "both";
  return "both";
}

/** Whether every answer is next to 0, though no z is. */
export const aboutZero = (answers: readonly Found[]): boolean => {
  const away = answers.filter(({ want = 0 }) => Math.abs(want) > 1e-3);
  return (
    away.length > 2 &&
    away.every(({ got = Number.NaN, want = 0 }) => Math.abs(got) <= 1e-6 * Math.min(1e3, Math.abs(want)))
  );
};

/** Whether the wrong answers are whole numbers beside the z that is asked for. */
export function wholeNumbers(answers: readonly Found[]): boolean {
  const off = answers.filter(wrong);
  return (
    // Two would be the ends of a bracket.
    new Set(off.map(({ got }) => got)).size > 3 &&
    off.every(({ got = Number.NaN, want = 0 }) => Number.isInteger(got) && Math.abs(got - want) <= 1)
  );
}

/** Where the z that is found is x itself, or as near to it as the bracket goes. */
export function findsX(answers: readonly Found[]): boolean {
  const off = answers.filter(wrong);
  const isX = ({ inputs: [, x], got = Number.NaN }: Found) =>
    Math.abs(got - x) <= 1e-6 * Math.max(1, Math.abs(x));
  const short = ({ inputs: [, x], got = Number.NaN }: Found) =>
    Math.abs(got) < Math.abs(x) &&
    got * x >= 0 &&
    Number.isInteger(Math.log2(Math.abs(Number(got.toPrecision(9)))));
  return off.filter(isX).length > 2 && off.every((answer) => isX(answer) || short(answer));
}

function atOneEnd(list: readonly Found[]): boolean {
  const [first = 0] = list.map(({ got = 0 }) => got);
  if (list.length > 1)
    return list.every(({ got = 0 }) => Math.abs(got - first) <= 1e-6 * Math.max(1, Math.abs(first)));
  const round = Number(first.toPrecision(2));
  return list.length === 0 || Math.abs(first - round) <= 1e-6 * Math.abs(first);
}

/** What the wrong answers, all of them close, have in common: a small |f(z) − x| or a small error in z. */
export function whatBounds(answers: readonly Found[]): "residual" | "width" | undefined {
  const off = answers.filter(wrong);
  if (off.length < 2 || !off.every(nearly)) return undefined;
  const spread = (sizes: number[]) => {
    const sorted = sizes.sort((a, b) => a - b);
    return (sorted.at(-1) as number) / Math.max(sorted[Math.floor(sorted.length / 2)] as number, 1e-300);
  };
  const errors = spread(off.map(({ got = 0, want = 0 }) => Math.abs(got - want)));
  const residuals = spread(off.map(({ inputs: [f, x], got = 0 }) => Math.abs(buildMap(f)(got) - x)));
  return errors > 100 && residuals < errors / 10 ? "residual" : "width";
}
