import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Trouble } from "../grading/session.ts";
import type { GradedRun } from "../record/read.ts";
import { jsonReport } from "./json.ts";
import {
  exerciseResult,
  failedCheck,
  gradedRun,
  hostile,
  passed,
  submissionResult,
} from "./result.fixture.ts";

const textOf = async (run: GradedRun) => (await Array.fromAsync(jsonReport(run))).join("");
const schema = JSON.parse(readFileSync(new URL("schema.json", import.meta.url), "utf8"));
const valid = new Ajv2020({ allErrors: true }).compile(schema);
const some = [
  submissionResult("ada", [
    exerciseResult({
      checks: [failedCheck, { ...passed("b", 2), found: "3 nats", byHand: { points: 1, reason: "copied" } }],
      status: "partial",
      output: "hello",
    }),
  ]),
  submissionResult("bob", [], { problem: "no JSON", sources: [] }),
  hostile,
];

test("is as the schema says", async () => {
  const parsed = JSON.parse(await textOf(gradedRun(some, { interrupted: true })));
  expect(valid(parsed), JSON.stringify(valid.errors)).toBe(true);
  expect(parsed.submissions[0]).toMatchObject({
    submission: "ada",
    points: 2,
    sources: [{ exerciseId: "16.1" }],
  });
});

/** A trouble that is added to the type has to be added here. */
const TROUBLES: { readonly [Name in Trouble]: true } = {
  unsolved: true,
  threw: true,
  kind: true,
  size: true,
  changed: true,
  missing: true,
  load: true,
  time: true,
  memory: true,
  output: true,
  exit: true,
  protocol: true,
};

test("holds what a failure's numbers show, a notebook's warning, and every trouble that there is", async () => {
  const observation = { id: "constant-factor", text: "Each of your values is half what was asked for." };
  const checks = Object.keys(TROUBLES).map((trouble) => ({
    ...failedCheck,
    failure: { message: "off", trouble: trouble as Trouble, observation },
  }));
  const result = exerciseResult({ checks, warning: "the cell was edited after it ran", stale: true });
  const parsed = JSON.parse(await textOf(gradedRun([submissionResult("ada", [result])])));
  expect(valid(parsed), JSON.stringify(valid.errors)).toBe(true);
  const [shown] = parsed.submissions[0].exercises;
  expect(shown.warning).toBe(result.warning);
  expect(shown.checks.map((c: { failure: unknown }) => c.failure)).toEqual(checks.map((c) => c.failure));
});

test("the schema knows what is wrong", async () => {
  const parsed = JSON.parse(await textOf(gradedRun(some)));
  parsed.submissions[0].exercises[0].status = "great";
  expect(valid(parsed)).toBe(false);
});

test("keys come in one order, whatever order the result was made in", async () => {
  const [first] = some;
  const turned = Object.fromEntries(Object.entries(first as object).toReversed()) as typeof first;
  expect(await textOf(gradedRun([turned as NonNullable<typeof turned>]))).toBe(
    await textOf(gradedRun([first as NonNullable<typeof first>])),
  );
});

test("is text that every reader of JSON takes", async () => {
  expect(await textOf(gradedRun([hostile]))).not.toMatch(/\\ud[89a-f]/i);
});
