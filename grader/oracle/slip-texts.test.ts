import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const exercises = join(import.meta.dirname, "../exercises");

/** Emphasis in Markdown within a text between quotation marks; a product, `a*b*c`, has no space before its first star. */
const EMPHASIS = /"[^"\n]*(?<=[\s"(])\*[a-z][^*"\n]*[a-z]\*(?=[\s.,;:)"])[^"\n]*"/gi;

test("what a derivation's slips say is shown as plain text, and so has no stars of Markdown", () => {
  const files = globSync("*/*.{domain,task}.ts", { cwd: exercises });
  expect(files.length).toBeGreaterThan(50);
  const found = files.flatMap((file) =>
    (readFileSync(join(exercises, file), "utf8").match(EMPHASIS) ?? []).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
