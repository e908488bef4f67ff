import { expect, test } from "vitest";
import { dropMarkers, stripSolution } from "./strip-solution.ts";

const solution = `export function f(x: number): number {
  // BEGIN SOLUTION
  return x + 1;
  // END SOLUTION
}
`;

test("a region becomes a stub that throws, at the region's depth", () => {
  expect(stripSolution(solution, "f.ts")).toBe(`export function f(x: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
`);
});

test("the solution reads as if it had never been marked", () => {
  expect(dropMarkers(solution)).toBe("export function f(x: number): number {\n  return x + 1;\n}\n");
});

test.each([
  [
    "a nested region",
    "f() {\n  // BEGIN SOLUTION\n  // BEGIN SOLUTION\n}",
    'f.ts:3: "// BEGIN SOLUTION" inside a region that began in line 2',
  ],
  ["an unclosed region", "f() {\n  // BEGIN SOLUTION\n}", 'f.ts:2: "// BEGIN SOLUTION" is never closed'],
  ["an end alone", "f() {\n  // END SOLUTION\n}", 'f.ts:2: "// END SOLUTION" without "// BEGIN SOLUTION"'],
  ["no region", "f() {}", 'f.ts: no "// BEGIN SOLUTION" in it, so the stub would be the solution'],
  [
    "a region at the top level",
    "// BEGIN SOLUTION\n1\n// END SOLUTION",
    "outside a function; a stub there would throw at import",
  ],
])("%s is refused with file and line", (_what, source, message) => {
  expect(() => stripSolution(source, "f.ts")).toThrow(message);
});
