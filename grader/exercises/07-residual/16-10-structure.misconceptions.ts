import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { identity, type Matrix, multiply, transpose } from "../../oracle/matrices.ts";
import {
  blocks,
  denseOf,
  densePattern,
  diagonal,
  elementwisePattern,
  type Halves,
  type signatures,
  zeros,
} from "./16-10-structure.domain.ts";
import { drawMatrix } from "./16-10-structure.picture.ts";

type Program = Partial<Implementation<typeof signatures>>;
type Rule = (A: Matrix, B: Matrix) => number[][];

const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((v, j) => v + (b[i]?.[j] ?? 0)));

/** Both Jacobians by one wrong rule, with its own figures. */
function both(of: Halves, rule: Rule) {
  const full = Array.from({ length: of.dense }, () => new Array<number>(of.dense).fill(1));
  const slopes = diagonal(new Array<number>(of.elementwise).fill(1));
  return {
    denseJacobian: (A: number[][], B: number[][]) => rule(A, B),
    elementwiseJacobian: (a: number[], b: number[]) => rule(diagonal(a), diagonal(b)),
    denseFigure: () => drawMatrix(rule(full, full)),
    elementwiseFigure: () => drawMatrix(rule(slopes, slopes)),
  } satisfies Program;
}
/** The same slip with right figures, and in one of the two only. */
const slipOf =
  (of: Halves) =>
  (rule: Rule): { implementation: Program; variants: Program[] } => {
    const all = both(of, rule);
    const { denseJacobian, elementwiseJacobian } = all;
    return {
      implementation: all,
      variants: [{ denseJacobian, elementwiseJacobian }, { denseJacobian }, { elementwiseJacobian }],
    };
  };

const I = (n: number): number[][] => identity(n);

export function misconceptions(of: Halves): readonly Misconception<typeof signatures>[] {
  const slip = slipOf(of);
  return [
    {
      id: "second-residual-from-the-old-half",
      explanation:
        "Your block at the lower right is the identity. But $h_2' = h_2 + f_2[h_1']$, and $h_1'$ depends on $h_2$ through $f_1$: there is a second way from $h_2$ to $h_2'$, first through $A$ and then through $B$.",
      ...slip((A, B) => blocks(I(A.length), A, B, I(B.length))),
    },
    {
      id: "triangular-as-a-coupling",
      explanation:
        "Your Jacobian is triangular, as that of *one* coupling. Here both halves are changed: $h_1'$ depends on $h_2$, and $h_2'$ on $h_1$ (through $h_1'$), so neither of the two blocks beside the diagonal is 0.",
      ...slip((A, B) => blocks(I(A.length), zeros(A.length, B.length), B, I(B.length))),
    },
    {
      id: "triangular-the-other-way",
      explanation:
        "Your block $\\partial h_2'/\\partial h_1$ is 0. But $h_2'$ depends on $h_1' = h_1 + f_1[h_2]$, and so on $h_1$: the block is $B$.",
      ...slip((A, B) => blocks(I(A.length), A, zeros(B.length, A.length), I(B.length))),
      variants: slip((A, B) =>
        blocks(I(A.length), A, zeros(B.length, A.length), plus(I(B.length), multiply(B, A))),
      ).variants,
    },
    {
      id: "transposed",
      explanation:
        "Your Jacobian stands on its side. Row $i$ belongs to the *output* $h_i'$, column $j$ to the input $h_j$.",
      ...slip((A, B) => transpose(denseOf([A, B]))),
    },
    {
      id: "product-in-the-other-order",
      explanation:
        "You have $I + AB$ at the lower right. From $h_2$ a change goes through $f_1$ first and through $f_2$ afterwards; of matrices that act one after the other the first stands on the right: $I + BA$.",
      implementation: {
        // Of halves of unequal sizes the two cannot even be added.
        denseJacobian: (A, B) => blocks(I(A.length), A, B, plus(I(B.length), multiply(A, B))),
      },
    },
    {
      id: "identity-forgotten-at-the-lower-right",
      explanation:
        "At the lower right you have $BA$ alone. The residual is *added* to $h_2$, and $h_2$ itself has the derivative $I$.",
      ...slip((A, B) => blocks(I(A.length), A, B, multiply(B, A))),
    },
    {
      id: "residuals-without-what-they-are-added-to",
      explanation:
        "Both identities are missing. $h_1' = h_1 + f_1[h_2]$: the derivative with respect to $h_1$ is $I$, not 0.",
      ...slip((A, B) => blocks(zeros(A.length, A.length), A, B, multiply(B, A))),
    },
    {
      id: "each-half-from-itself",
      explanation:
        "You have added $f_1$ of the *same* half, $h_1 + f_1[h_1]$, so that your Jacobian is diagonal by blocks. In equation 16.18 each half gets a residual of the other one.",
      implementation: {
        elementwiseJacobian: (a, b) => diagonal([...a, ...b].map((v) => 1 + v)),
        elementwiseFigure: () => drawMatrix(identity(2 * of.elementwise)),
      },
      variants: [{ elementwiseJacobian: (a, b) => diagonal([...a, ...b].map((v) => 1 + v)) }],
    },
    {
      id: "zeros-where-networks-are-full",
      explanation:
        "Your first figure is that of elementwise flows. In a fully connected network each output depends on each input: the blocks $A$, $B$ and $I + BA$ are full, and only the identity at the upper left has zeros.",
      implementation: { denseFigure: () => drawMatrix(elementwisePattern(of.dense)) },
    },
    {
      id: "full-where-flows-are-elementwise",
      explanation:
        "Your second figure is that of fully connected networks. An elementwise flow takes the $i$-th number to the $i$-th number: each block is diagonal.",
      implementation: { elementwiseFigure: () => drawMatrix(densePattern(of.elementwise)) },
    },
  ];
}

/** Wrong programs without a story. */
export const mutants = ({ dense, elementwise }: Halves): readonly Mutant<typeof signatures>[] => [
  {
    id: "identity",
    implementation: {
      denseJacobian: (A, B) => identity(A.length + B.length),
      denseFigure: () => drawMatrix(identity(2 * dense)),
    },
  },
  {
    id: "unequal-halves-cut-in-the-middle",
    implementation: {
      denseJacobian: (A, B) =>
        denseOf([A, B]).map((row, i, { length }) =>
          A.length === B.length || i >= length / 2
            ? row
            : row.map((v, j) => (j < length / 2 ? Number(i === j) : v)),
        ),
    },
  },
  {
    id: "slopes-taken-for-full-matrices",
    implementation: {
      elementwiseJacobian: (a, b) => denseOf([a.map((v) => a.map(() => v)), b.map((v) => b.map(() => v))]),
    },
  },
  {
    id: "nothing-is-zero",
    implementation: { denseFigure: () => drawMatrix(densePattern(dense).map((row) => row.map(() => 1))) },
  },
  {
    id: "all-is-zero",
    implementation: { elementwiseFigure: () => drawMatrix(zeros(2 * elementwise, 2 * elementwise)) },
  },
  {
    id: "lower-right-full",
    implementation: {
      elementwiseFigure: () =>
        drawMatrix(
          elementwisePattern(elementwise).map((row, i) =>
            row.map((v, j) => (i >= elementwise && j >= elementwise ? 1 : v)),
          ),
        ),
    },
  },
  { id: "too-small-a-figure", implementation: { denseFigure: () => drawMatrix(denseOf([[[1]], [[1]]])) } },
  {
    id: "figure-of-one-less",
    implementation: {
      elementwiseFigure: () => drawMatrix(elementwisePattern(elementwise - 1)),
    },
  },
];
