import { expect, test } from "vitest";
import { gradeWithNbgrader } from "./testing/nbgrader.ts";
import { type CodeNotebook, codeNotebook, gradeCell, solutionCell } from "./testing/notebook.ts";
import { jupyterPython } from "./testing/python.ts";

const source = codeNotebook([
  solutionCell(
    "density",
    `function density(x: number): number {
  // BEGIN SOLUTION
  return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  // END SOLUTION
}`,
  ),
  gradeCell(
    "density_test",
    4,
    `const wanted = 0.24197072451914337;
if (Math.abs(density(1) - wanted) > 1e-9) throw new Error(\`density(1) is \${density(1)}; expected \${wanted}\`);`,
  ),
  gradeCell(
    "density_partial",
    3,
    `// The value of a check cell is the number of points.
[0, 1, 2].filter((x) => Math.abs(density(x) - Math.exp(-x * x / 2) / 2.5066282746310002) < 1e-9).length`,
  ),
]);

/** The released notebook with another body of `density`. */
function withBody(body: string) {
  return (released: CodeNotebook): CodeNotebook => ({
    ...released,
    cells: released.cells.map((cell) =>
      cell.metadata.nbgrader?.grade_id === "density"
        ? { ...cell, source: `function density(x: number): number {\n${body}\n}` }
        : cell,
    ),
  });
}

const submissions = [
  { student: "blank", notebook: (released: CodeNotebook) => released },
  { student: "right", notebook: withBody("return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);") },
  { student: "wrong", notebook: withBody("return 1;") },
  { student: "half", notebook: withBody("return x < 1 ? 1 / Math.sqrt(2 * Math.PI) : 0;") },
  { student: "throwing", notebook: withBody(`throw new TypeError("oops");`) },
  { student: "uncompilable", notebook: withBody(`return "a";`) },
  // Its two check cells run until the time is up, however long that is.
  { student: "endless", notebook: withBody("for (;;);"), timeoutSeconds: 5 },
  { student: "exiting", notebook: withBody("process.exit(0);") },
];

test("nbgrader grades through this kernel as through any other", { timeout: 300_000 }, async (context) => {
  const python = await jupyterPython(context);
  const { points, maxPoints, released, log } = await gradeWithNbgrader({
    python,
    sources: { density: source },
    submissions,
    timeoutSeconds: 60,
  });
  expect(maxPoints).toEqual({ density: { density_test: 4, density_partial: 3 } });
  expect(released.density?.cells[0]?.source).toContain(
    `// YOUR CODE HERE\n  throw new Error("Not yet solved");`,
  );
  const none = { density: { density_test: 0, density_partial: 0 } };
  expect(points, log).toEqual({
    blank: none,
    right: { density: { density_test: 4, density_partial: 3 } },
    wrong: none,
    half: { density: { density_test: 0, density_partial: 1 } },
    throwing: none,
    uncompilable: none,
    endless: none,
    exiting: none,
  });
});
