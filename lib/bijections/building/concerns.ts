import type { tf } from "../../engine/tf.ts";
import { type ColumnStatistics, columnStatistics } from "../../ground/functions/column-statistics.ts";
import type { Bijection } from "../bijection.ts";

/**
 * For a map that bends numbers inside of an interval only: the entries of the last axis of which most numbers lie
 * outside, where the map is the identity and nothing is learned.
 *
 * @param isTransformed Which entries the map transforms.
 */
export function concernsOutside(
  interval: readonly [number, number] | undefined,
  isTransformed: (entry: number) => boolean = () => true,
): Pick<Bijection, "concerns"> {
  if (!interval) return {};
  const [low, high] = interval;
  return {
    concerns: (x) => {
      const columns = columnsOf(x);
      const outside = columns.map((column) => column.filter((v) => v < low || v > high).length);
      const entries = columns.flatMap((column, entry) =>
        isTransformed(entry) && outside[entry] > column.length / 2 ? [entry] : [],
      );
      if (entries.length === 0) return [];
      const concerned = entries.flatMap((entry) => columns[entry]);
      const share = entries.reduce((sum, entry) => sum + outside[entry], 0) / concerned.length;
      return [
        {
          entries,
          what: (names) =>
            `${Math.round(100 * share)}% of ${names} lie outside of [${low}, ${high}], beyond which the map is the ` +
            `identity and nothing is learned (they reach from ${short(Math.min(...concerned))} to ` +
            `${short(Math.max(...concerned))}); put standardize(data) at the end of the chain, or choose a wider interval`,
        },
      ];
    },
  };
}

/**
 * For a map that divides by deviations: the channels of a batch that do not vary, or too little for it.
 *
 * @param leastDeviation What the map leaves as it is, or nearly so, because it deviates less than that.
 */
export function concernsConstant(leastDeviation: (mean: number) => number): Pick<Bijection, "concerns"> {
  return {
    concerns: (x) => {
      const channels = x.shape[x.rank - 1];
      const statistics = x.size >= 2 * channels ? columnStatistics(x.dataSync(), channels) : [];
      const chosen = (isChosen: (of: ColumnStatistics) => boolean) =>
        statistics.flatMap((of, channel) => (isChosen(of) ? [channel] : []));
      const constant = chosen(({ low, high }) => low === high);
      const little = chosen(
        ({ low, high, mean, deviation }) => low !== high && deviation < leastDeviation(mean),
      );
      return [
        {
          entries: constant,
          what: (names: string) =>
            `${names} did not vary in the first batch (${short(statistics[constant[0]].low)} throughout), so there is no ` +
            "deviation to divide by; leave out what is constant, or add noise to it",
        },
        {
          entries: little,
          what: (names: string) =>
            `${names} varied by too little in the first batch (a deviation of ${short(statistics[little[0]].deviation)}) ` +
            "to be brought to a deviation of 1; multiply such columns, or put standardize(data) at the end of the chain",
        },
      ].filter(({ entries }) => entries.length > 0);
    },
  };
}

/** The numbers of each entry of the last axis; of single numbers, [n], all in one. */
function columnsOf(x: tf.Tensor): number[][] {
  const size = x.rank < 2 ? 1 : x.shape[x.rank - 1];
  const columns = Array.from({ length: size }, (): number[] => []);
  x.dataSync().forEach((v, i) => void columns[i % size].push(v));
  return columns;
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
