import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { unfinishedFindings } from "./unfinished.ts";

const root = mkdtempSync(join(tmpdir(), "flowlab-unfinished-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ["// TODO: say what `f(x)` is, and why", ["say what `f(x)` is, and why"]],
  ['// TODO: what "bin" means here', ['what "bin" means here']],
  ["TODO: write \\`cube(x)\\` for all x.`,", ["write `cube(x)` for all x."]],
  [
    'hints: ["TODO: a nudge to `f`", "TODO: nearly \\"the\\" answer"],',
    ["a nudge to `f`", 'nearly "the" answer'],
  ],
  ["// **TODO: the subject** of it", ["the subject"]],
  ["/* TODO: the rest */", ["the rest"]],
  ["// TODO", ["this line"]],
  ["// the TODOs are done", []],
])("what is to be written, whole: %s", (line, todos) => {
  mkdirSync(join(root, "notebooks"), { recursive: true });
  writeFileSync(join(root, "notebooks/01-a.ts"), `\n${line}\n`);
  expect(unfinishedFindings([], root)).toEqual(
    todos.map((todo) => ({
      exercise: "–",
      file: "notebooks/01-a.ts:2",
      problem: `still to be written: ${todo}`,
    })),
  );
});
