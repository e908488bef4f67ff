import {
  against,
  type Call,
  type Calls,
  call,
  numbers,
  type Operations,
  positive,
  truth,
  variant,
  wave,
  whole,
} from "./call.fixture.ts";

type Reduce = (t: Operations, x: Operations, axis?: number | number[], keep?: boolean) => Operations;

const AXES = [undefined, 0, 1, -1, [0], [1, 2], [0, 2], [-1, 0], [0, 1, 2], []] as const;

/** Over each choice of axes, with the axes kept, of whole numbers, at the ends, of one number and of none. */
function reduction(run: Reduce, nothing: number, given = wave([2, 3, 4], 1)): Call[] {
  return [
    ...AXES.map((axis) =>
      variant(`over ${JSON.stringify(axis) ?? "all"}`, (t, x) => run(t, x, axis as number), given),
    ),
    variant("axes kept", (t, x) => run(t, x, [0, -1], true), given),
    variant("all axes kept", (t, x) => run(t, x, undefined, true), given),
    variant("of whole numbers", (t, x) => run(t, x, 1), whole([4, -2, 9, 7, 5, 3], [2, 3])),
    variant("of negative numbers only", (t, x) => run(t, x, 1), wave([2, 5], 1, -4, -1)),
    variant(
      "with NaN",
      (t, x) => run(t, x, 1),
      numbers([1, Number.NaN, 2, Number.NaN, 3, 4, 5, 6, Number.NaN, 7, 8, 9], [4, 3]),
    ),
    variant("with ∞", (t, x) => run(t, x, 1), numbers([1, Infinity, 2, -Infinity, 3, 4], [2, 3])),
    variant("of one number", (t, x) => run(t, x), numbers([1.5], [])),
    variant("of none", (t, x) => run(t, x, 1), numbers([], [0, 3])),
    against(
      (t) => t.fill([3], nothing),
      "of nothing",
      (t, x) => run(t, x, 0),
      numbers([], [0, 3]),
    ),
    variant("of seven axes", (t, x) => run(t, x, [1, -1]), wave([1, 2, 1, 2, 1, 1, 3], 1)),
    variant("of long rows", (t, x) => run(t, x, 1), wave([2, 37], 1)),
  ];
}

type Choose = (t: Operations, x: Operations, axis?: number) => Operations;

function choice(run: Choose): Call[] {
  return [
    ...[undefined, 0, 1, -1].map((axis) =>
      variant(`along ${axis}`, (t, x) => run(t, x, axis), wave([3, 4], 1)),
    ),
    variant("of whole numbers", (t, x) => run(t, x, 1), whole([4, -2, 9, 7, 5, 3], [2, 3])),
    variant("of negative numbers", (t, x) => run(t, x, 1), wave([2, 5], 1, -4, -1)),
    variant("of equal numbers", (t, x) => run(t, x, 1), numbers([1, 1, 0, 2, 5, 5], [2, 3])),
    variant("with ∞", (t, x) => run(t, x, 1), numbers([1, Infinity, 2, -Infinity, 3, 4], [2, 3])),
  ];
}

const logicalReduction = (name: string): Call[] =>
  [undefined, 0, 1, [0, 1]].map((axis) =>
    variant(`over ${axis ?? "all"}`, (t, x) => t[name](x, axis), truth([1, 0, 1, 1, 1, 1], [2, 3])),
  );

type Cumulative = (
  t: Operations,
  x: Operations,
  axis?: number,
  exclusive?: boolean,
  reverse?: boolean,
) => Operations;

function cumulative(run: Cumulative): Call[] {
  const given = wave([2, 3, 2], 1, 0.4, 1.7);
  const flags = [false, true];
  return [
    ...[undefined, 0, 1, 2, -1, -2].flatMap((axis) =>
      flags.flatMap((exclusive) =>
        flags.map((reverse) =>
          against(
            (t, x) => run(t, x, axis === undefined || axis >= 0 ? axis : axis + 3, exclusive, reverse),
            `along ${axis}, ${exclusive ? "exclusive" : "inclusive"}${reverse ? ", backwards" : ""}`,
            (t, x) => run(t, x, axis, exclusive, reverse),
            given,
          ),
        ),
      ),
    ),
    variant("of whole numbers", (t, x) => run(t, x, 1), whole([4, -2, 9, 7, 5, 3], [2, 3])),
    variant("with a zero", (t, x) => run(t, x, 1), numbers([1.5, 0, 2, 0.5, 3, 4], [2, 3])),
    variant("of one number in an axis", (t, x) => run(t, x, 0), wave([1, 3], 1)),
  ];
}

type Norm = number | string;

/** Operations that make fewer numbers of many, or running ones. */
export const REDUCTIONS: Calls = {
  all: logicalReduction("all"),
  any: logicalReduction("any"),
  argMax: choice((t, x, axis) => t.argMax(x, axis)),
  argMin: choice((t, x, axis) => t.argMin(x, axis)),
  cumsum: cumulative((t, x, ...rest) => t.cumsum(x, ...rest)),
  cumprod: cumulative((t, x, ...rest) => t.cumprod(x, ...rest)),
  euclideanNorm: reduction((t, x, axis, keep) => t.euclideanNorm(x, axis, keep), 0).slice(0, 3),
  logSumExp: reduction((t, x, axis, keep) => t.logSumExp(x, axis, keep), -Infinity),
  max: reduction((t, x, axis, keep) => t.max(x, axis, keep), -Infinity),
  mean: reduction((t, x, axis, keep) => t.mean(x, axis, keep), Number.NaN),
  min: reduction((t, x, axis, keep) => t.min(x, axis, keep), Infinity),
  moments: [undefined, 0, [0, 2], -1].map((axis) =>
    variant(
      `over ${axis ?? "all"}`,
      (t, x) => Object.values(t.moments(x, axis)) as never,
      wave([2, 3, 4], 1),
    ),
  ),
  norm: (
    [
      ["euclidean", undefined, [2, 3]],
      ["euclidean", 0, [2, 3]],
      ["euclidean", [0, 1], [2, 3, 2]],
      [1, 1, [2, 3]],
      [2, 1, [2, 3]],
      [1, [0, 1], [2, 3]],
      [Infinity, 1, [2, 3]],
      [-Infinity, 1, [2, 3]],
      [Infinity, [0, 1], [2, 3]],
      [-Infinity, [0, 1], [2, 3]],
      ["fro", [0, 1], [2, 3]],
    ] as [Norm, number | number[], number[]][]
  ).map(([order, axis, shape]) =>
    variant(
      `of order ${order} over ${axis ?? "all"} of [${shape}]`,
      (t, x) => t.norm(x, order, axis),
      wave(shape, 1),
    ),
  ),
  prod: reduction((t, x, axis, keep) => t.prod(x, axis, keep), 1, wave([2, 3, 4], 1, 0.4, 1.7)),
  sum: reduction((t, x, axis, keep) => t.sum(x, axis, keep), 0),
  logSoftmax: [undefined, -1, 1, 0].map((axis) =>
    variant(
      `along ${axis}`,
      (t, x) => (axis === 0 ? t.logSoftmax(t.reshape(x, [6]), 0) : t.logSoftmax(x, axis)),
      wave([2, 3], 1),
    ),
  ),
  softmax: [
    ...[undefined, -1, 2].map((axis) =>
      variant(`along ${axis}`, (t, x) => t.softmax(x, axis), wave([2, 2, 3], 1)),
    ),
    variant("of large numbers", (t, x) => t.softmax(x), numbers([1000, 1001, -1000, 3, 2, 1], [2, 3])),
    variant("of seven axes", (t, x) => t.softmax(x), wave([1, 2, 1, 1, 1, 1, 3], 1)),
    variant("of no rows", (t, x) => t.softmax(x), numbers([], [0, 3])),
  ],
  topk: [
    call((t, x) => t.topk(x, 2).values, wave([2, 5], 1)),
    variant("places", (t, x) => t.topk(x, 2).indices, wave([2, 5], 1)),
    variant("one", (t, x) => t.topk(x, 1).values, wave([2, 5], 1)),
    variant("all, of a row", (t, x) => t.topk(x, 5).values, wave([5], 1)),
    variant("of three axes", (t, x) => t.topk(x, 2).values, wave([2, 2, 4], 1)),
    variant("both results", (t, x) => Object.values(t.topk(x, 3)) as never, wave([6], 1)),
    variant("of whole numbers", (t, x) => Object.values(t.topk(x, 3)) as never, whole([3, 9, -1, 4, 7])),
  ],
  bincount: [
    call((t, x, w) => t.bincount(x, w, 4), whole([0, 2, 2, 3]), wave([4], 1)),
    variant("without weights", (t, x) => t.bincount(x, t.tensor1d([]), 4), whole([0, 2, 2, 3])),
  ],
  denseBincount: [
    call((t, x, w) => t.denseBincount(x, w, 4), whole([0, 2, 2, 3]), wave([4], 1)),
    variant("rows", (t, x, w) => t.denseBincount(x, w, 4), whole([0, 2, 2, 3], [2, 2]), wave([2, 2], 1)),
    against(
      (t, x) => t.cast(t.greater(t.bincount(x, t.tensor1d([]), 4), 0), "float32"),
      "whether",
      (t, x) => t.denseBincount(x, t.tensor1d([]), 4, true),
      whole([0, 2, 2, 3]),
    ),
  ],
  unsortedSegmentSum: [
    call((t, x, ids) => t.unsortedSegmentSum(x, ids, 4), wave([5, 2], 1), whole([3, 0, 3, 1, 0])),
    variant(
      "of single numbers",
      (t, x, ids) => t.unsortedSegmentSum(x, ids, 3),
      wave([5], 1),
      whole([2, 0, 2, 1, 0]),
    ),
    against(
      (t, x, ids) => t.cast(t.unsortedSegmentSum(x, ids, 2), "int32"),
      "of whole numbers",
      (t, x, ids) => t.unsortedSegmentSum(x, ids, 2),
      whole([4, 5, 6]),
      whole([1, 0, 1]),
    ),
  ],
  movingAverage: [
    call((t, v, x) => t.movingAverage(v, x, 0.9, 3), wave([2, 3], 1), wave([2, 3], 2)),
    variant(
      "without the bias taken off",
      (t, v, x) => t.movingAverage(v, x, 0.9, undefined, false),
      wave([3], 1),
      wave([3], 2),
    ),
  ],
  batchNorm: [
    call(
      (t, x, m, v, o, s) => t.batchNorm(x, m, v, o, s, 1e-2),
      wave([4, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
    variant(
      "without scale",
      (t, x, m, v, o) => t.batchNorm(x, m, v, o, undefined, 1e-2),
      wave([4, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
    ),
    variant(
      "without offset",
      (t, x, m, v, s) => t.batchNorm(x, m, v, undefined, s),
      wave([4, 3], 1),
      wave([3], 2),
      positive([3], 3),
      positive([3], 5),
    ),
    variant(
      "without either",
      (t, x, m, v) => t.batchNorm(x, m, v),
      wave([4, 3], 1),
      wave([3], 2),
      positive([3], 3),
    ),
    variant(
      "of a row",
      (t, x, m, v, o, s) => t.batchNorm(x, m, v, o, s),
      wave([3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
    variant(
      "of three axes",
      (t, x, m, v, o, s) => t.batchNorm(x, m, v, o, s),
      wave([2, 2, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
    variant(
      "of images",
      (t, x, m, v, o, s) => t.batchNorm(x, m, v, o, s),
      wave([2, 2, 2, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
    variant(
      "with statistics of x's shape",
      (t, x, m, v) => t.batchNorm(x, m, v),
      wave([2, 3], 1),
      wave([2, 3], 2),
      positive([2, 3], 3),
    ),
    variant(
      "with statistics and scale of x's shape",
      (t, x, m, v, o, s) => t.batchNorm(x, m, v, o, s),
      wave([2, 3], 1),
      wave([2, 3], 2),
      positive([2, 3], 3),
      wave([2, 3], 4),
      positive([2, 3], 5),
    ),
  ],
  batchNorm2d: [
    call(
      (t, x, m, v, o, s) => t.batchNorm2d(x, m, v, o, s),
      wave([4, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
  ],
  batchNorm3d: [
    call(
      (t, x, m, v, o) => t.batchNorm3d(x, m, v, o),
      wave([2, 2, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
    ),
  ],
  batchNorm4d: [
    call(
      (t, x, m, v, o, s) => t.batchNorm4d(x, m, v, o, s),
      wave([1, 2, 2, 3], 1),
      wave([3], 2),
      positive([3], 3),
      wave([3], 4),
      positive([3], 5),
    ),
  ],
  localResponseNormalization: [
    call((t, x) => t.localResponseNormalization(x, 1, 1.3, 0.7, 0.5), wave([1, 2, 2, 4], 1)),
    variant("of three axes", (t, x) => t.localResponseNormalization(x, 2), wave([2, 2, 5], 1)),
    variant(
      "with another exponent",
      (t, x) => t.localResponseNormalization(x, 1, 1, 0.5, 0.75),
      wave([1, 1, 2, 4], 1),
    ),
  ],
};
