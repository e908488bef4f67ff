import {
  against,
  type Call,
  type Calls,
  call,
  type Given,
  numbers,
  type Operations,
  positive,
  rough,
  truth,
  variant,
  wave,
  whole,
} from "./call.fixture.ts";

/** Where rounding, clipping and tests for numbers part: NaN, infinities, both zeros, large and tiny numbers. */
const ENDS = numbers([
  Number.NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1e30,
  -1e30,
  1e-30,
  -1e-30,
  0.75,
  -0.75,
  3.25,
  -3.25,
]);
const WHOLE = whole([-7, -3, -1, 0, 1, 2, 5, 11, 46, 1], [2, 5]);

type Unary = (t: Operations, x: Operations) => Operations;

/**
 * At numbers of its domain, at numbers where it ends, of whole numbers, of one number and of none.
 *
 * @param whole Whether whole numbers have whole results.
 */
function unary(run: Unary, given = wave([2, 3], 1), whole = false): Call[] {
  const { values } = given;
  const ofFractions: Unary = (t, x) => run(t, t.cast(x, "float32"));
  return [
    call(run, given),
    variant("at the ends of float32", run, ENDS),
    against(whole ? run : ofFractions, "of whole numbers", run, WHOLE),
    variant("of one number", run, numbers(values.slice(0, 1), [])),
    variant("of none", run, numbers([], [0, 3])),
    variant("of seven axes", run, { ...given, shape: [1, 1, 1, 2, 1, 1, 3] }),
  ];
}

type Binary = (t: Operations, a: Operations, b: Operations) => Operations;
type Make = (shape: readonly number[], phase: number) => ReturnType<typeof wave>;

interface BinaryOptions {
  /** Make the operands. */
  readonly first?: Make;
  readonly second?: Make;
  readonly reference?: Binary;
  /** Whether NaN in either operand gives NaN. */
  readonly nan?: boolean;
}

/** Of equal shapes, with a broadcast operand in each place, at the ends, of whole numbers, of two types. */
function binary(
  run: Binary,
  { first = wave, second = wave, reference = run, nan = true }: BinaryOptions = {},
): Call[] {
  const shapes = [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [[3], [2, 3]],
    [[2, 3], []],
    [[], [2, 3]],
    [
      [2, 1],
      [1, 3],
    ],
    [
      [2, 1, 3],
      [4, 1],
    ],
    [[1], [1, 1]],
    [[0, 3], [3]],
    [
      [2, 1],
      [2, 0],
    ],
    [
      [1, 0],
      [2, 1],
    ],
    [[], [0]],
    [[1, 1, 2, 1, 1, 1, 3], [3]],
  ];
  const left = [Infinity, -Infinity, 0, 1e30, 2.5, -7.25, -7.25, 1.5];
  const right = [1, 2, -1.5, 1e-30, 2.5, 2.5, -2.5, 0];
  const compare = (label: string, a: Given, b: Given) => against(reference, label, run, a, b);
  return [
    ...shapes.map(([a, b]) => compare(`of [${a}] and [${b}]`, first(a, 1), second(b, 3))),
    rough(compare("at the ends of float32", numbers(left), numbers(right))),
    rough(compare("of zeros", numbers([0, -0, 0]), numbers([0, 0, -0]))),
    ...(nan
      ? [
          compare("with NaN", numbers([Number.NaN, 1, Number.NaN]), numbers([1, Number.NaN, Number.NaN])),
          compare("with NaN for all", numbers(left), numbers([Number.NaN], [])),
          compare("of NaN with all", numbers([Number.NaN], [1]), numbers(right)),
          compare("with NaN in rows", numbers([1, Number.NaN], [2, 1]), numbers([Number.NaN, 3])),
        ]
      : []),
    compare("of whole numbers", whole([1, -7, 7, 0, 5, 9]), whole([3, 2, -2, 4, 5, 1])),
    compare("of whole numbers and one", whole([1, -7, 7, 2, 5, 9], [3, 2]), whole([3], [])),
    compare("of whole numbers, broadcast", whole([1, -7, 7, 2, 5, 9], [3, 2]), whole([3, 2])),
    compare("of a whole number and a fraction", whole([1, 7, 2]), numbers([0.5, 2.25, 1.75])),
    compare("of a fraction and a whole number", numbers([0.5, 2.25, 1.75]), whole([1, 7, 2])),
  ];
}

const float = (t: Operations, x: Operations) => t.cast(x, "float32");

const logical = (name: string): Call[] => [
  variant("", (t, a, b) => t[name](a, b), truth([0, 0, 1, 1]), truth([0, 1, 0, 1])),
  variant("broadcast", (t, a, b) => t[name](a, b), truth([0, 1, 1, 0], [2, 2]), truth([0, 1], [2])),
  variant("broadcast, exchanged", (t, a, b) => t[name](a, b), truth([1], []), truth([0, 1], [2])),
  variant(
    "of a comparison",
    (t, a, b) => t[name](t.greater(a, 0), t.less(b, 0.5)),
    wave([2, 3], 1),
    wave([3], 2),
  ),
];

const small = (shape: readonly number[], phase = 1) => wave(shape, phase, -0.9, 0.9);
const above1 = (shape: readonly number[], phase = 1) => wave(shape, phase, 1.2, 3.1);

/** Operations that treat number by number. */
export const ELEMENTWISE: Calls = {
  abs: unary((t, x) => t.abs(x), undefined, true),
  acos: unary((t, x) => t.acos(x), small([2, 3])),
  acosh: unary((t, x) => t.acosh(x), above1([2, 3])),
  asin: unary((t, x) => t.asin(x), small([2, 3])),
  asinh: unary((t, x) => t.asinh(x)),
  atan: unary((t, x) => t.atan(x)),
  atanh: unary((t, x) => t.atanh(x), small([2, 3])),
  ceil: unary((t, x) => t.ceil(x)),
  clipByValue: [
    ...unary((t, x) => t.clipByValue(x, -1.05, 1.3), undefined, true),
    ...unary((t, x) => t.clipByValue(x, 0, 1), undefined, true).slice(1),
  ],
  clone: unary((t, x) => t.clone(x), undefined, true),
  cos: unary((t, x) => t.cos(x)),
  cosh: unary((t, x) => t.cosh(x)),
  elu: unary((t, x) => t.elu(x)),
  erf: unary((t, x) => t.erf(x)),
  exp: unary((t, x) => t.exp(x)),
  expm1: unary((t, x) => t.expm1(x)),
  floor: unary((t, x) => t.floor(x)),
  isFinite: unary((t, x) => t.isFinite(x), undefined, true),
  isInf: unary((t, x) => t.isInf(x), undefined, true),
  isNaN: unary((t, x) => t.isNaN(x), undefined, true),
  leakyRelu: unary((t, x) => t.leakyRelu(x, 0.3)),
  log: unary((t, x) => t.log(x), positive([2, 3])),
  log1p: unary((t, x) => t.log1p(x), positive([2, 3])),
  logSigmoid: unary((t, x) => t.logSigmoid(x)),
  neg: unary((t, x) => t.neg(x), undefined, true),
  onesLike: unary((t, x) => t.onesLike(x), undefined, true),
  reciprocal: unary((t, x) => t.reciprocal(x), positive([2, 3])),
  relu: unary((t, x) => t.relu(x), undefined, true),
  relu6: unary((t, x) => t.relu6(t.mul(x, 4)), undefined, true),
  round: unary((t, x) => t.round(x), undefined, true),
  rsqrt: unary((t, x) => t.rsqrt(x), positive([2, 3])),
  selu: unary((t, x) => t.selu(x)),
  sigmoid: unary((t, x) => t.sigmoid(x)),
  sign: [
    ...unary((t, x) => t.sign(x), undefined, true).filter(({ label }) => !label.includes("ends")),
    against(
      (t, x) => t.add(t.sign(x), t.mul(x, 0)),
      "of NaN and of tiny numbers",
      (t, x) => t.sign(x),
      numbers([Number.NaN, 1e-30, -1e-30, 0, 2]),
    ),
  ],
  sin: unary((t, x) => t.sin(x)),
  sinh: unary((t, x) => t.sinh(x)),
  softplus: unary((t, x) => t.softplus(x)),
  sqrt: unary((t, x) => t.sqrt(x), positive([2, 3])),
  square: unary((t, x) => t.square(x), undefined, true),
  step: unary((t, x) => t.step(x, 0.25)),
  tan: unary((t, x) => t.tan(x), small([2, 3])),
  tanh: unary((t, x) => t.tanh(x)),
  zerosLike: unary((t, x) => t.zerosLike(x), undefined, true),

  add: binary((t, a, b) => t.add(a, b)),
  atan2: binary((t, a, b) => t.atan2(a, b), {
    reference: (t, a, b) => t.atan2(float(t, a), float(t, b)),
  }),
  bitwiseAnd: [call((t, a, b) => t.bitwiseAnd(a, b), whole([12, 10, 7]), whole([10, 6, 8]))],
  div: binary((t, a, b) => t.div(a, b), { second: positive }),
  divNoNan: [
    ...binary((t, a, b) => t.divNoNan(a, b), { second: positive }),
    variant("by zero", (t, a, b) => t.divNoNan(a, b), wave([3], 1), whole([0, 2, 0])),
    rough(variant("by a zero", (t, a, b) => t.divNoNan(a, b), wave([3], 1), numbers([0, 2, 0]))),
  ],
  equal: binary((t, a, b) => t.equal(a, b)),
  floorDiv: binary((t, a, b) => t.floorDiv(a, b), {
    second: positive,
    // On plain JavaScript the library's own gives whole numbers of 32 bits, also of fractions.
    reference: (t, a, b) =>
      a.dtype === "int32" && b.dtype === "int32"
        ? t.floorDiv(a, b)
        : t.floor(t.div(float(t, a), float(t, b))),
  }),
  greater: binary((t, a, b) => t.greater(a, b)),
  greaterEqual: binary((t, a, b) => t.greaterEqual(a, b)),
  less: binary((t, a, b) => t.less(a, b)),
  lessEqual: binary((t, a, b) => t.lessEqual(a, b)),
  logicalAnd: logical("logicalAnd"),
  logicalOr: logical("logicalOr"),
  logicalXor: logical("logicalXor"),
  logicalNot: [
    call((t, x) => t.logicalNot(x), truth([0, 1, 1])),
    variant("of a comparison", (t, x) => t.logicalNot(t.greater(x, 0)), wave([3], 1)),
  ],
  maximum: binary((t, a, b) => t.maximum(a, b)),
  minimum: binary((t, a, b) => t.minimum(a, b)),
  mod: binary((t, a, b) => t.mod(a, b), { second: positive }),
  mul: binary((t, a, b) => t.mul(a, b)),
  notEqual: binary((t, a, b) => t.notEqual(a, b)),
  pow: [
    ...binary((t, a, b) => t.pow(a, b), {
      first: positive,
      reference: (t, a, b) => t.pow(float(t, a), float(t, b)),
      // C says that 1 to the power of NaN is 1, JavaScript that it is NaN.
      nan: false,
    }),
    variant("whole powers of negative numbers", (t, x) => t.pow(x, 3), wave([2, 3], 1)),
    variant("no power", (t, x) => t.pow(x, t.tensor([0, 1, 2])), wave([2, 3], 1)),
  ],
  prelu: binary((t, a, b) => t.prelu(a, b), {
    reference: (t, a, b) => t.prelu(float(t, a), float(t, b)),
    nan: false,
  }),
  squaredDifference: binary((t, a, b) => t.squaredDifference(a, b)),
  sub: binary((t, a, b) => t.sub(a, b)),

  addN: [
    call((t, ...parts) => t.addN(parts), wave([2, 3], 1), wave([2, 3], 2), wave([2, 3], 3)),
    variant("of whole numbers", (t, ...parts) => t.addN(parts), whole([1, 2]), whole([3, 5])),
    variant("of one", (t, x) => t.addN([x]), wave([2, 3])),
  ],
  where: [
    call(
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 0, 1, 1, 0], [2, 3]),
      wave([2, 3], 1),
      wave([2, 3], 2),
    ),
    variant("of a comparison", (t, a, b) => t.where(t.greater(a, b), a, b), wave([2, 3], 1), wave([2, 3], 2)),
    variant(
      "with one truth for all",
      (t, c, a, b) => t.where(c, a, b),
      truth([1], []),
      wave([2], 1),
      wave([2], 2),
    ),
    variant("with one number", (t, c, a, b) => t.where(c, a, b), truth([1, 0, 1]), wave([3], 1), wave([], 2)),
    variant(
      "with a broadcast row",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0], [2, 1]),
      wave([2, 3], 1),
      wave([3], 2),
    ),
    variant(
      "with one truth for a row",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0]),
      wave([2, 2], 1),
      wave([2, 2], 2),
    ),
    variant(
      "of whole numbers",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 1]),
      whole([1, 2, 3]),
      whole([4, 5, 6]),
    ),
    against(
      (t, c, a, b) => t.where(c, float(t, a), b),
      "of a whole number and a fraction",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 1]),
      whole([1, 2, 3]),
      wave([3], 1),
    ),
    against(
      (t, c, a, b) => t.where(c, a, float(t, b)),
      "of a fraction and a whole number",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 1]),
      wave([3], 1),
      whole([1, 2, 3]),
    ),
    variant(
      "of truth values",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 1]),
      truth([1, 1, 0]),
      truth([0, 0, 1]),
    ),
    variant(
      "past NaN and ∞",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0, 1, 0]),
      numbers([1, Number.NaN, 2, Infinity]),
      numbers([Number.NaN, 3, Infinity, 4]),
    ),
    against(
      (t, _c, a, b) => t.add(a, b),
      "broadcast to none",
      (t, c, a, b) => t.where(c, a, b),
      truth([1, 0]),
      numbers([], [0, 2]),
      wave([2], 1),
    ),
    variant(
      "of none",
      (t, c, a, b) => t.where(c, a, b),
      truth([], [0, 2]),
      numbers([], [0, 2]),
      numbers([], [0, 2]),
    ),
  ],
  cast: [
    variant("to whole numbers", (t, x) => t.cast(x, "int32"), wave([2, 3], 1)),
    variant("to truth values", (t, x) => t.cast(x, "bool"), numbers([0, 1.5, -2, 0.25])),
    variant("from whole numbers", (t, x) => t.cast(x, "float32"), WHOLE),
    variant("from truth values", (t, x) => t.cast(x, "float32"), truth([0, 1])),
    variant("from truth to whole", (t, x) => t.cast(x, "int32"), truth([0, 1])),
    variant("from whole to truth", (t, x) => t.cast(x, "bool"), whole([0, 3, -1])),
    variant("to itself", (t, x) => t.cast(x, "float32"), wave([2, 3], 1)),
  ],
  ensureShape: [call((t, x) => t.ensureShape(x, [2, 3]), wave([2, 3]))],
};
