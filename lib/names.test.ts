import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A function at the top of a file, by a name that ends as participles do: `reshaped`. */
const PARTICIPLE =
  /^(?:export )?(?:(?:async )?function\*? ([a-z]+ed)[(<]|const ([a-z]+ed) = (?:async )?(?:<[^\n]*>)?\()/gm;

/** They end so, and are verbs. */
const VERBS = ["need", "seed", "feed", "embed", "shed", "exceed", "proceed", "succeed"];

const namesIn = (text: string) =>
  [...text.matchAll(PARTICIPLE)]
    .map(([, first, second]) => first ?? second)
    .filter((name) => !VERBS.includes(name));

test("functions have verbs for names, or nouns for what they give", () => {
  const files = globSync("{lib,grader,notebooks,bench}/**/*.ts", { cwd: root }).filter(
    (path) => !/\.(test|fixture)\.ts$|[\\/](dist|node_modules|fixtures|testing)[\\/]/.test(path),
  );
  expect(files.length).toBeGreaterThan(400);
  const found = files.flatMap((file) =>
    namesIn(readFileSync(join(root, file), "utf8")).map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

test("a participle is seen in each way to write a function", () => {
  expect(
    namesIn(
      [
        "function reshaped(x: number) {",
        "export async function settled<T>(x: T) {",
        "export const joined = (x: number) => x;",
        "const mixed = async <A>(x: A) => x;",
        "const widened = 3;",
        "function succeed() {",
        "  const inner = () => 1;",
        "function reshape(x: number) {",
        "function warpedGridFigure() {",
      ].join("\n"),
    ),
  ).toEqual(["reshaped", "settled", "joined", "mixed"]);
});
