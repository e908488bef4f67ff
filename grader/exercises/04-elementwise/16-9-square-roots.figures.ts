/** Judges a drawn curve by its data. */

import { type Expect, expectations } from "../../grading/expect.ts";
import { transcript } from "../../grading/transcript.ts";
import type { PlainFigure } from "../../harness/kinds.ts";

export interface Drawn {
  /** What the figure is a picture of, for messages. */
  readonly what: string;
  /** Where the curve begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly curve: (x: number) => number;
  /** The steepest that a curve is allowed to be between neighbours before points are missing. */
  readonly least: number;
}

/** A double-precision curve is off by 1e-8 where a root begins; one in float32 by √(1e-7). */
const TOLERANCE = 1e-3;

/** The trace with the most points that has numbers only. */
function longest({ data }: PlainFigure): { x: number[]; y: number[] } | undefined {
  const isNumbers = (values: unknown): values is number[] =>
    Array.isArray(values) && values.every((v) => typeof v === "number");
  const traces = data.flatMap(({ x, y }) =>
    isNumbers(x) && isNumbers(y) && x.length === y.length ? [{ x, y }] : [],
  );
  return traces.sort((a, b) => b.x.length - a.x.length)[0];
}

const hasTitle = (axis: unknown): boolean => {
  const title = (axis as { title?: unknown } | undefined)?.title;
  const text = typeof title === "object" && title !== null ? (title as { text?: unknown }).text : title;
  return typeof text === "string" && text.trim() !== "";
};

/** More points than anybody draws are not asked about one by one. */
const MOST_POINTS = 5000;

/**
 * Whether something is wrong with the figure, and nothing but the learner's own function: each point lies where that puts it, and the
 * rest is as asked.
 */
export async function followsOwn(
  shown: PlainFigure,
  drawn: Drawn,
  own: (x: number) => Promise<number>,
): Promise<boolean> {
  const { from, to } = drawn;
  const places = longest(shown)?.x.map((v) => Math.min(Math.max(from, to), Math.max(Math.min(from, to), v)));
  if (!places || places.length > MOST_POINTS) return false;
  const values = new Map<number, number>();
  for (const x of places) values.set(x, await own(x));
  const failures = (curve: Drawn["curve"]): number => {
    const judged = expectations(transcript());
    judgeCurve(shown, { ...drawn, curve }, judged);
    return judged.failures;
  };
  return failures(drawn.curve) > 0 && failures((x) => values.get(x) ?? Number.NaN) === 0;
}

export function judgeCurve(
  shown: PlainFigure,
  { what, from, to, curve, least }: Drawn,
  expect: Expect,
): void {
  const trace = longest(shown);
  if (!trace) {
    expect.that(false, `${what}: the figure has no line with a list of numbers for x and one as long for y`);
    return;
  }
  const { x, y } = trace;
  expect.that(
    x.length >= least,
    `${what}: ${x.length} points are too few to see the curve; draw ${least} or more`,
    {
      got: x.length,
    },
  );
  expect.that(
    x.every((v, i) => i === 0 || v >= x[i - 1]),
    `${what}: the points go back and forth; put them in order of the horizontal axis`,
  );
  expect.that(
    Math.abs(Math.min(...x) - from) < 1e-3 && Math.abs(Math.max(...x) - to) < 1e-3,
    `${what}: the horizontal axis has to be covered from end to end`,
    { got: [Math.min(...x), Math.max(...x)], expected: [from, to] },
  );
  const gap = Math.max(...x.map((v, i) => (i === 0 ? 0 : v - x[i - 1])));
  expect.that(gap <= (3 * (to - from)) / least, `${what}: there is a gap between the points`, { got: gap });
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const wrong = x.findIndex(
    (v, i) => !(Math.abs(y[i] - curve(Math.min(high, Math.max(low, v)))) <= TOLERANCE),
  );
  expect.that(wrong < 0, `${what}: a point does not lie on the curve`, {
    ...(wrong >= 0 && {
      input: `the point at ${Number(x[wrong].toPrecision(6))} on the horizontal axis`,
      got: y[wrong],
      expected: curve(Math.min(high, Math.max(low, x[wrong]))),
    }),
  });
  const { xaxis, yaxis } = shown.layout;
  expect.that(hasTitle(xaxis) && hasTitle(yaxis), `${what}: give both axes a title`);
}
