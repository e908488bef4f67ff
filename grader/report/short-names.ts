/** Names that are too long for a table, cut so that people can still be told apart. */

import stringWidth from "string-width";

type Characters = readonly string[];

const characters = (text: string): Characters =>
  [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

/**
 * What names look like in a column. A name that fits stays whole. Of a longer one that part is kept which no other name has: from the
 * folder or the archive's member in which it first differs from the name most like it. Where that leaves two alike, the beginning of what
 * long names do not all share, and the end.
 *
 * @param width In columns.
 */
export function shortNames(names: readonly string[], width: number): string[] {
  if (names.every((name) => stringWidth(name) <= width)) return [...names];
  const parts = names.map(characters);
  const differs = firstDifferences(names, parts);
  const long = parts.filter((all) => stringWidth(all.join("")) > width);
  const shared = sharedLength(long);
  const ways: readonly ((all: Characters, i: number) => string)[] = [
    (all, i) => fromPart(all, differs[i] as number, width),
    (all) => middleCut(all, width, Math.floor(width / 3), shared),
    (all) => middleCut(all, width, 0),
  ];
  const short = ways.map((way) =>
    parts.map((all, i) => (stringWidth(all.join("")) <= width ? all.join("") : way(all, i))),
  );
  const counts = short.map((list) => Map.groupBy(list, (name) => name));
  return names.map((_, i) => {
    const own = short.find((list, way) => counts[way]?.get(list[i] as string)?.length === 1);
    return (own ?? (short[0] as string[]))[i] as string;
  });
}

/** How many characters all begin with. */
function sharedLength([first = [], ...others]: readonly Characters[]): number {
  const length = first.findIndex((one, i) => others.some((other) => other[i] !== one));
  return Math.max(0, length);
}

/** For each name, the place of its first character that the name most like it lacks. */
function firstDifferences(names: readonly string[], parts: readonly Characters[]): number[] {
  const found = names.map(() => 0);
  // In order, the name most like another stands beside it.
  const order = [...new Map(names.map((name, i) => [name, i])).values()].sort((a, b) =>
    (names[a] as string) < (names[b] as string) ? -1 : 1,
  );
  order.slice(1).forEach((b, k) => {
    const a = order[k] as number;
    const [one, other] = [parts[a] as Characters, parts[b] as Characters];
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    for (const i of [a, b]) found[i] = Math.max(found[i] as number, same);
  });
  return found;
}

/** From the beginning of the part in which this character lies, or from nearer to it if the part is long. */
function fromPart(all: Characters, place: number, width: number): string {
  const begin = all.slice(0, place).findLastIndex((one) => /[/\\›]/.test(one)) + 1;
  const isFar = stringWidth(all.slice(begin, place + 1).join("")) > width / 2;
  const from = isFar ? place - Math.floor(width / 4) : begin + (all[begin] === " " ? 1 : 0);
  if (from <= 0) return `${fitting(all, width - 1)}…`;
  const rest = all.slice(from);
  return stringWidth(rest.join("")) <= width - 1 ? middleCut(all, width, 0) : `…${fitting(rest, width - 2)}…`;
}

/** A sign of omission after the first columns; then as much of the end as has room. */
function middleCut(all: Characters, width: number, before: number, from = 0): string {
  const start = `${from > 0 ? "…" : ""}${fitting(all.slice(from), before)}`;
  const room = width - 1 - stringWidth(start);
  let end = "";
  for (const one of all.toReversed()) {
    if (stringWidth(one + end) > room) break;
    end = one + end;
  }
  return `${start}…${end}`;
}

/** As many of the first characters as have room. */
function fitting(all: Characters, width: number): string {
  let shown = "";
  for (const one of all) {
    if (stringWidth(shown + one) > width) break;
    shown += one;
  }
  return shown;
}
