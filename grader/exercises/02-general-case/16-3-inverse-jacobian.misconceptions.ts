import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./16-3-inverse-jacobian.domain.ts";

type Lines = readonly string[];

const jacobian = (...lines: Lines) => ({ inverseJacobian: () => [...lines] });
const determinant = (...lines: Lines) => ({ inverseDeterminant: () => [...lines] });

const plain = (line: string): string => line.replaceAll(" ", "").replaceAll("^-1", "^(-1)");

/** Whether a list of lines begins with one of these beginnings and has, further down, one of these lines. */
const holdsLine =
  (which: keyof typeof signatures, beginning: string, wrong: Lines) =>
  (answers: readonly { readonly export: string; readonly got?: unknown }[]): boolean =>
    answers.some(({ export: name, got }) => {
      if (name !== which || !Array.isArray(got) || !got.every((line) => typeof line === "string"))
        return false;
      const [first, ...rest] = got.map(plain);
      return first === beginning && rest.some((line) => wrong.includes(line));
    });

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "order-kept",
    explanation:
      "You inverted each factor and left the order as it was. $(AB)^{-1} = B^{-1}A^{-1}$: test it, $AB \\cdot B^{-1}A^{-1} = I$, but $AB \\cdot A^{-1}B^{-1}$ is in general not. The layer that acted last is undone first. (Under the *other* convention the same product is right, but there the chain of the first line is turned round, too.)",
    implementation: jacobian("inv(J3*J2*J1)", "inv(J3)*inv(J2*J1)", "inv(J3)*inv(J2)*inv(J1)"),
    variants: [
      jacobian("inv(J1*J2*J3)", "inv(J1)*inv(J2*J3)", "inv(J1)*inv(J2)*inv(J3)"),
      jacobian("inv(J3*J2*J1)", "inv(J3*J2)*inv(J1)", "inv(J3)*inv(J2)*inv(J1)"),
    ],
    shows: (answers) =>
      holdsLine("inverseJacobian", "inv(J3*J2*J1)", [
        "inv(J3)*inv(J2)*inv(J1)",
        "inv(J3)*inv(J2*J1)",
        "inv(J3*J2)*inv(J1)",
        "J3^(-1)*J2^(-1)*J1^(-1)",
      ])(answers) ||
      holdsLine("inverseJacobian", "inv(J1*J2*J3)", [
        "inv(J1)*inv(J2)*inv(J3)",
        "inv(J1)*inv(J2*J3)",
        "inv(J1*J2)*inv(J3)",
        "J1^(-1)*J2^(-1)*J3^(-1)",
      ])(answers),
  },
  {
    id: "transposed-not-inverted",
    explanation:
      "You transposed. For a rotation the transpose *is* the inverse; a Jacobian that stretches anything is not undone by it.",
    implementation: jacobian(
      "inv(J3*J2*J1)",
      "transpose(J3*J2*J1)",
      "transpose(J1)*transpose(J2)*transpose(J3)",
    ),
    variants: [jacobian("inv(J3*J2*J1)", "(J3*J2*J1)'", "J1'*J2'*J3'")],
  },
  {
    id: "only-turned-round",
    explanation:
      "You turned the order round and left the factors as they are. Both belong to undoing: the order *and* each step.",
    implementation: jacobian("inv(J3*J2*J1)", "J1*inv(J3*J2)", "J1*J2*J3"),
  },
  {
    id: "determinant-of-the-forward-map",
    explanation:
      "Your last line is equation 16.7, the determinant of $f$ itself. The inverse shrinks by what $f$ stretches: its determinant is one over that.",
    implementation: determinant(
      "abs(det(inv(J3*J2*J1)))",
      "abs(det(J1*J2*J3))",
      "abs(det(J1))*abs(det(J2))*abs(det(J3))",
    ),
    variants: [
      determinant("abs(det(inv(J3*J2*J1)))", "abs(det(J3*J2*J1))", "abs(det(J3))*abs(det(J2))*abs(det(J1))"),
    ],
  },
  {
    id: "bars-lost",
    explanation:
      "On the way you lost the absolute value. One mirroring layer makes the determinant negative, and a density would be negative with it.",
    implementation: determinant("abs(det(inv(J3*J2*J1)))", "1/det(J3*J2*J1)", "1/(det(J3)*det(J2)*det(J1))"),
    variants: [
      determinant(
        "abs(det(inv(J3*J2*J1)))",
        "det(inv(J1))*det(inv(J2))*det(inv(J3))",
        "1/(det(J1)*det(J2)*det(J3))",
      ),
    ],
  },
  {
    id: "sign-instead-of-reciprocal",
    explanation:
      "You turned the *sign*. That is what happens to the **logarithm** of a determinant when the direction is turned round. The determinant itself becomes one over itself.",
    implementation: determinant(
      "abs(det(inv(J3*J2*J1)))",
      "-abs(det(J3*J2*J1))",
      "-abs(det(J3))*abs(det(J2))*abs(det(J1))",
    ),
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "not-taken-apart",
    implementation: {
      ...jacobian("inv(J3*J2*J1)", "inv(J2*J1)*inv(J3)", "inv(J3*J2*J1)"),
      ...determinant("abs(det(inv(J3*J2*J1)))", "1/abs(det(J3*J2*J1))", "abs(1/det(J3*J2*J1))"),
    },
  },
  {
    id: "a-layer-lost",
    implementation: {
      ...jacobian("inv(J3*J2*J1)", "inv(J2*J1)*inv(J3)", "inv(J1)*inv(J2)"),
      ...determinant("abs(det(inv(J3*J2*J1)))", "1/abs(det(J3*J2*J1))", "1/abs(det(J3))/abs(det(J2))"),
    },
  },
  {
    id: "of-two-layers",
    implementation: {
      ...jacobian("inv(J2*J1)", "inv(J1)*inv(J2)*J2*inv(J2)", "inv(J1)*inv(J2)"),
      ...determinant(
        "abs(det(J3*J2*J1))",
        "abs(det(J3*J2))*abs(det(J1))",
        "abs(det(J3))*abs(det(J2))*abs(det(J1))",
      ),
    },
  },
  { id: "nothing-between", implementation: { ...jacobian("inv(J3*J2*J1)"), ...determinant() } },
];
