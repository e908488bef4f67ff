import { columnNames } from "../../ground/arguments/column-names.ts";
import { type ColumnStatistics, columnStatistics } from "../../ground/functions/column-statistics.ts";

/** Beyond it, float32 does not hold every whole number. */
const LARGEST_WHOLE = 2 ** 24;
/** Of how many columns a warning tells the names. */
const NAMED = 5;
/** Pairs of columns that are compared at most, which takes a fraction of a second. */
const PAIRS = 1e6;
/** Events that have to agree before two columns count as one. */
const ENOUGH = 10;

/**
 * What a training should be told about its data before it begins, in words: columns that are constant or repeat another
 * one, which have no density, and numbers of which float32 has lost what matters.
 *
 * @param values The events, one behind the other, all finite.
 * @param shape Of an event.
 * @param names Of the numbers of an event, if they have any.
 */
export function columnWarnings(
  values: ArrayLike<number>,
  shape: readonly number[],
  names?: readonly string[],
): string[] {
  const size = shape.reduce((product, length) => product * length, 1);
  const events = values.length / size;
  if (events < 2) return [];
  const statistics = columnStatistics(values, size);
  const listed = listing(columnNames(shape, names), size);
  const choose = (isChosen: (one: ColumnStatistics, column: number) => boolean) =>
    statistics.flatMap((one, column) => (isChosen(one, column) ? [column] : []));
  const constant = choose(({ low, high }) => low === high);
  const large = choose(({ whole, low, high }) => whole && Math.max(-low, high) > LARGEST_WHOLE);
  const coarse = choose(
    (one, column) => !large.includes(column) && one.low < one.high && spacing(one) > one.deviation / 100,
  );
  const first = (columns: readonly number[]) => statistics[columns[0]];
  return [
    ...(constant.length === 0
      ? []
      : [
          `${listed(constant)} ${verb(constant, "is", "are")} the same in all ${events} events ` +
            `(${short(first(constant).low)}): a constant has no density, and the loss may fall without end; leave it out, ` +
            "or add noise",
        ]),
    ...(shape.length === 1 ? findRepeated(values, statistics, columnNames(shape, names)) : []),
    ...(large.length === 0
      ? []
      : [
          `${listed(large)} ${verb(large, "holds", "hold")} whole numbers of up to ` +
            `${short(Math.max(-first(large).low, first(large).high))}, beyond 2²⁴ = ${LARGEST_WHOLE}, where float32 leaves ` +
            "some out; take an offset away before they become float32, or leave out what only tells events apart",
        ]),
    ...(coarse.length === 0
      ? []
      : [
          `${listed(coarse)} ${verb(coarse, "lies", "lie")} so far from 0 (at ${short(first(coarse).mean)}) that float32 ` +
            `keeps steps of ${short(spacing(first(coarse)))}, with a deviation of ${short(first(coarse).deviation)}; take ` +
            "the mean away before they become float32",
        ]),
  ];
}

/** The distance of two neighbours in float32 where a column lies. */
function spacing({ low, high }: ColumnStatistics): number {
  return Math.max(-low, high, 0) * 2 ** -23;
}

function listing(nameOf: (column: number) => string, size: number) {
  return (columns: readonly number[]): string => {
    const shown = columns.slice(0, NAMED).map(nameOf).join(", ");
    return columns.length > NAMED ? `${columns.length} of ${size} numbers of an event (${shown}, …)` : shown;
  };
}

function verb(columns: readonly number[], one: string, several: string): string {
  return columns.length === 1 ? one : several;
}

/** Columns that are another one times a factor and plus an offset, as far as float32 can tell. */
function findRepeated(
  values: ArrayLike<number>,
  statistics: readonly ColumnStatistics[],
  nameOf: (column: number) => string,
): string[] {
  const size = statistics.length;
  const events = values.length / size;
  if (events < ENOUGH || size * size > PAIRS) return [];
  const isCopy = new Set<number>();
  const found: string[] = [];
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      if (isCopy.has(a) || isCopy.has(b)) continue;
      const factor = factorOf(values, statistics, a, b);
      if (factor === undefined) continue;
      isCopy.add(b);
      const offset = short(statistics[b].mean - factor * statistics[a].mean);
      const same = Math.abs(factor - 1) < 1e-6 && Math.abs(offset) <= 1e-6 * statistics[a].deviation;
      found.push(
        `${nameOf(b)} repeats ${nameOf(a)} in every event` +
          `${same ? "" : ` (times ${short(factor)}, plus ${offset})`}: together they have no density, and the loss may ` +
          "fall without end; leave one of them out",
      );
    }
  }
  return found;
}

/** The factor by which column b follows a, if it does in all events; the first that does not ends the search. */
function factorOf(
  values: ArrayLike<number>,
  statistics: readonly ColumnStatistics[],
  a: number,
  b: number,
): number | undefined {
  const size = statistics.length;
  const [first, second] = [statistics[a], statistics[b]];
  if (first.low === first.high || second.low === second.high) return undefined;
  // Roundings of both to float32, and of the two deviations.
  const allowed = 2 * (spacing(first) / first.deviation + spacing(second) / second.deviation) + 1e-6;
  if (allowed > 1e-2) return undefined;
  const apart = (i: number, sign: number) => {
    const [u, v] = [
      (values[i + a] - first.mean) / first.deviation,
      (values[i + b] - second.mean) / second.deviation,
    ];
    return Math.abs(u - sign * v) / Math.max(1, Math.abs(u));
  };
  const follows = (sign: number) => {
    for (let i = 0; i < values.length; i += size) if (apart(i, sign) > allowed) return false;
    return true;
  };
  const sign = follows(1) ? 1 : follows(-1) ? -1 : undefined;
  return sign && (sign * second.deviation) / first.deviation;
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
