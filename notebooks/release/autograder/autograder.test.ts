import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { RIGHT, WRONG } from "../../../grader/cli/grade.fixture.ts";
import { CLASSROOM50, GRADESCOPE } from "../../../grader/exports/formats/schemas.fixture.ts";
import { needing } from "../../../setup/testing/needs.ts";
import { archive } from "../archive.ts";
import { installPackages, root as project } from "../kit.fixture.ts";
import { type KitFiles, kitFiles } from "../kit.ts";
import { autograder, type Platform } from "./autograder.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
const run = promisify(execFile);
const hasPython =
  process.platform === "linux" &&
  (await run("python3", ["--version"]).then(
    () => true,
    () => false,
  ));
const { test: onLinux } = needing(
  "Linux and Python, as the platforms have",
  hasPython ? undefined : "one is not here",
);

let root: string;
let kit: KitFiles;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-autograder-"));
  kit = await kitFiles(project, { chapters: ["01"] });
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Unpacked by another program than ours, with the rights that the archive names. */
const UNZIP = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        path = archive.extract(entry, sys.argv[2])
        os.chmod(path, (entry.external_attr >> 16) & 0o7777)
        print(entry.filename)
`;

/** As it is uploaded, unpacked, with this machine's packages in the place of those that setting it up would fetch. */
async function upload(
  platform: Platform,
  into: string,
  exercises: readonly string[] = [],
): Promise<string[]> {
  const { files, programs } = autograder(platform, kit, exercises);
  const zip = join(root, `${platform}.zip`);
  await writeFile(zip, await archive(files, undefined, { top: "", programs }));
  await mkdir(into, { recursive: true });
  const { stdout } = await run("python3", ["-c", UNZIP, zip, into], { maxBuffer: 2 ** 24 });
  installPackages(join(into, "course"));
  return stdout.trim().split("\n");
}

async function allow(path: string): Promise<void> {
  const text = await readFile(path, "utf8");
  const changed = text.replace(/(WITHOUT_SANDBOX ?= ?"?)refuse/, "$1trust");
  if (changed === text) throw new Error(`${path} says nothing of a sandbox`);
  await writeFile(path, changed);
}

const faults = (schema: object, file: unknown) => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  return validate(file) ? [] : validate.errors;
};

onLinux(
  "Gradescope: laid out as there, each submission gets results of its own, and none where it has no sandbox",
  async () => {
    const at = join(root, "autograder");
    const names = await upload("gradescope", join(at, "source"), ["16.1"]);
    expect(names.filter((name) => !name.startsWith("course/"))).toEqual(["setup.sh", "run_autograder"]);
    expect(names.filter((name) => /solutions|\.test\.|fixture|node_modules/.test(name))).toEqual([]);
    await run("bash", ["-n", join(at, "source/setup.sh")]);
    await mkdir(join(at, "submission"));
    await mkdir(join(at, "results"));
    await writeFile(
      join(at, "submission_metadata.json"),
      JSON.stringify({ users: [{ name: "Ada", id: 7 }] }),
    );
    const grade = (sandbox: string) =>
      run(join(at, "source/run_autograder"), [], {
        env: { ...process.env, AUTOGRADER: at, FLOWLAB_SANDBOX: sandbox },
      });
    const results = async () => JSON.parse(await readFile(join(at, "results/results.json"), "utf8"));
    const points = (file: { tests: { score: number }[] }) => file.tests.map(({ score }) => score);

    await writeFile(join(at, "submission/mine.ts"), RIGHT);
    await grade("");
    const right = await results();
    expect(faults(GRADESCOPE, right)).toEqual([]);
    expect(points(right)).toEqual([1, 1, 1]);

    await writeFile(join(at, "submission/mine.ts"), WRONG);
    await grade("");
    expect(faults(GRADESCOPE, await results())).toEqual([]);
    expect(points(await results())).not.toEqual([1, 1, 1]);

    // What an earlier submission left, or this one brings, is no verdict on it.
    await expect(grade("none")).rejects.toThrow(/no sandbox here/);
    await expect(results()).rejects.toThrow(/ENOENT/);
    await allow(join(at, "source/run_autograder"));
    await grade("none");
    expect(points(await results())).not.toEqual([1, 1, 1]);
  },
);

onLinux(
  "Classroom 50: its script writes the result in the learner's repository, whatever lay there",
  async () => {
    await upload("classroom50", join(root, "bundle"));
    const repository = join(root, "repository");
    await mkdir(repository);
    await writeFile(join(repository, "mine.ts"), RIGHT);
    await writeFile(join(repository, "result.json"), '{"score": 100}');
    const env = {
      ...process.env,
      ...{ CLASSROOM: "flows", ASSIGNMENT: "week-1", OWNER: "ada", SUBMISSION_TAG: "submit/1" },
      ...{ COMMIT_URL: "https://example.org/c", RELEASE_URL: "https://example.org/r" },
    };
    const grade = (more = {}) =>
      run("python3", [join(root, "bundle/autograder.py")], { cwd: repository, env: { ...env, ...more } });
    await grade();
    const file = JSON.parse(await readFile(join(repository, "result.json"), "utf8"));
    expect(faults(CLASSROOM50, file)).toEqual([]);
    expect(file).toMatchObject({ score: 3, "max-score": 3, owner: "ada" });
    await writeFile(join(repository, "result.json"), '{"score": 100}');
    await expect(grade({ CLASSROOM: "" })).rejects.toMatchObject({
      stdout: expect.stringContaining("there is no CLASSROOM"),
    });
    await expect(readFile(join(repository, "result.json"))).rejects.toThrow(/ENOENT/);
  },
);

test("an exercise that is not there is refused", () => {
  expect(() => autograder("gradescope", kit, ["99.9"])).toThrow(/--exercise 99\.9: .*there are .*16\.1/);
});
