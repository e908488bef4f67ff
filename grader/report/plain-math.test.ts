import { expect, test } from "vitest";
import { course } from "../course.ts";
import { plainMarkdown, plainMath } from "./plain-math.ts";

test.each([
  ["\\tfrac12 \\log 2\\pi", "½ log 2π"],
  ["z = (x - b)e^{-a}", "z = (x − b)e⁻ᵃ"],
  ["e^{-z^2/2}", "e^(−z²/2)"],
  ["1/\\sqrt{2\\pi}", "1/√(2π)"],
  ["\\frac{1}{1 + e^{-z}}", "1/(1 + e⁻ᶻ)"],
  ["\\partial L/\\partial b = -e^{-a}\\,\\overline{z}", "∂L/∂b = −e⁻ᵃ mean(z)"],
  ["\\log|f'(z_i)|", "log|f′(zᵢ)|"],
  ["[0, 1]", "[0, 1]"],
  ["\\le x \\le", "≤ x ≤"],
  ["\\log\\frac{x}{1 - x}", "log x/(1 − x)"],
  ["3 \\cdot 10^{-7}", "3⋅10⁻⁷"],
  ["\\frac{1}{2\\sqrt{x}}", "1/(2√x)"],
  ["\\frac{\\partial z_i}{\\partial a}", "∂zᵢ/∂a"],
  ["\\frac{1}{|f'(z)|}", "1/|f′(z)|"],
  ["\\frac{1", "\\frac{1"],
])("%s reads %s", (tex, text) => {
  expect(plainMath(tex)).toBe(text);
});

test("emphasis, code and prices in a text", () => {
  expect(plainMarkdown("You **multiplied** by `f(z) * 2`, *not* $f'(z)$, for $5")).toBe(
    "You multiplied by f(z) * 2, not f′(z), for $5",
  );
  expect(plainMarkdown("*The slope at $x$*, `a * b`, 2*x, **$y$ too**.")).toBe(
    "The slope at x, a * b, 2*x, y too.",
  );
});

test("no text of the course keeps a backslash, a brace or a dollar of its formulas", () => {
  const texts = course.flatMap(({ hints, checks, misconceptions }) => [
    ...hints,
    ...checks.flatMap((check) => (check.hints ?? []).map(({ text }) => text)),
    ...misconceptions.map(({ explanation }) => explanation),
  ]);
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.map(plainMarkdown).filter((text) => /[\\{}$]/.test(text))).toEqual([]);
});
