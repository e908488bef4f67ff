import { derivation, fn } from "../../harness/kinds.ts";
import type { End, OpenTask } from "../../oracle/matrix-derivation.ts";
import { constant } from "../../oracle/matrix-values.ts";

/**
 * How the entries of a Jacobian are arranged. `rows`: ∂f_i/∂z_j stands in row i, as in the first printings and here. `columns`: ∂f_j/∂z_i
 * does, as in later printings; every matrix is transposed, so that products are written in the opposite order.
 */
export type Convention = "rows" | "columns";

/** The Jacobian of the chain, equation 16.6. */
export const chainOf: { readonly [convention in Convention]: string } = {
  rows: "J3*J2*J1",
  columns: "J1*J2*J3",
};

/** By its first line; `rows` where that is neither. */
export const conventionOf = ([first = ""]: readonly string[]): Convention =>
  first.replaceAll(" ", "").includes(chainOf.columns) ? "columns" : "rows";

const LETTERS = ["J1", "J2", "J3"];

/** Three matrices far from singular: each is dominated by its diagonal. */
const draw: OpenTask["draw"] = (random) => ({
  letters: Object.fromEntries(
    LETTERS.map((name) => [
      name,
      constant(
        [0, 1, 2].map((i) =>
          [0, 1, 2].map((j) =>
            i === j
              ? (random.integer(2) === 0 ? 1 : -1) * random.uniform(1.5, 2.5)
              : random.uniform(-0.7, 0.7),
          ),
        ),
      ),
    ]),
  ),
});

/** Whether a bracket that belongs to no function is raised to a power: (J2*J1)^-1 is an inverse of two layers at once. */
function hasPowerOfBracket(text: string): boolean {
  const open: number[] = [];
  for (const [i, sign] of [...text].entries()) {
    if (sign === "(") open.push(i);
    if (sign !== ")") continue;
    const from = open.pop() ?? 0;
    if (/^\s*\^/.test(text.slice(i + 1)) && !/\w$/.test(text.slice(0, from))) return true;
  }
  return false;
}

/** Whether one of these functions is taken of several layers together. */
const isOfSeveral = ({ uses }: End, ...names: readonly string[]): boolean =>
  uses.calls.some(({ name, letters }) => names.includes(name) && letters.size > 1);

const other: { readonly [convention in Convention]: Convention } = { rows: "columns", columns: "rows" };

export const jacobianTask = (convention: Convention): OpenTask => ({
  first: `inv(${chainOf[convention]})`,
  missingAtEnd: (end) =>
    isOfSeveral(end, "inv", "transpose", "det") || hasPowerOfBracket(end.text)
      ? "a product in which each inverse is that of one layer, as each factor of equation 16.6 belongs to one"
      : undefined,
  draw,
  slips: [
    {
      line: chainOf[convention].replace(/J\d/g, "inv($&)"),
      says: "Undoing turns the order round: what was put on last is taken off first, (AB)⁻¹ = B⁻¹A⁻¹. (In the other of the two conventions your line would be right; you began with this one)",
    },
    { line: chainOf[other[convention]], says: "Turned round, but not inverted: each factor has to be, too" },
    {
      line: chainOf[convention].replace(/J\d/g, "transpose($&)"),
      says: "A transpose is no inverse, unless the matrix is orthogonal",
    },
    {
      line: chainOf[other[convention]].replace(/J\d/g, "transpose($&)"),
      says: "A transpose is no inverse, unless the matrix is orthogonal",
    },
  ],
});

export const determinantTask = (convention: Convention): OpenTask => ({
  first: `abs(det(inv(${chainOf[convention]})))`,
  missingAtEnd: (end) =>
    isOfSeveral(end, "inv", "det")
      ? "absolute determinants of one layer each, as in equation 16.7"
      : undefined,
  draw,
  slips: [
    {
      line: "abs(det(J1))*abs(det(J2))*abs(det(J3))",
      says: "That is the determinant of f itself, equation 16.7. The inverse shrinks what f has stretched: one over it",
    },
    {
      line: "1/(det(J1)*det(J2)*det(J3))",
      says: "The sign matters: without abs this is negative where an odd number of layers mirrors space",
    },
    {
      line: "-abs(det(J1))*abs(det(J2))*abs(det(J3))",
      says: "It is the logarithm that changes its sign for the inverse. The determinant becomes one over itself",
    },
    {
      line: "1/abs(det(J1)) + 1/abs(det(J2)) + 1/abs(det(J3))",
      says: "Determinants multiply. It is their logarithms that are added",
    },
  ],
});

export const signatures = {
  inverseJacobian: fn([], derivation),
  inverseDeterminant: fn([], derivation),
};
