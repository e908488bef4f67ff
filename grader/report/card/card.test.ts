import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { exerciseResult, failedCheck, hostile, passed } from "../result.fixture.ts";
import { cardHTML, cardText } from "./card.ts";

const wrong = exerciseResult({
  status: "partial",
  checks: [passed("is zero outside"), failedCheck, { ...failedCheck, name: "integrates to one" }],
});
const hints = ["First $z$.", "Then $z^2$.", "At last."];

test("a failed check shows the call, both values, the misconception and a plot, each once", () => {
  const card = cardHTML(wrong, { hints });
  for (const part of ["density(0.37)", "0.822", "1.21655", "1 of 3 points", "✓", "✗"])
    expect(card).toContain(part);
  expect(card.match(/You <strong>multiplied<\/strong>/g)).toHaveLength(1);
  expect(card.match(/<img src="data:image\/svg\+xml/g)).toHaveLength(1);
});

test("hints come one after another: each inside the one before", () => {
  const card = cardHTML(wrong, { hints });
  expect(card).toMatch(
    /Show a hint<\/summary>.*First.*<details[^>]*><summary[^>]*>Show the next hint.*Then.*Show the last hint.*At last.*<\/details><\/div><\/details>/s,
  );
  expect(card.match(/<details open/g)).toBeNull();
  expect(cardHTML(wrong, { hints, hintsShown: 2 }).match(/<details open/g)).toHaveLength(2);
  expect(cardHTML(exerciseResult(), { hints })).not.toContain("hint");
});

test("a stub gets a to-do card that names what will be checked, not an error", () => {
  const unsolved = {
    name: "integrates to one",
    points: 2,
    earned: 0,
    status: "unsolved",
    milliseconds: 1,
  } as const;
  const card = cardHTML(
    exerciseResult({
      status: "unsolved",
      checks: [{ ...unsolved, failure: { message: "Not yet solved", trouble: "unsolved" } }],
    }),
  );
  expect(card).toContain("to do");
  expect(card).toContain("integrates to one");
  expect(card).not.toMatch(/✗|fail|Not yet solved/);
});

test("needs nothing from the page: no style sheet, no class names of KaTeX's fonts, no script", () => {
  const card = cardHTML(wrong, { hints });
  expect(card).toContain("<math");
  expect(card).not.toMatch(/<style|<script|<link|katex-html/);
});

test("a learner's text is text", () => {
  const card = cardHTML(hostile.exercises[0] as NonNullable<(typeof hostile.exercises)[0]>);
  expect(card).not.toMatch(/<script|<img src=x|href="javascript/i);
  expect(card.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/);
  expect(card).not.toMatch(/[\u202a-\u202e]|(?![\n\t])\p{Cc}|\p{Cs}/u);
  expect(cardText(hostile.exercises[0] as never)).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
});

test("as plain text", () => {
  expect(cardText(wrong)).toMatch(
    /^◐ 16\.1 · .*: partly, 1 of 3 points\n {2}✓ is zero outside \(1\/1\)\n {2}✗ has the right value \(0\/1\)\n {6}this value is wrong/,
  );
});

test("is made in milliseconds and without TensorFlow", () => {
  const script = `
    const { cardHTML } = await import(${JSON.stringify(new URL("card.ts", import.meta.url).href)});
    const { exerciseResult, failedCheck } = await import(${JSON.stringify(new URL("../result.fixture.ts", import.meta.url).href)});
    const result = exerciseResult({ status: "failed", checks: [failedCheck] });
    cardHTML(result, { hints: ["$x$", "$y$"] });
    const before = process.threadCpuUsage();
    for (let i = 0; i < 10; i++) cardHTML(result, { hints: ["$x$", "$y$"] });
    const { createRequire } = await import("node:module");
    const loaded = Object.keys(createRequire(${JSON.stringify(import.meta.url)}).cache).filter((file) => file.includes("tfjs"));
    console.log(JSON.stringify({ milliseconds: process.threadCpuUsage(before).user / 10_000, tf: globalThis._tfGlobals !== undefined || loaded.length > 0 }));
  `;
  const said = JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" }),
  );
  expect(said.tf).toBe(false);
  expect(said.milliseconds).toBeLessThan(50);
});

test("points that a person gives are named before anything is written, too", () => {
  const manual = { answer: "", maxPoints: 2, criteria: [{ points: 2, text: "names $f'$" }] };
  const checks = [{ ...passed("integrates to one"), status: "unsolved" as const, earned: 0 }];
  const todo = exerciseResult({ status: "unsolved", checks, manual });
  for (const card of [cardHTML(todo), cardText(todo)])
    expect(card).toContain("2 more points will be given by a person");
});

test("a text that has not come says why", () => {
  const manual = {
    ...{ answer: "", missing: "reasoning() must return text; it returned 5", maxPoints: 2 },
    criteria: [{ points: 2, text: "names $f'$" }],
  };
  for (const card of [cardHTML(exerciseResult({ manual })), cardText(exerciseResult({ manual }))])
    expect(card).toContain("No text has come: reasoning() must return text; it returned 5");
});

test("the reason for which several checks did not run is said once", () => {
  const skipped = { ...failedCheck, status: "skipped" as const, failure: { message: "it cannot be loaded" } };
  const card = cardHTML(exerciseResult({ status: "failed", checks: [skipped, skipped, skipped] }));
  expect(card.match(/it cannot be loaded/g)).toHaveLength(1);
  expect(card.match(/for the same reason/g)).toHaveLength(2);
});
