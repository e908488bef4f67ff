import {
  against,
  type Call,
  type Calls,
  call,
  numbers,
  truth,
  variant,
  wave,
  whole,
} from "./call.fixture.ts";

/** Of fractions, of whole numbers, of truth values and of NaN: what copies numbers must not read them as others. */
function ofEveryType(label: string, run: Call["run"], given: ReturnType<typeof wave>): Call[] {
  const { shape, values } = given;
  return [
    variant(label, run, given),
    variant(
      `${label} of whole numbers`,
      run,
      whole(
        values.map((_, i) => 3 * i - 7),
        shape,
      ),
    ),
    variant(
      `${label} of truth values`,
      run,
      truth(
        values.map((_, i) => Number(i % 3 === 0)),
        shape,
      ),
    ),
    variant(
      `${label} with NaN`,
      run,
      numbers(
        values.map((value, i) => (i % 4 === 1 ? Number.NaN : value)),
        shape,
      ),
    ),
  ];
}

const fixedRank = (name: string, shape: readonly number[], ...rest: unknown[]): readonly Call[] => [
  call((t, x) => t[name](x, ...rest), wave(shape, 1)),
];

/** On a copy: the library's own writes into its argument. */
const UPDATED: NonNullable<Call["reference"]> = (t, x, i, u) =>
  t.tensorScatterUpdate(t.add(x, t.zerosLike(x)), i, u);

/** Operations that put numbers elsewhere, pick some, or put several tensors together. */
export const PLACES: Calls = {
  batchToSpaceND: ofEveryType(
    "",
    (t, x) =>
      t.batchToSpaceND(
        x,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    wave([4, 2, 2, 3], 1),
  ),
  spaceToBatchND: ofEveryType(
    "",
    (t, x) =>
      t.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    wave([1, 3, 3, 2], 1),
  ),
  broadcastTo: [
    against(
      (t, x) => t.reshape(t.slice(t.reshape(x, [-1]), 0, 0), [0, 3]),
      "to nothing",
      (t, x) => t.broadcastTo(x, [0, 3]),
      wave([1, 3], 1),
    ),
    ...ofEveryType("", (t, x) => t.broadcastTo(x, [4, 2, 3]), wave([2, 1], 1)),
    ...ofEveryType("of one number", (t, x) => t.broadcastTo(x, [2, 3]), wave([], 1)),
    ...ofEveryType("to itself", (t, x) => t.broadcastTo(x, [2, 3]), wave([2, 3], 1)),
  ],
  broadcastArgs: [call((t, a, b) => t.broadcastArgs(a, b), whole([2, 1, 3]), whole([4, 3]))],
  concat: [
    ...[0, 1, -1].map((axis) =>
      variant(`along ${axis}`, (t, a, b) => t.concat([a, b], axis), wave([2, 3], 1), wave([2, 3], 2)),
    ),
    variant(
      "of unequal parts",
      (t, a, b, c) => t.concat([a, b, c], 1),
      wave([2, 1], 1),
      wave([2, 3], 2),
      wave([2, 0], 3),
    ),
    variant("of one", (t, a) => t.concat([a], 0), wave([2, 3])),
    variant(
      "of whole numbers",
      (t, a, b) => t.concat([a, b], 1),
      whole([1, 2, 3, 4], [2, 2]),
      whole([5, 6], [2, 1]),
    ),
    against(
      (t, a, b) => t.concat([t.cast(a, "float32"), b]),
      "of whole numbers and fractions",
      (t, a, b) => t.concat([a, b]),
      whole([1, 2]),
      wave([2], 1),
    ),
    variant("of truth values", (t, a, b) => t.concat([a, b]), truth([1, 0]), truth([0, 0, 1])),
  ],
  concat1d: [call((t, a, b) => t.concat1d([a, b]), wave([2], 1), wave([3], 2))],
  concat2d: [call((t, a, b) => t.concat2d([a, b], 1), wave([2, 1], 1), wave([2, 2], 2))],
  concat3d: [call((t, a, b) => t.concat3d([a, b], 2), wave([1, 2, 1], 1), wave([1, 2, 2], 2))],
  concat4d: [call((t, a, b) => t.concat4d([a, b], 3), wave([1, 1, 2, 1], 1), wave([1, 1, 2, 2], 2))],
  depthToSpace: [
    ...ofEveryType("", (t, x) => t.depthToSpace(x, 2), wave([2, 1, 2, 8], 1)),
    against(
      (t, x) => t.transpose(t.depthToSpace(t.transpose(x, [0, 2, 3, 1]), 2), [0, 3, 1, 2]),
      "channels first",
      (t, x) => t.depthToSpace(x, 2, "NCHW"),
      wave([1, 8, 1, 2], 1),
    ),
    variant("by three", (t, x) => t.depthToSpace(x, 3), wave([1, 1, 2, 9], 1)),
  ],
  diag: [
    call((t, x) => t.diag(x), wave([3], 1)),
    variant("of a matrix", (t, x) => t.diag(x), wave([2, 2], 1)),
    variant("of whole numbers", (t, x) => t.diag(x), whole([1, 2, 3])),
  ],
  expandDims: ofEveryType("", (t, x) => t.expandDims(x, 1), wave([2, 3], 1)),
  gather: [
    ...ofEveryType("", (t, x) => t.gather(x, [2, 0, 2]), wave([3, 2], 1)),
    ...ofEveryType("along the last axis", (t, x) => t.gather(x, [1, 0, 1, 1], -1), wave([3, 2], 1)),
    variant(
      "at places in a matrix",
      (t, x, i) => t.gather(x, i, 1),
      wave([2, 3, 2], 1),
      whole([2, 0, 1, 1], [2, 2]),
    ),
    variant("at one place", (t, x, i) => t.gather(x, i), wave([3, 2], 1), whole([1], [])),
    variant(
      "batch by batch",
      (t, x, i) => t.gather(x, i, 1, 1),
      wave([2, 3, 2], 1),
      whole([2, 0, 1, 1], [2, 2]),
    ),
    variant(
      "batch by batch, of rows",
      (t, x, i) => t.gather(x, i, 1, 1),
      wave([2, 3], 1),
      whole([2, 0, 1, 1], [2, 2]),
    ),
    variant("in a middle axis", (t, x, i) => t.gather(x, i, 1), wave([2, 3, 2], 1), whole([2, 0, 2, 1])),
  ],
  gatherND: [
    ...ofEveryType(
      "",
      (t, x) =>
        t.gatherND(
          x,
          t.tensor2d(
            [
              [2, 1],
              [0, 0],
              [2, 1],
            ],
            [3, 2],
            "int32",
          ),
        ),
      wave([3, 2], 1),
    ),
    variant("rows", (t, x) => t.gatherND(x, t.tensor2d([[2], [0]], [2, 1], "int32")), wave([3, 2], 1)),
  ],
  meshgrid: [
    call((t, a, b) => t.meshgrid(a, b), wave([2], 1), wave([3], 2)),
    variant("rows first", (t, a, b) => t.meshgrid(a, b, { indexing: "ij" }), wave([2], 1), wave([3], 2)),
  ],
  mirrorPad: (["reflect", "symmetric"] as const).flatMap((mode) => [
    ...ofEveryType(
      mode,
      (t, x) =>
        t.mirrorPad(
          x,
          [
            [1, 1],
            [2, 1],
          ],
          mode,
        ),
      wave([2, 3], 1),
    ),
    variant(`${mode}, a row`, (t, x) => t.mirrorPad(x, [[2, 3]], mode), wave([4], 1)),
    variant(
      `${mode}, on one side`,
      (t, x) =>
        t.mirrorPad(
          x,
          [
            [0, 0],
            [0, 2],
          ],
          mode,
        ),
      wave([2, 3], 1),
    ),
    variant(
      `${mode}, images`,
      (t, x) =>
        t.mirrorPad(
          x,
          [
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 0],
          ],
          mode,
        ),
      wave([1, 3, 2, 2], 1),
    ),
    variant(
      `${mode}, three axes`,
      (t, x) =>
        t.mirrorPad(
          x,
          [
            [1, 0],
            [0, 1],
            [1, 1],
          ],
          mode,
        ),
      wave([2, 2, 2], 1),
    ),
    variant(
      `${mode}, six axes`,
      (t, x) =>
        t.mirrorPad(
          x,
          [0, 0, 1, 0, 0, 1].map((before) => [before, 0]),
          mode,
        ),
      wave([1, 1, 2, 1, 1, 3], 1),
    ),
    variant(
      `${mode}, nothing`,
      (t, x) =>
        t.mirrorPad(
          x,
          [
            [0, 0],
            [0, 0],
          ],
          mode,
        ),
      wave([2, 3], 1),
    ),
  ]),
  oneHot: [
    call((t, x) => t.oneHot(x, 4), whole([0, 3, 1])),
    variant("of fractions", (t, x) => t.oneHot(x, 4, 2.5, -1.5, "float32"), whole([0, 3, 1, 2], [2, 2])),
    variant("beyond the end", (t, x) => t.oneHot(x, 3), whole([-1, 2, 3])),
  ],
  pad: [
    ...ofEveryType(
      "",
      (t, x) =>
        t.pad(
          x,
          [
            [1, 0],
            [2, 1],
          ],
          0,
        ),
      wave([2, 3], 1),
    ),
    variant(
      "with a number",
      (t, x) =>
        t.pad(
          x,
          [
            [1, 0],
            [2, 1],
          ],
          1.5,
        ),
      wave([2, 3], 1),
    ),
    variant("with NaN", (t, x) => t.pad(x, [[1, 1]], Number.NaN), wave([3], 1)),
    variant("with −∞", (t, x) => t.pad(x, [[1, 1]], -Infinity), wave([3], 1)),
    variant("whole numbers with one", (t, x) => t.pad(x, [[1, 1]], 7), whole([1, 2, 3])),
    variant(
      "five axes",
      (t, x) =>
        t.pad(x, [
          [1, 0],
          [0, 0],
          [0, 1],
          [0, 0],
          [1, 1],
        ]),
      wave([1, 2, 1, 1, 2], 1),
    ),
    variant("nothing", (t, x) => t.pad(x, [[0, 0]]), wave([3], 1)),
  ],
  pad1d: fixedRank("pad1d", [3], [1, 2]),
  pad2d: fixedRank(
    "pad2d",
    [2, 2],
    [
      [1, 2],
      [0, 1],
    ],
  ),
  pad3d: fixedRank(
    "pad3d",
    [1, 2, 2],
    [
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  ),
  pad4d: fixedRank(
    "pad4d",
    [1, 1, 2, 2],
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ],
  ),
  reshape: [
    ...ofEveryType("", (t, x) => t.reshape(x, [3, 2]), wave([2, 3], 1)),
    variant("with a length left out", (t, x) => t.reshape(x, [-1, 2]), wave([2, 3], 1)),
  ],
  reverse: [undefined, 0, 1, -1, [0, 1], []].flatMap((axis) =>
    ofEveryType(`along ${axis}`, (t, x) => t.reverse(x, axis), wave([2, 3], 1)),
  ),
  reverse1d: fixedRank("reverse1d", [4]),
  reverse2d: fixedRank("reverse2d", [2, 3], 1),
  reverse3d: fixedRank("reverse3d", [2, 2, 2], [0, 2]),
  reverse4d: fixedRank("reverse4d", [1, 2, 2, 2], [1, 3]),
  scatterND: [
    call((t, i, u) => t.scatterND(i, u, [5]), whole([3, 1, 3], [3, 1]), wave([3], 1)),
    variant("rows", (t, i, u) => t.scatterND(i, u, [4, 2]), whole([3, 1], [2, 1]), wave([2, 2], 1)),
    variant(
      "numbers of a matrix",
      (t, i, u) => t.scatterND(i, u, [2, 3]),
      whole([1, 2, 0, 0], [2, 2]),
      wave([2], 1),
    ),
    variant("whole numbers", (t, i, u) => t.scatterND(i, u, [5]), whole([3, 1, 3], [3, 1]), whole([4, 5, 6])),
  ],
  tensorScatterUpdate: [
    against(
      UPDATED,
      "",
      (t, x, i, u) => t.tensorScatterUpdate(x, i, u),
      wave([5], 1),
      whole([3, 1], [2, 1]),
      wave([2], 2),
    ),
    against(
      UPDATED,
      "rows",
      (t, x, i, u) => t.tensorScatterUpdate(x, i, u),
      wave([3, 2], 1),
      whole([2, 0], [2, 1]),
      wave([2, 2], 2),
    ),
    against(
      UPDATED,
      "whole numbers",
      (t, x, i, u) => t.tensorScatterUpdate(x, i, u),
      whole([1, 2, 3]),
      whole([2], [1, 1]),
      whole([9]),
    ),
  ],
  sparseToDense: [
    call((t, i, v) => t.sparseToDense(i, v, [5], 0), whole([1, 3]), wave([2], 1)),
    variant(
      "in a matrix, with a default",
      (t, i, v) => t.sparseToDense(i, v, [2, 3], 9),
      whole([0, 1, 1, 2], [2, 2]),
      wave([2], 1),
    ),
    variant(
      "the same number",
      (t, i, v) => t.sparseToDense(i, v, [4], 0),
      whole([1, 3], [2, 1]),
      wave([], 1),
    ),
    variant(
      "whole numbers",
      (t, i, v) => t.sparseToDense(i, v, [4], t.scalar(0, "int32")),
      whole([1, 3]),
      whole([5, 6]),
    ),
  ],
  slice: [
    ...ofEveryType("", (t, x) => t.slice(x, [1, 0], [1, 2]), wave([2, 3], 1)),
    ...ofEveryType("to the end", (t, x) => t.slice(x, 1), wave([3, 2], 1)),
    ...ofEveryType("in several axes", (t, x) => t.slice(x, [0, 1, 1], [1, 2, -1]), wave([2, 3, 3], 1)),
    variant("of five axes", (t, x) => t.slice(x, [0, 0, 1, 0, 1], [1, 1, 1, 2, 1]), wave([2, 1, 2, 2, 2], 1)),
  ],
  slice1d: fixedRank("slice1d", [4], 1, 2),
  slice2d: fixedRank("slice2d", [3, 3], [1, 0], [2, 2]),
  slice3d: fixedRank("slice3d", [2, 2, 3], [0, 1, 1], [2, 1, 2]),
  slice4d: fixedRank("slice4d", [2, 2, 2, 2], [0, 1, 0, 1], [2, 1, 2, 1]),
  split: [
    ...ofEveryType("in halves", (t, x) => t.split(x, 2, 1), wave([2, 4], 1)),
    variant("in unequal parts", (t, x) => t.split(x, [1, 3], 1), wave([2, 4], 1)),
    variant("in unequal parts, one left out", (t, x) => t.split(x, [1, -1], -1), wave([2, 4], 1)),
    variant("into one", (t, x) => t.split(x, 1), wave([2, 2], 1)),
    variant("one of three used", (t, x) => t.split(x, 3)[1], wave([3, 2], 1)),
  ],
  squeeze: ofEveryType("", (t, x) => t.squeeze(x), wave([2, 1, 3, 1], 1)),
  stack: [
    ...[0, 1, -1, 2].map((axis) =>
      variant(`along ${axis}`, (t, a, b) => t.stack([a, b], axis), wave([2, 3], 1), wave([2, 3], 2)),
    ),
    variant("of one", (t, a) => t.stack([a]), wave([2, 3])),
    variant("of whole numbers", (t, a, b) => t.stack([a, b]), whole([1, 2]), whole([5, 6])),
  ],
  stridedSlice: [
    ...ofEveryType("", (t, x) => t.stridedSlice(x, [0, 2], [2, -4], [1, -2]), wave([2, 3], 1)),
    ...ofEveryType("by twos", (t, x) => t.stridedSlice(x, [1], [7], [2]), wave([7], 1)),
    ...ofEveryType(
      "of three axes",
      (t, x) => t.stridedSlice(x, [0, 0, 1], [2, 3, 3], [1, 2, 1]),
      wave([2, 3, 3], 1),
    ),
    variant("with masks", (t, x) => t.stridedSlice(x, [1, 1], [2, 2], [1, 1], 1, 2), wave([3, 4], 1)),
    variant(
      "with an axis lost",
      (t, x) => t.stridedSlice(x, [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1),
      wave([3, 4], 1),
    ),
    variant(
      "with an axis more",
      (t, x) => t.stridedSlice(x, [0, 1], [1, 3], [1, 1], 0, 0, 0, 1),
      wave([4, 3], 1),
    ),
    variant("of nothing", (t, x) => t.stridedSlice(x, [2], [2], [1]), wave([4], 1)),
  ],
  tile: [
    ...ofEveryType("", (t, x) => t.tile(x, [2, 3]), wave([2, 2], 1)),
    variant("of three axes", (t, x) => t.tile(x, [1, 2, 2]), wave([2, 1, 2], 1)),
    variant("of a row", (t, x) => t.tile(x, [3]), wave([2], 1)),
    variant("of four axes", (t, x) => t.tile(x, [2, 1, 1, 2]), wave([1, 2, 1, 2], 1)),
    variant("of five axes", (t, x) => t.tile(x, [1, 2, 1, 1, 2]), wave([1, 1, 2, 1, 2], 1)),
  ],
  transpose: [
    ...ofEveryType("", (t, x) => t.transpose(x), wave([2, 3], 1)),
    ...ofEveryType("of three axes", (t, x) => t.transpose(x, [2, 0, 1]), wave([2, 3, 2], 1)),
    variant("of five axes", (t, x) => t.transpose(x, [4, 0, 3, 1, 2]), wave([2, 1, 2, 1, 2], 1)),
    variant("of seven axes", (t, x) => t.transpose(x, [6, 0, 3, 1, 2, 5, 4]), wave([2, 1, 2, 1, 2, 1, 2], 1)),
  ],
  unstack: [
    ...ofEveryType("", (t, x) => t.unstack(x), wave([2, 3], 1)),
    variant("along the last axis", (t, x) => t.unstack(x, -1), wave([2, 3], 1)),
    variant("of one", (t, x) => t.unstack(x), wave([1, 3], 1)),
    variant("one of three used", (t, x) => t.unstack(x, 1)[1], wave([2, 3], 1)),
  ],
  unique: [
    variant("", (t, x) => Object.values(t.unique(x)) as never, whole([3, 1, 3, 2, 1])),
    variant("of fractions", (t, x) => t.unique(x).values, numbers([3.5, 1, 3.5])),
    variant("of rows", (t, x) => t.unique(x, 0).values, numbers([1, 2, 1, 2, 3, 4], [3, 2])),
  ],
  searchSorted: (["left", "right"] as const).flatMap((side) => [
    variant(
      `from the ${side}`,
      (t, s, v) => t.searchSorted(s, v, side),
      numbers([0, 1, 1, 3]),
      numbers([-1, 0, 1, 2.5, 3, 9]),
    ),
    variant(
      `from the ${side}, rows`,
      (t, s, v) => t.searchSorted(s, v, side),
      numbers([0, 1, 3, 2, 5, 8], [2, 3]),
      numbers([1, 4, 5, 0], [2, 2]),
    ),
    variant(
      `from the ${side}, whole numbers`,
      (t, s, v) => t.searchSorted(s, v, side),
      whole([0, 2, 2, 5]),
      whole([2, 1, 7]),
    ),
    variant(
      `from the ${side}, NaN`,
      (t, s, v) => t.searchSorted(s, v, side),
      numbers([0, 1, 3]),
      numbers([Infinity, -Infinity]),
    ),
  ]),
  lowerBound: [call((t, s, v) => t.lowerBound(s, v), numbers([0, 1, 1, 3]), numbers([1, 2, 3.5]))],
  upperBound: [call((t, s, v) => t.upperBound(s, v), numbers([0, 1, 1, 3]), numbers([1, 2, 3.5]))],
  booleanMaskAsync: [
    call((t, x, m) => t.booleanMaskAsync(x, m), wave([3, 2], 1), truth([1, 0, 1])),
    variant("of whole numbers", (t, x, m) => t.booleanMaskAsync(x, m), whole([1, 2, 3]), truth([1, 0, 1])),
  ],
  whereAsync: [call((t, m) => t.whereAsync(m), truth([1, 0, 1, 1], [2, 2]))],
  setdiff1dAsync: [call((t, a, b) => t.setdiff1dAsync(a, b), numbers([1, 2, 3, 4]), numbers([2, 4]))],
  inTopKAsync: [call((t, p, y) => t.inTopKAsync(p, y, 1), wave([3, 4], 1), whole([2, 1, 3]))],
  "math.confusionMatrix": [
    call((t, a, b) => t.math.confusionMatrix(a, b, 3), whole([0, 1, 2, 1]), whole([0, 2, 2, 1])),
  ],
  "sparse.sparseFillEmptyRows": [
    call(
      (t, i, v) => Object.values(t.sparse.sparseFillEmptyRows(i, v, t.tensor1d([4, 3], "int32"), 7)) as never,
      whole([0, 1, 2, 0], [2, 2]),
      numbers([5, 6]),
    ),
  ],
  "sparse.sparseReshape": [
    call(
      (t, i) =>
        Object.values(
          t.sparse.sparseReshape(i, t.tensor1d([2, 6], "int32"), t.tensor1d([4, -1], "int32")),
        ) as never,
      whole([0, 1, 1, 4], [2, 2]),
    ),
  ],
  "sparse.sparseSegmentMean": [
    against(
      (t, x, i, s) => t.div(t.unsortedSegmentSum(t.gather(x, i), s, 2), t.tensor2d([[2], [1]])),
      "",

      (t, x, i, s) => t.sparse.sparseSegmentMean(x, i, s),
      wave([4, 2], 1),
      whole([0, 1, 3]),
      whole([0, 0, 1]),
    ),
  ],
  "sparse.sparseSegmentSum": [
    against(
      (t, x, i, s) => t.unsortedSegmentSum(t.gather(x, i), s, 2),
      "",

      (t, x, i, s) => t.sparse.sparseSegmentSum(x, i, s),
      wave([4, 2], 1),
      whole([0, 1, 3]),
      whole([0, 0, 1]),
    ),
  ],
  raggedGather: [
    call(
      (t, x, i) => {
        const r = t.raggedGather([t.tensor1d([0, 2, 3], "int32")], x, i, 1);
        return [...r.outputNestedSplits, r.outputDenseValues];
      },
      wave([3], 1),
      whole([1, 0]),
    ),
  ],
  raggedRange: [
    call(
      (t, a, b, c) => Object.values(t.raggedRange(a, b, c)) as never,
      whole([0, 5]),
      whole([3, 9]),
      whole([1, 2]),
    ),
  ],
  raggedTensorToTensor: [
    call(
      (t, x) =>
        t.raggedTensorToTensor(
          t.tensor1d([2, 3], "int32"),
          x,
          t.scalar(0),
          [t.tensor1d([0, 2, 3], "int32")],
          ["ROW_SPLITS"],
        ),
      wave([3], 1),
    ),
  ],
};
