import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium, QUIET } from "../../../notebooks/print/chromium.ts";
import { needing } from "../../../setup/testing/needs.ts";
import type { SubmissionResult } from "../../grading/result.ts";
import { summary } from "../../record/summary.ts";
import { writeHTML } from "../html.ts";
import {
  course,
  exerciseResult,
  failedCheck,
  gradedRun,
  HOSTILE,
  passed,
  submissionResult,
} from "../result.fixture.ts";
import { checksOfClass, hardest } from "./checks.ts";
import { barsOf, spreadOf } from "./distribution.ts";
import { firstSentence, misconceptionsOf } from "./misconceptions.ts";

const right = (name: string, ms = 12): SubmissionResult =>
  submissionResult(name, [
    exerciseResult({
      checks: [{ ...passed("has the right value"), milliseconds: ms }, passed("integrates to one", 2)],
    }),
  ]);
const wrong = (name: string): SubmissionResult =>
  submissionResult(name, [
    exerciseResult({ status: "partial", checks: [failedCheck, passed("integrates to one", 2)] }),
  ]);

test("bars begin at 0, end at the most that can be had, and hold everybody", () => {
  expect(barsOf([0, 0.5, 2, 3, 3], 3).map(({ count }) => count)).toEqual([2, 0, 3]);
  const many = barsOf([-1, 339, 340], 340);
  expect(many.length).toBeLessThanOrEqual(20);
  expect([many[0], many.at(-1)]).toMatchObject([
    { from: 0, count: 1 },
    { to: 340, count: 2 },
  ]);
  expect(barsOf([0], 0)).toHaveLength(1);
});

test("a spread is known from its quartiles", () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ mean: 2.5, median: 2.5, lower: 1.75, upper: 3.25 });
  expect(spreadOf([7])).toEqual({ mean: 7, median: 7, lower: 7, upper: 7 });
});

test("the hardest checks, by those who had written something, with their times", () => {
  const blank = submissionResult("dan", [exerciseResult({ status: "unsolved", checks: [failedCheck] })]);
  const checks = checksOfClass([right("ada", 10), right("bob", 30), wrong("cyd"), blank].map(summary));
  expect(hardest(checks)).toEqual([
    expect.objectContaining({ name: "has the right value", passed: 2, tried: 3, median: 30, longest: 40 }),
  ]);
  expect(checks[0]?.most).toBeCloseTo(39);
});

test("a misconception is named by how its explanation begins, with all who show it", () => {
  const known = [
    {
      ...course[0],
      misconceptions: [
        { id: "multiplied-by-the-slope", explanation: "You **multiplied** by $f'. x$ here. Then more." },
      ],
    },
  ];
  const found = misconceptionsOf([right("ada"), wrong("bob"), wrong("cyd")].map(summary), known as never);
  expect(found).toEqual([
    {
      exercise: "16.1",
      id: "multiplied-by-the-slope",
      says: "You **multiplied** by $f'. x$ here.",
      people: [1, 2],
    },
  ]);
  expect(misconceptionsOf([wrong("bob")].map(summary), course)[0]?.says).toBeUndefined();
  expect(firstSentence("Two lines\n\nMore.")).toBe("Two lines");
  expect(firstSentence("It is 1.5 here")).toBe("It is 1.5 here");
});

const found = findChromium();
const inBrowser = needing("a browser", "missing" in found ? found.missing : undefined);

inBrowser.describe("the page of the class", () => {
  let root: string;
  const page = () => join(root, "report/class.html");
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "flowlab-class-"));
    const code = await readFile(
      new URL("../../fixtures/answers/01-change-of-variables/right-inverse-brent.ts", import.meta.url),
      "utf8",
    );
    const copied = (name: string) => ({
      ...wrong(name),
      sources: [{ exerciseId: "16.1", code: `${code}\n// ${HOSTILE.replaceAll("\n", " ")}`, origin: name }],
    });
    const others = Array.from({ length: 298 }, (_, i) =>
      i % 3 === 0 ? wrong(`class/w${i}`) : right(`class/r${i}`),
    );
    const run = gradedRun([copied("class/ada"), copied(`class/${HOSTILE.replaceAll("/", "")}`), ...others]);
    await writeHTML(join(root, "report"), run, course);
  }, 120_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  test("of 300 people it is small, and says who is alike with the piece in common", async () => {
    const text = await readFile(page(), "utf8");
    expect(text.length).toBeLessThan(200_000);
    expect(text).toMatch(
      /<strong>100 %<\/strong> alike: <a href="submissions\/001-ada\.html#exercise-16-1">/,
    );
    expect(text).toMatch(/<strong>102×<\/strong>.*multiplied-by-the-slope/);
    expect(text).not.toMatch(/<script>alert/);
  });

  test.each([1280, 390])(
    "at %i pixels it fits, figures are drawn from the folder alone and let a finger pass",
    async (width) => {
      const browser = await chromium.launch({
        executablePath: "path" in found ? found.path : "",
        chromiumSandbox: process.getuid?.() !== 0,
        args: [...QUIET],
      });
      try {
        const opened = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: "dark" });
        const asked: string[] = [];
        opened.on("request", (request) => asked.push(request.url()));
        opened.on("pageerror", ({ message }) => asked.push(message));
        await opened.goto(pathToFileURL(page()).href);
        await opened.locator("figure.plot.drawn .plotly .bars").first().waitFor();
        expect(await opened.evaluate("document.documentElement.scrollWidth")).toBe(width);
        expect(asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
        await opened.locator("figure.plot").first().hover();
        await opened.mouse.wheel(0, 400);
        await expect.poll(() => opened.evaluate("scrollY")).toBeGreaterThan(100);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});
