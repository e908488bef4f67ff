import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./spline-bin.domain.ts";
import { positionAt, shareAt } from "./spline-bin.rational-quadratic.ts";

const forward = (f: (xi: number, q: number, s: number, first: number, second: number) => number) => ({
  binForward: (xi: number, s: number, first: number, second: number) =>
    f(xi, xi * (1 - xi), s, first, second),
});
/** Back by the coefficients of a·ξ² + b·ξ − s·t = 0. */
const back = (
  f: (a: number, b: number, st: number) => number,
  excess = (s: number, first: number, second: number) => first + second - 2 * s,
) => ({
  binInverse(share: number, s: number, first: number, second: number) {
    const b = first - share * excess(s, first, second);
    return f(s - b, b, s * share);
  },
});
const stable = (a: number, b: number, st: number): number => (2 * st) / (b + Math.sqrt(b * b + 4 * a * st));

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "slopes-exchanged",
    explanation:
      "The slopes at both ends are exchanged, or $\\delta_{k+1}$ stands above the line where $\\delta_k$ should: at $\\xi = 0$ your curve begins with $\\delta_{k+1}$. Close to $\\xi = 0$ the share is $\\delta_k\\xi/s$.",
    implementation: { binForward: (xi, s, first, second) => shareAt(xi, s, second, first) },
    variants: [
      {
        binForward: (xi, s, first, second) => shareAt(xi, s, second, first),
        binInverse: (share, s, first, second) => positionAt(share, s, second, first),
      },
      { binInverse: (share, s, first, second) => positionAt(share, s, second, first) },
    ],
  },
  {
    id: "one-s-in-the-excess",
    explanation: "Below the line you take $s$ away once. It is $\\delta_k + \\delta_{k+1} - 2s$.",
    implementation: forward(
      (xi, q, s, first, second) => (s * xi * xi + first * q) / (s + (first + second - s) * q),
    ),
    variants: [back(stable, (s, first, second) => first + second - s)],
  },
  {
    id: "position-not-squared",
    explanation: "Above the line $s$ multiplies $\\xi^2$, not $\\xi$.",
    implementation: forward(
      (xi, q, s, first, second) => (s * xi + first * q) / (s + (first + second - 2 * s) * q),
    ),
  },
  {
    id: "s-left-out",
    explanation:
      "Above the line $\\xi^2$ stands without its $s$. Only for $s = 1$ does that make no difference.",
    implementation: forward(
      (xi, q, s, first, second) => (xi * xi + first * q) / (s + (first + second - 2 * s) * q),
    ),
  },
  {
    id: "height-left-in",
    explanation:
      "You have multiplied by $s$, which turns the share of the height into something else. A share ends at 1.",
    implementation: { binForward: (xi, s, first, second) => s * shareAt(xi, s, first, second) },
  },
  {
    id: "line",
    explanation: "You returned the position itself. Only in a straight bin are position and share the same.",
    implementation: { binForward: (xi) => xi, binInverse: (share) => share },
    variants: [{ binForward: (xi) => xi }, { binInverse: (share) => share }],
  },
  {
    id: "school-formula",
    explanation:
      "That is the school's formula, $(-b + \\sqrt{b^2 + 4ast})/(2a)$. It is right on paper. In a straight bin $a = 0$, and it is zero over zero; in a nearly straight one the difference above the line has lost its digits. Multiply above and below by $b + \\sqrt{\\cdot}$.",
    implementation: back((a, b, st) => (-b + Math.sqrt(b * b + 4 * a * st)) / (2 * a)),
    // The same with a by its own sum, which rounds otherwise where it is nearly 0.
    variants: [
      {
        binInverse(share, s, first, second) {
          const a = s - first + share * (first + second - 2 * s);
          const b = first - share * (first + second - 2 * s);
          return (-b + Math.sqrt(b * b - 4 * a * (-s * share))) / (2 * a);
        },
      },
    ],
  },
  {
    id: "line-where-a-is-zero",
    explanation:
      "Where $a$ is 0 you take the line, elsewhere the school's formula. But where $a$ is *nearly* 0 that has lost its digits already: $-b + \\sqrt{b^2 + 4ast}$ subtracts two numbers that agree in most of theirs. Multiply above and below by $b + \\sqrt{\\cdot}$, and no case is needed.",
    implementation: back((a, b, st) => (a === 0 ? st / b : (-b + Math.sqrt(b * b + 4 * a * st)) / (2 * a))),
    variants: [
      back((a, b, st) => (Math.abs(a) < 1e-12 ? st / b : (-b + Math.sqrt(b * b + 4 * a * st)) / (2 * a))),
    ],
  },
  {
    id: "the-other-root",
    explanation:
      "A quadratic equation has two roots, and yours lies outside of the bin. Which of them is 0 for the share 0?",
    implementation: back((a, b, st) => (-b - Math.sqrt(b * b + 4 * a * st)) / (2 * a)),
    variants: [
      back((a, b, st) => (2 * st) / (b - Math.sqrt(b * b + 4 * a * st))),
      ...[1e-6, 1e-12].map((least) =>
        back((a, b, st) => (Math.abs(a) < least ? st / b : (-b - Math.sqrt(b * b + 4 * a * st)) / (2 * a))),
      ),
    ],
  },
  {
    id: "sign-below-the-root",
    explanation:
      "Below the root stands $b^2 + 4a\\,st$, as the constant term of the equation is *minus* $st$.",
    implementation: back((a, b, st) => (2 * st) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * st)))),
    variants: [back((a, b, st) => (2 * st) / (b + Math.sqrt(b * b - 4 * a * st)))],
  },
  {
    id: "two-left-out",
    explanation: "The 2 above the line is missing: the stable root is $2st/(b + \\sqrt{\\cdot})$.",
    implementation: back((a, b, st) => st / (b + Math.sqrt(b * b + 4 * a * st))),
  },
  {
    id: "s-left-out-of-the-constant",
    explanation: "The constant term of the equation is $-s\\,t$; in yours the $s$ is missing.",
    implementation: {
      binInverse(share, s, first, second) {
        const b = first - share * (first + second - 2 * s);
        return stable(s - b, b, share);
      },
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "forward-twice", implementation: { binInverse: shareAt } },
  {
    id: "six-digits",
    implementation: { binInverse: (...asked) => Number(positionAt(...asked).toPrecision(6)) },
  },
  {
    id: "twenty-halvings",
    implementation: {
      binInverse(share, s, first, second) {
        let [low, high] = [0, 1];
        for (let i = 0; i < 20; i++) {
          const middle = (low + high) / 2;
          if (shareAt(middle, s, first, second) < share) low = middle;
          else high = middle;
        }
        return (low + high) / 2;
      },
    },
  },
];
