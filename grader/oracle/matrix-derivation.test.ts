import { describe, expect, test } from "vitest";
import { random } from "../random.ts";
import { judgeMatrixDerivation, type MatrixTask, type OpenTask } from "./matrix-derivation.ts";
import { column, constant } from "./matrix-values.ts";

const mean: MatrixTask = {
  first: "E(A*z + b)",
  last: "A*mu + b",
  draw(r) {
    const values = [0, 1, 2].map(() => column([r.normal(), r.normal()]));
    const weights = [0, 1, 2].map(() => r.uniform(0.5, 1));
    const sum = weights.reduce((a, b) => a + b);
    const probabilities = weights.map((w) => w / sum);
    const mu = column([0, 1].map((i) => values.reduce((s, v, k) => s + probabilities[k] * v[i][0], 0)));
    return {
      letters: {
        A: constant([
          [r.normal(), r.normal()],
          [r.normal(), r.normal()],
          [r.normal(), r.normal()],
        ]),
        b: constant(column([r.normal(), r.normal(), r.normal()])),
        z: { atoms: values },
        mu: constant(mu),
      },
      probabilities,
    };
  },
  forms: [
    {
      name: "the matrix outside of the expectation",
      appears: ({ calls }) => calls.some(({ name, letters }) => name === "E" && !letters.has("A")),
    },
  ],
  slips: [{ line: "A*mu", says: "b got lost." }],
};
const judge = (steps: string[], task: MatrixTask | OpenTask = mean) =>
  judgeMatrixDerivation(steps, task, random("matrix derivation"));

describe("a derivation in matrices", () => {
  test.each([
    ["E(A*z + b)", "E(A*z) + E(b)", "A*E(z) + b", "A*mu + b"],
    ["E(A*z + b)", "E(b + A z)", "b + A*E(z)", "A*mu + b"],
    ["E(A*z+b)", "E(A*(z - mu)) + E(A*mu) + b", "A*(E(z) - mu) + A*mu + b", "(A*mu+b)"],
    ["E(A*z + b)", "transpose(E(z)'*A' + b')", "A*mu + b"],
    ["E(b + A*z)", "b + A*E(z)", "b + A*mu"],
  ])("holds: %s, %s, …", async (...steps) => {
    expect(await judge(steps)).toMatchObject({ holds: true, message: "every line holds" });
  });

  test.each([
    [["E(A*z + b)", "A*E(z)", "A*mu + b"], "line 2 is not equal to the line before it. b got lost."],
    [["E(A*z + b)", "A*z + b", "A*mu + b"], "line 2 is not equal to the line before it"],
    [
      ["E(A*z + b)", "E(z*A + b)", "A*mu + b"],
      "line 2 makes no sense: a 2×1 matrix cannot be multiplied by a 3×2 one, as 1 is not 3",
    ],
    [
      ["E(A*z + b)", "E(A*z + 1)", "A*mu + b"],
      "line 2 makes no sense: a 3×1 and a 1×1 matrix cannot be added",
    ],
    [
      ["E(A*z + b)", "E(A*z) + b", "A*mu + b"],
      "every line holds, but one is missing between the two ends: the matrix outside of the expectation",
    ],
    [
      ["E(A*z + b)", "A*E(z) + b", "A*mu + 1*b"],
      "every line holds, but the derivation is to end at A*mu + b",
    ],
    [["A*z + b", "A*E(z) + b", "A*mu + b"], "the derivation starts from E(A*z + b)"],
    [
      ["E(A*z + b)", "E(A*z + b)", "A*mu + b"],
      "line 2 repeats the line before it, and no other stands between the two ends",
    ],
    [
      ["E(A*z + b)", "A*mu + b"],
      "a derivation needs at least three lines, its two ends and one between them; got 2 lines",
    ],
    [
      ["E(A*z + b)", "A*E(y) + b", "A*mu + b"],
      'line 2 cannot be read: "y" is not known here; use A, b, z, mu, and an apostrophe to transpose',
    ],
    [
      ["E(A*z + b)", "f(z)", "A*mu + b"],
      'line 2 cannot be read: the function "f" is not known here; use inv, det, trace, transpose, log, exp, abs, sqrt, E',
    ],
    [["E(A*z + b)", "A*E(z, b)", "A*mu + b"], "line 2 cannot be read: E takes 1 argument; got 2"],
    [
      ["E(A*z + b)", "x = 3", "A*mu + b"],
      "line 2 cannot be read: a line is one expression without =: what it equals stands in the next line",
    ],
    [
      ["E(A*z + b)", "A.constructor", "A*mu + b"],
      "line 2 cannot be read: square brackets and dots are not read; write E( ) and all others with round brackets",
    ],
    [
      ["E(A*z + b)", "A*E(z) + b", "inv(A)", "A*mu + b"],
      "line 3 makes no sense: a 3×2 matrix cannot be inverted",
    ],
  ])("%j", async (steps, message) => {
    expect(await judge(steps as string[])).toMatchObject({ holds: false, message });
  });

  test("a line whose sizes do not fit is told which they are, and no other line is", async () => {
    const task = { ...mean, sizes: "A is no square here." };
    const said = async (line: string) => (await judge(["E(A*z + b)", line, "A*mu + b"], task)).message;
    expect(await said("E(z*A + b)")).toBe(
      "line 2 makes no sense: a 2×1 matrix cannot be multiplied by a 3×2 one, as 1 is not 3. A is no square here.",
    );
    expect(await said("A*E(z)")).toBe("line 2 is not equal to the line before it. b got lost.");
    expect(await said("A*z + b")).toBe("line 2 is not equal to the line before it");
  });

  test("an end that is told by its form", async () => {
    const task: OpenTask = {
      first: "inv(A*B)",
      missingAtEnd: ({ uses }) =>
        uses.calls.some(({ letters }) => letters.size > 1) ? "inverses of one letter each" : undefined,
      draw: (r) => ({
        letters: Object.fromEntries(
          ["A", "B"].map((name) => [
            name,
            constant([
              [r.uniform(2, 3), r.uniform(-1, 1)],
              [r.uniform(-1, 1), r.uniform(2, 3)],
            ]),
          ]),
        ),
      }),
    };
    const lines = ["inv(A*B)", "inv(A*B)*B*inv(B)", "inv(B)*inv(A)"];
    expect(await judge(lines, task)).toMatchObject({ holds: true });
    expect(await judge(lines.with(2, "inv(A)*inv(B)"), task)).toMatchObject({
      holds: false,
      message: "line 3 is not equal to the line before it",
    });
    expect(await judge(["inv(A*B)", "inv(B)*inv(A)", "inv(A*B)*A*inv(A)"], task)).toMatchObject({
      holds: false,
      message: "every line holds, but the derivation is to end at inverses of one letter each",
    });
  });

  test("numbers, determinants and functions of one's own", async () => {
    const task: MatrixTask = {
      first: "log(both(det(A), 2))",
      last: "log(abs(det(A))) + log(2)",
      draw: (r) => ({
        letters: {
          A: constant([
            [r.uniform(1, 2), 0.1],
            [0.2, r.uniform(1, 2)],
          ]),
        },
      }),
      functions: { both: (a, b) => [[Math.abs(a[0][0]) * b[0][0]]] },
    };
    const lines = [
      "log(both(det(A), 2))",
      "log(det(A)^2)/2 + log(4)/2",
      "-log(abs(det(A^-1))) + log(2)",
      "log(abs(det(A))) + log(2)",
    ];
    expect(await judge(lines, task)).toMatchObject({ holds: true });
  });
});
