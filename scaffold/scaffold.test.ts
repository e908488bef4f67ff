import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyCourse, node } from "./course-copy.fixture.ts";
import { checkFileName, functionName } from "./names.ts";
import { carryOut, courseIn, insertBefore } from "./plan.ts";

let folder: string;
beforeAll(() => {
  folder = copyCourse();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const create = (...args: string[]) => node(folder, "scaffold/cli.ts", ...args);
const text = (path: string) => readFileSync(join(folder, path), "utf8");

describe("what is refused, before anything is written", () => {
  test.each([
    ["exercise 01-change-of-variables/CubeRoot", 'got "CubeRoot"; did you mean cube-root?'],
    ["exercise 01-change-of-variables/../../evil", "exercise: expected FOLDER/NAME"],
    ["exercise 16-3-cube", "exercise: expected FOLDER/NAME, such as 01-change-of-variables/16-3-cube"],
    ["exercise 77-nowhere/cube", "there is no chapter 77-nowhere; there are 01-change-of-variables"],
    ["exercise 77-nowhere/cube", "→ npm run new -- chapter 77-nowhere begins it"],
    ["exercise 1/cube", "→ npm run new -- exercise 01-change-of-variables/cube"],
    ["exercise 01-again/cube", "→ npm run new -- exercise 01-change-of-variables/cube"],
    ["exercise nowhere/cube", "→ npm run new -- chapter NN-name begins one, such as"],
    ["exercise 01-change-of-variables/16-1-cube", "stands for the id 16.1 already"],
    ['exercise 01-change-of-variables/cube --id a"b', "expected an id of letters"],
    ["exercise 01-change-of-variables/1-2", 'expected a name with a word in it; got "1-2"'],
    ["exercise 01-change-of-variables/9-9-square", "grader/course.ts has an exercise square already"],
    ["chapter more-dimensions", "chapter: expected NN-name, such as 02-more-dimensions"],
    ["chapter 00-again", "chapter: 00 is the map of the course"],
    ["chapter 01-again", "01-change-of-variables has the number 01"],
    ["chapter 01-change-of-variables", "these files exist, and nothing is overwritten"],
    ["bijection cube-root", "bijection: expected FOLDER/NAME, such as elementwise/cube-root"],
    ["bijection building/cube-root", "expected a folder of lib/bijections that holds bijections"],
    ["bijection elementwise/tanh", "flowlab exports tanh already"],
    ["transformer new", '"new" is a word of JavaScript'],
    ["transformer Cube.ts", "did you mean cube?"],
  ])("%s", (args, told) => {
    const before = text("grader/course.ts") + text("lib/index.ts") + text("README.md");
    const { status, stderr } = create(...args.split(" "));
    expect(stderr).toContain(told);
    expect(status).toBe(1);
    expect(text("grader/course.ts") + text("lib/index.ts") + text("README.md")).toBe(before);
  });

  test("an unknown kind, and no name", () => {
    expect(create("exam", "x")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("unknown command"),
    });
    expect(create("chapter")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("missing required"),
    });
  });

  test("nothing, where it is only printed", () => {
    const before = text("lib/index.ts");
    const { status, stdout } = create("bijection", "linear/shear", "--print");
    expect(status).toBe(0);
    expect(stdout).toContain("── would write lib/bijections/linear/shear.ts\n");
    expect(stdout).toContain('+ export { shear } from "./bijections/linear/shear.ts";');
    expect(text("lib/index.ts")).toBe(before);
  });
});

test("names", () => {
  expect(["16-3-cube", "sum-of-sigmoids", "tanh"].map((name) => functionName("x", name))).toEqual([
    "cube",
    "sumOfSigmoids",
    "tanh",
  ]);
  expect(() => checkFileName("x", "")).toThrow('got ""');
  expect(() => checkFileName("x", "a--b")).toThrow("did you mean a-b?");
});

test("a place that is not found is said, with the line that goes there", () => {
  expect(() => insertBefore(courseIn(folder), "package.json", /^nowhere/m, "a line\n")).toThrow(
    "package.json: found no place for\na line\n→ scaffold/ expects /^nowhere/m there; correct it, or write the line by hand",
  );
});

test("what was written is taken back where the rest cannot be", () => {
  const course = courseIn(folder);
  writeFileSync(join(folder, "blocked"), "a file, where a folder would have to be");
  const plan = { created: { "fresh.txt": "1", "blocked/inside.txt": "2" }, changed: {}, next: [] };
  expect(() => carryOut(course, plan)).toThrow();
  expect(course.has("fresh.txt")).toBe(false);
  expect(text("blocked")).toBe("a file, where a folder would have to be");
});

describe("skeletons of every kind", () => {
  const KINDS = [
    ["chapter", "66-later"],
    ["chapter", "55-trial"],
    ["exercise", "55-trial/17-1-cube"],
    ["exercise", "55-trial/sum-of-two", "--id", "55.sum"],
    ...["elementwise", "linear", "normalization", "coupling", "autoregressive", "image"].map((kind) => [
      "bijection",
      `${kind}/trial-of-${kind}`,
    ]),
    ["transformer", "trial-of-cubes"],
  ];

  beforeAll(() => {
    for (const args of KINDS) {
      const { status, stdout, stderr } = create(...args);
      expect(status, args.join(" ")).toBe(0);
      // Nothing but what was written, and what is next.
      expect(stdout + stderr).not.toMatch(/Checked \d+ files|No fixes applied/);
      expect(stdout).toMatch(/^wrote /);
    }
  });

  test("have right types and style", () => {
    expect(node(folder, "node_modules/typescript/bin/tsc", "--noEmit")).toMatchObject({
      status: 0,
      stdout: "",
    });
    const styled = node(folder, "setup/run-tool.js", "@biomejs/biome", "ci", "--error-on-warnings");
    expect(styled).toMatchObject({ status: 0 });
    expect(styled.stdout + styled.stderr).not.toContain("\x1b");
  });

  test("a bijection shows parameters from a seed, checked options and a bound of stretching", () => {
    for (const kind of ["elementwise", "linear", "image"]) {
      const written = text(`lib/bijections/${kind}/trial-of-${kind}.ts`);
      expect(written).toMatch(/check(Vector)?Options\("trialOf\w+", options/);
      expect(written).toMatch(/random\(seed\)\.fork\(/);
      expect(written).toMatch(/^ {4}\/\/ lipschitz: \(direction\) => largest\(/m);
      expect(written).toContain("variables: { scale },");
    }
    expect(text("lib/bijections/contract/linear.cases.ts")).toContain("reference: ([scale]) => ({");
  });

  test("and generated files that are current", () => {
    expect(node(folder, "notebooks/build/cli.ts", "--check")).toMatchObject({ status: 0 });
    expect(text("exercises/55-trial/17-1-cube.ts")).not.toContain("2 * x");
  });

  test("verify lists what is to be written in an exercise and a chapter, by file and line", () => {
    const script = `
      import { course } from "./grader/course.ts";
      import { unfinishedFindings } from "./grader/verify/texts/unfinished.ts";
      import { filesAgree } from "./grader/verify/files.ts";
      import { placementFindings } from "./grader/verify/texts/placement.ts";
      import { predictionFindings } from "./grader/verify/texts/predictions.ts";
      import { predictions } from "./grader/predictions/course.ts";
      const root = process.cwd();
      console.log(JSON.stringify([filesAgree(course, root), [...placementFindings(course, root), ...predictionFindings(predictions, root)], unfinishedFindings(course, root)]));`;
    const { stdout } = node(folder, "--input-type=module", "--eval", script);
    const [files, places, todos] = JSON.parse(stdout);
    expect([files, places]).toEqual([[], []]);
    const of = (id: string) => todos.filter(({ exercise }: { exercise: string }) => exercise === id);
    expect(of("16.1")).toEqual([]);
    expect(of("17.1").length).toBe(of("55.sum").length);
    expect(of("17.1")).toContainEqual({
      exercise: "17.1",
      file: "solutions/55-trial/17-1-cube.ts:4",
      problem: "still to be written: the answer",
    });
    expect(of("–")).toContainEqual({
      exercise: "–",
      file: "notebooks/55-trial.ts:4",
      problem: "still to be written: the subject in a few words",
    });
    expect(of("–")).toContainEqual({
      exercise: "–",
      file: expect.stringMatching(/^grader\/predictions\/55-trial\.quiz\.ts:\d+$/),
      problem: "still to be written: why it is right.",
    });
    expect(of("–")).toContainEqual({
      exercise: "–",
      file: expect.stringMatching(/^grader\/chapters\.ts:\d+$/),
      problem: "still to be written: of the book",
    });
    expect(of("17.1")).toContainEqual({
      exercise: "17.1",
      file: "solutions/55-trial/17-1-cube.md:1",
      problem: expect.stringContaining("still to be written: the derivation"),
    });
  });

  test("a chapter has what every chapter has", () => {
    const notebook = JSON.parse(text("notebooks/55-trial.ipynb"));
    const cells = notebook.cells.map(({ source }: { source: string[] }) => source.join("")).join("\n\n");
    for (const part of [
      "**Expected time:** 60 minutes to read and run, 2 hours for the exercises.",
      "**◇ Predict before you run on.**",
      'predict.answer("55-first-guess", { shown });',
      "## What to take away",
      "## Quiz",
      'predict("55-question-4", /* your guess: "yes" or "no" */);',
      "## References",
      "(66-later.ipynb) →",
    ])
      expect(cells).toContain(part);
  });

  test("the lists of the library agree, its test lists what is to be written, and what a chapter asks can be asked", () => {
    const vitest = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--root",
      folder,
      "--reporter=json",
      "--outputFile=tests.json",
    ];
    const { stdout, stderr } = node(
      folder,
      ...vitest,
      "--reporter=default",
      "lib/completeness.test.ts",
      "grader/predictions/course.test.ts",
    );
    const { testResults } = JSON.parse(text("tests.json"));
    const failed = testResults.flatMap(({ assertionResults }: { assertionResults: Result[] }) =>
      assertionResults.filter(({ status }) => status === "failed"),
    );
    expect(testResults).toHaveLength(2);
    expect(failed.map(({ title }: Result) => title)).toEqual([expect.stringContaining("says TODO")]);
    expect(stdout + stderr).toMatch(/lib\/transformers\/trial-of-cubes\.ts:\d+ .*TODO: what it does/);
  });

  test("a second one of the same name is refused", () => {
    const slugs = [...text("grader/chapters.ts").matchAll(/slug: "(.*)"/g)].map(([, slug]) => slug);
    expect(slugs).toEqual([...new Set(slugs)].sort());
    expect(slugs).toContain("55-trial");
    expect(create("chapter", "55-trial").stderr).toMatch(/^notebooks\/55-trial\.ts, .*: these files exist/);
    expect(create("transformer", "trial-of-cubes").status).toBe(1);
  });
});

interface Result {
  readonly title: string;
  readonly status: string;
}
