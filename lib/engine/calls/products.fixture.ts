import {
  against,
  type Call,
  type Calls,
  call,
  numbers,
  type Operations,
  variant,
  wave,
  whole,
} from "./call.fixture.ts";

const FLAGS = [false, true];

/** Matrices one by one, as the definition of a product of stacks says. */
function stackOfProducts(t: Operations, a: Operations, b: Operations, ta: boolean, tb: boolean): Operations {
  const shape = t.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const each = (x: Operations) =>
    t.unstack(t.reshape(t.broadcastTo(x, [...shape, ...x.shape.slice(-2)]), [-1, ...x.shape.slice(-2)]));
  const [left, right] = [each(a), each(b)];
  const products = left.map((matrix: Operations, i: number) => t.matMul(matrix, right[i], ta, tb));
  return t.reshape(t.stack(products), [...shape, ...products[0].shape]);
}

const BATCHES = [
  [
    [2, 3],
    [2, 1],
  ],
  [
    [2, 1],
    [2, 3],
  ],
  [
    [1, 3],
    [2, 3],
  ],
  [
    [2, 1, 2],
    [3, 1],
  ],
  [[], []],
  [[2], [2]],
  [[3], []],
  [[], [3]],
  [[3], [1]],
  [[1], [3]],
  [[2, 1], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
];

function matrixProducts(): Call[] {
  return BATCHES.flatMap(([left, right]) =>
    FLAGS.flatMap((ta) =>
      FLAGS.map((tb) =>
        against(
          (t, a, b) => stackOfProducts(t, a, b, ta, tb),
          `of [${[...left, 2, 3]}] and [${[...right, 3, 4]}]${ta ? ", first transposed" : ""}${tb ? ", second transposed" : ""}`,
          (t, a, b) => t.matMul(a, b, ta, tb),
          wave([...left, ...(ta ? [3, 2] : [2, 3])], 1),
          wave([...right, ...(tb ? [4, 3] : [3, 4])], 2),
        ),
      ),
    ),
  );
}

const ACTIVATIONS = [undefined, "linear", "relu", "relu6", "elu", "prelu", "leakyrelu", "sigmoid"] as const;

/** What a fused operation is, one by one. */
function activated(
  t: Operations,
  y: Operations,
  bias: Operations,
  activation: string | undefined,
  slopes?: Operations,
  alpha = 0.2,
) {
  const x = bias === undefined ? y : t.add(y, bias);
  if (activation === "prelu") return t.prelu(x, slopes);
  if (activation === "leakyrelu") return t.leakyRelu(x, alpha);
  return activation === undefined || activation === "linear" ? x : t[activation](x);
}

function fusedMatrixProducts(): Call[] {
  const plain = FLAGS.flatMap((transposeA) =>
    FLAGS.flatMap((transposeB) =>
      ACTIVATIONS.map((activation) =>
        against(
          (t, a, b, bias, slopes) =>
            activated(t, t.matMul(a, b, transposeA, transposeB), bias, activation, slopes),
          `${activation ?? "no activation"}${transposeA ? ", first transposed" : ""}${transposeB ? ", second transposed" : ""}`,
          (t, a, b, bias, slopes) =>
            t.fused.matMul({
              a,
              b,
              transposeA,
              transposeB,
              bias,
              activation,
              leakyreluAlpha: 0.2,
              ...(activation === "prelu" ? { preluActivationWeights: slopes } : {}),
            }),
          wave(transposeA ? [3, 2] : [2, 3], 1),
          wave(transposeB ? [4, 3] : [3, 4], 2),
          wave([4], 3),
          ...(activation === "prelu" ? [wave([4], 4)] : []),
        ),
      ),
    ),
  );
  return [
    ...plain,
    against(
      (t, a, b) => t.relu(t.matMul(a, b)),
      "without a bias",
      (t, a, b) => t.fused.matMul({ a, b, activation: "relu" }),
      wave([2, 3], 1),
      wave([3, 4], 2),
    ),
    against(
      (t, a, b, c) => t.add(t.matMul(a, b), c),
      "one bias for all",
      (t, a, b, bias) => t.fused.matMul({ a, b, bias }),
      wave([2, 3], 1),
      wave([3, 4], 2),
      wave([], 3),
    ),
    against(
      (t, a, b, c) => t.add(t.matMul(a, b), c),
      "a bias for each number",
      (t, a, b, bias) => t.fused.matMul({ a, b, bias }),
      wave([2, 3], 1),
      wave([3, 4], 2),
      wave([2, 4], 3),
    ),
    against(
      (t, a, b, c) => t.add(t.matMul(a, b), c),
      "of stacks",
      (t, a, b, bias) => t.fused.matMul({ a, b, bias }),
      wave([2, 2, 3], 1),
      wave([2, 3, 4], 2),
      wave([4], 3),
    ),
    against(
      (t, a, b, c) => t.relu(t.add(stackOfProducts(t, a, b, false, true), c)),
      "of stacks, transposed",
      (t, a, b, bias) => t.fused.matMul({ a, b, transposeB: true, bias, activation: "relu" }),
      wave([2, 2, 3], 1),
      wave([2, 4, 3], 2),
      wave([4], 3),
    ),
    against(
      (t, a, b, c) => t.add(stackOfProducts(t, a, b, false, false), c),
      "of a stack and a matrix",
      (t, a, b, bias) => t.fused.matMul({ a, b, bias }),
      wave([2, 2, 3], 1),
      wave([1, 3, 4], 2),
      wave([4], 3),
    ),
  ];
}

const EINSUMS: [string, ...number[][]][] = [
  ["ij,jk->ik", [2, 3], [3, 4]],
  ["ij,jk->ki", [2, 3], [3, 4]],
  ["ij,kj->ik", [2, 3], [4, 3]],
  ["ij,ij->", [2, 3], [2, 3]],
  ["ij,ij->i", [2, 3], [2, 3]],
  ["i,j->ij", [2], [3]],
  ["i,i->", [3], [3]],
  ["bij,bjk->bik", [2, 2, 3], [2, 3, 2]],
  ["bij,jk->bik", [2, 2, 3], [3, 2]],
  ["bhid,bhjd->bhij", [1, 2, 2, 3], [1, 2, 3, 3]],
  ["ij,k->ijk", [2, 2], [3]],
  ["ij,k->ij", [2, 2], [3]],
  ["ij,jk->i", [2, 3], [3, 2]],
  ["ij->ji", [2, 3]],
  ["ij->i", [2, 3]],
  ["ij->", [2, 3]],
  ["ijk->kj", [2, 3, 2]],
  ["ab , bc -> ac", [2, 3], [3, 2]],
  [",i->i", [], [3]],
];

/** Σ over the indices that are not kept, of the products: by multiplying everything out. */
function multipliedOut(t: Operations, equation: string, tensors: Operations[]): Operations {
  const [left, kept] = equation.replaceAll(" ", "").split("->");
  const terms = left.split(",");
  const labels = [...new Set(kept + terms.join(""))];
  const spread = tensors.map((x, i) => {
    const own = [...terms[i]];
    const order = labels.filter((label) => own.includes(label));
    const moved =
      own.length > 1
        ? t.transpose(
            x,
            order.map((label) => own.indexOf(label)),
          )
        : x;
    return t.reshape(
      moved,
      labels.map((label) => (own.includes(label) ? x.shape[own.indexOf(label)] : 1)),
    );
  });
  const axes = labels.slice(kept.length).map((_, i) => i + kept.length);
  const product = spread.length === 2 ? t.mul(spread[0], spread[1]) : spread[0];
  return axes.length > 0 ? t.sum(product, axes) : product;
}

const square = (shape: readonly number[]) => {
  const given = wave(shape, 1);
  const n = shape[shape.length - 1];
  // Away from singular ones, where a decomposition has no derivative.
  const values = given.values.map((value, i) => value + (Math.floor(i / n) % n === i % n ? 3 : 0));
  return { ...given, values: values.map(Math.fround) };
};

/** Products of matrices and vectors, and what is made of them. */
export const PRODUCTS: Calls = {
  matMul: [
    ...matrixProducts(),
    variant("of nothing", (t, a, b) => t.matMul(a, b), numbers([], [2, 0]), numbers([], [0, 3])),
    variant("of a large one", (t, a, b) => t.matMul(a, b), wave([17, 19], 1), wave([19, 23], 2)),
    variant(
      "of whole numbers",
      (t, a, b) => t.matMul(a, b),
      whole([1, 2, 3, 4], [2, 2]),
      whole([5, 6, 7, 8], [2, 2]),
    ),
  ],
  "fused.matMul": fusedMatrixProducts(),
  einsum: EINSUMS.map(([equation, ...shapes]) =>
    against(
      (t, ...x) => multipliedOut(t, equation, x),
      equation,
      (t, ...x) => t.einsum(equation, ...x),
      ...shapes.map((shape, i) => wave(shape, i + 1)),
    ),
  ),
  dot: [
    variant("vectors", (t, a, b) => t.dot(a, b), wave([3], 1), wave([3], 2)),
    variant("a vector and a matrix", (t, a, b) => t.dot(a, b), wave([3], 1), wave([3, 2], 2)),
    variant("a matrix and a vector", (t, a, b) => t.dot(a, b), wave([2, 3], 1), wave([3], 2)),
    variant("matrices", (t, a, b) => t.dot(a, b), wave([2, 3], 1), wave([3, 2], 2)),
  ],
  outerProduct: [call((t, a, b) => t.outerProduct(a, b), wave([2], 1), wave([3], 2))],
  "linalg.bandPart": [
    call((t, x) => t.linalg.bandPart(x, 1, 0), wave([3, 3], 1)),
    variant("of a stack", (t, x) => t.linalg.bandPart(x, 0, 1), wave([2, 3, 3], 1)),
    variant("all below", (t, x) => t.linalg.bandPart(x, -1, 0), wave([2, 3], 1)),
  ],
  "linalg.gramSchmidt": [call((t, x) => t.linalg.gramSchmidt(x), square([2, 2]))],
  "linalg.qr": [
    call((t, x) => t.linalg.qr(x), square([3, 3])),
    variant("of a tall matrix", (t, x) => t.linalg.qr(x), square([4, 2])),
    variant("of a stack", (t, x) => t.linalg.qr(x), square([2, 2, 2])),
    variant("of a wide matrix", (t, x) => t.linalg.qr(x), square([2, 3])),
    variant("complete", (t, x) => t.linalg.qr(x, true), square([3, 3])),
  ],
  basicLSTMCell: [
    call(
      (t, w, b, x, c, h) => t.basicLSTMCell(t.scalar(0.5), w, b, x, c, h),
      wave([5, 8], 1),
      wave([8], 2),
      wave([2, 3], 3),
      wave([2, 2], 4),
      wave([2, 2], 5),
    ),
  ],
  multiRNNCell: [
    call(
      (t, w, b, x, c, h) => {
        const cell = (...rest: unknown[]) => t.basicLSTMCell(t.scalar(0.5), w, b, ...rest);
        const [cs, hs] = t.multiRNNCell([cell], x, [c], [h]);
        return [...cs, ...hs];
      },
      wave([5, 8], 1),
      wave([8], 2),
      wave([2, 3], 3),
      wave([2, 2], 4),
      wave([2, 2], 5),
    ),
  ],
};
export { ACTIVATIONS, activated };
