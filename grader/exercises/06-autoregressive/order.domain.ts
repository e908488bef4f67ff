import type { Domain } from "../../domain/domain.ts";
import { logarithmic, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, text } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** Numbers, layers, and after how many passes of Jacobi's iteration nothing moves any more in a layer. */
export type Asked = readonly [D: number, layers: number, sweeps: number];

export const FLOWS = ["coupling", "MAF", "IAF"] as const;
export const COLUMNS = ["density of a given point", "a sample", "a sample with its log-density"] as const;

/** Which direction waits for numbers that it finds itself, and so takes more than one pass in each layer. */
const WAITS: readonly (readonly boolean[])[] = [
  [false, false, false],
  [false, true, true],
  [true, false, false],
];

export const passesOf = (D: number, layers: number, sweeps: number): number[][] =>
  WAITS.map((row) => row.map((waits) => (waits ? layers * (sweeps < D ? sweeps : D) : layers)));

const fits = (
  points: number,
  draw: Region<Asked>["draw"],
  is: (...asked: Asked) => boolean,
): Region<Asked> => ({
  points,
  draw,
  place: (...asked) => (is(...asked) ? 0.5 : undefined),
});

const numbers = logarithmic(8, 1000);
const some = (random: Random, low: number, high: number): number => low + random.integer(high - low + 1);

const regions: Regions<Asked> = {
  "ends early": fits(
    6,
    (random, place) => {
      const D = Math.round(numbers.at(place));
      return [D, some(random, 2, 12), some(random, 2, D - 2)];
    },
    (D, layers, sweeps) => sweeps < D && sweeps > 1 && layers > 1,
  ),
  "one after another": fits(
    4,
    (random, place) => {
      const D = Math.round(numbers.at(place));
      return [D, some(random, 2, 12), D];
    },
    (D, layers, sweeps) => sweeps === D && layers > 1,
  ),
  "more passes than numbers": fits(
    4,
    (random) => {
      const D = some(random, 3, 20);
      return [D, some(random, 2, 12), D + some(random, 1, 20)];
    },
    (D, layers, sweeps) => sweeps > D && layers > 1,
  ),
  "one layer": fits(
    3,
    (random) => [some(random, 4, 40), 1, some(random, 2, 60)],
    (_D, layers) => layers === 1,
  ),
  "one pass": fits(
    3,
    (random) => [some(random, 4, 40), some(random, 2, 12), 1],
    (_D, _layers, sweeps) => sweeps === 1,
  ),
  "two numbers": fits(
    3,
    (random) => [2, some(random, 2, 12), some(random, 1, 4)],
    (D) => D === 2,
  ),
  "one layer, one after another": fits(
    2,
    (random) => {
      const D = some(random, 3, 40);
      return [D, 1, D];
    },
    (D, layers, sweeps) => layers === 1 && sweeps === D,
  ),
  "one layer, one pass": fits(
    2,
    (random) => [some(random, 3, 40), 1, 1],
    (_D, layers, sweeps) => layers === 1 && sweeps === 1,
  ),
  "as many layers as numbers": fits(
    2,
    (random) => {
      const D = some(random, 3, 9);
      return [D, D, some(random, 2, 12)];
    },
    (D, layers) => layers === D,
  ),
  "as many layers as passes": fits(
    2,
    (random) => {
      const layers = some(random, 2, 9);
      return [some(random, 10, 40), layers, layers];
    },
    (_D, layers, sweeps) => layers === sweeps,
  ),
  "one argument after another": fits(
    12,
    (random, place) => [
      // From below the 10 passes of the others to beyond them.
      place < 1 / 3 ? 2 + Math.floor(36 * place) + some(random, 0, 3) : 20,
      place >= 1 / 3 && place < 2 / 3 ? some(random, 2, 30) : 5,
      place >= 2 / 3 ? some(random, 2, 30) : 10,
    ],
    (D, layers, sweeps) => [D === 20, layers === 5, sweeps === 10].filter((held) => held).length > 1,
  ),
};

/** Counts are exact. */
export const domain: Domain<Asked> = {
  regions,
  allows: (answer) => answer.map((v) => 1e-12 * Math.abs(v)),
  float32: false,
  open: (D, layers, sweeps) =>
    ![D, layers, sweeps].every(Number.isInteger) || D < 2 || layers < 1 || sweeps < 1,
};

export const TASKS = ["likelihood", "variational", "teacher", "student", "product"] as const;
export type Task = (typeof TASKS)[number];

export interface Choice {
  readonly flow: string;
  readonly because: string;
}

export const RIGHT: Readonly<Record<Task, Choice>> = {
  likelihood: { flow: "MAF", because: "a" },
  variational: { flow: "IAF", because: "b" },
  teacher: { flow: "MAF", because: "a" },
  student: { flow: "IAF", because: "b" },
  product: { flow: "coupling", because: "c" },
};

/** As people write it: `maf`, ` MAF`. */
export const plainText = (text: string): string => text.trim().toLowerCase();
export const isSame = (text: string, right: string): boolean => plainText(text) === plainText(right);

const choice = record({ flow: text, because: text });

export const signatures = {
  networkPasses: fn(
    [parameter("D", number), parameter("layers", number), parameter("sweeps", number)],
    matrix,
  ),
  choices: fn(
    [],
    record({ likelihood: choice, variational: choice, teacher: choice, student: choice, product: choice }),
  ),
};
