/** Nothing that anybody wrote acts on the terminal, on whichever path it gets there: the real command line's bytes are looked at. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { zip } from "../submissions/files/archive.fixture.ts";
import { CLI, gradeFolder, type Run, WRONG } from "./grade.fixture.ts";

const { root, put, grade } = gradeFolder();

/** Clears, sets the title, hides, moves back, overwrites, turns the reading direction, in C0, C1 and by lone carriage returns. */
const ATTACK =
  "\u001b[2J\u001b]0;owned\u0007\u001b[8m\u009b31m\u0090q\u009c\r3/3\b\b\u202egnp\u202c\u2066x\u2069\u007f";
/** Of a file's name: no slash, not too long. */
const NAME = `eve${ATTACK}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question.
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const shown = ({ out, err }: Run) => `${out}\n${err}`;

function harmless(run: Run): void {
  expect(shown(run)).not.toMatch(ACTING);
  // It is shown, not swallowed.
  expect(shown(run)).toContain("⟨ESC⟩[2J");
}

const cell = (source: string) => ({
  cell_type: "code",
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});

test("names, notebooks' numbers and excerpts of JSON, with nothing to grade and with something", async () => {
  const broken = [
    { name: `${NAME}/answer.ipynb`, content: `{"cells": ${ATTACK}` },
    { name: "version/answer.ipynb", content: JSON.stringify({ nbformat: ATTACK, cells: [cell("1")] }) },
    { name: "cells/answer.ipynb", content: JSON.stringify({ nbformat: 4, cells: ATTACK }) },
    { name: `paper/${NAME}.pdf`, content: "x" },
    { name: `script/${NAME}.ts`, content: `// exercise: ${ATTACK}\nexport {};` },
    { name: `zipped/${NAME}.zip`, content: "no zip" },
  ];
  await put("nothing.zip", zip(broken));
  harmless(await grade(["nothing.zip"]));
  const message = JSON.stringify(ATTACK);
  const throwing = `// exercise: 16.1\nconsole.log(${message});\nexport function density() { throw new Error(${message}); }`;
  await put("something.zip", zip([...broken, { name: `some-${NAME}/16-1.ts`, content: throwing }]));
  harmless(await grade(["something.zip", "--trust", "--seed", ATTACK]));
  await put(`few/${NAME}.ts`, throwing);
  await put(`few/${NAME}-wrong.ts`, WRONG);
  harmless(await grade(["few", "--trust"]));
});

test.each([
  ["a path that is not there", [NAME]],
  ["a file that is no submission", [`${NAME}.pdf`]],
  ["an option that is none", [`--${ATTACK}`]],
  ["a number that is none", ["--jobs", ATTACK]],
  ["an exercise that is none", ["--exercise", ATTACK]],
  ["a sandbox that is none", ["--sandbox", ATTACK]],
  ["a record that is none", ["--from-record", `${NAME}.pdf`]],
  ["a folder that is in the way", ["--json", `folder-${NAME}`]],
])("what was typed: %s", async (_what, args) => {
  await put(`${NAME}.pdf`, "x");
  await put(`folder-${NAME}/other.txt`, "x");
  const run = await grade(args);
  expect(run.code).toBe(2);
  harmless(run);
});

test("with colours, the only commands are those of colours that are ours", async () => {
  await put(`colour/${NAME}.ts`, `// exercise: 16.1\nconsole.log("\\u001b[32m");\n${WRONG.split("\n")[1]}`);
  await put("colour/\u001b[32mada 3\u001b[39m.ts", WRONG);
  const { out } = await grade(["colour", "--trust"], { NO_COLOR: "", FORCE_COLOR: "1" });
  expect(out).toContain("\u001b[33m1/3 ◐\u001b[39m");
  expect(out).toContain("⟨ESC⟩[32mada");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question.
  expect(out.replace(/\u001b\[(?:1|2|22|31|32|33|35|39)m/g, "")).not.toMatch(ACTING);
});

const script = spawnSync("script", ["--version"]).status === 0;
needing("the program script", script ? undefined : "it makes a terminal; install util-linux").test(
  "on a terminal, the bar names people and nothing else",
  async () => {
    await put(`bar/${NAME}.ts`, WRONG);
    await put("bar/ada.ts", WRONG);
    const command = [process.execPath, CLI, "bar", "--trust"].map((part) => `'${part}'`).join(" ");
    const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
      cwd: join(root()),
      env: { ...process.env, TERM: "xterm", COLUMNS: "200" },
      encoding: "utf8",
    });
    expect(stdout).toContain("grading");
    expect(stdout).toContain("eve⟨ESC⟩[2J");
    for (const part of ["\u001b[2J", "\u001b]0;", "\u001b[8m", "\u009b", "\u202e", "\r3/3", "\b"])
      expect(stdout).not.toContain(part);
  },
);
