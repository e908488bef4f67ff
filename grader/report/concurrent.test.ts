/** Several processes write their reports into one folder at once, and some are killed: what is there is always one run's, and whole. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-reports-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Writes a report of `people` submissions with this seed, again and again until it is told to stop. */
function writer(folder: string, seed: string, people: number, times: number): ChildProcess {
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { writeHTML } = await import(${at("html.ts")});
    const { course, exerciseResult, gradedRun, submissionResult } = await import(${at("result.fixture.ts")});
    const all = Array.from({ length: ${people} }, (_, i) => submissionResult("class/${seed}-" + i, [exerciseResult()]));
    for (let i = 0; i < ${times}; i++) {
      await writeHTML(${JSON.stringify(folder)}, gradedRun(all, { seed: "${seed}" }), course);
      console.log("written");
    }`;
  return spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Asserts that the index, every page and every link are of one run. @returns Its seed. */
async function wholeReport(folder: string, people: Record<string, number>): Promise<string> {
  const index = await readFile(join(folder, "index.html"), "utf8");
  const seed = /<dt>Seed<\/dt><dd>(\w+)<\/dd>/.exec(index)?.[1] ?? "none";
  const pages = [...index.matchAll(/href="(submissions\/[^"]+)"/g)].map(([, page]) => page as string);
  expect(new Set(pages).size).toBe(people[seed]);
  expect((await readdir(join(folder, "submissions"))).map((name) => `submissions/${name}`).sort()).toEqual(
    [...new Set(pages)].sort(),
  );
  for (const page of new Set(pages)) {
    const text = await readFile(join(folder, page), "utf8");
    expect(text).toContain(`<dt>Seed</dt><dd>${seed}</dd>`);
    for (const [, next] of text.matchAll(/rel="(?:next|prev)" href="([^"]+)"/g))
      expect(pages).toContain(`submissions/${next}`);
  }
  return seed;
}

test("runs into one folder at once end as one whole report", { timeout: 120_000 }, async () => {
  const folder = join(root, "one");
  const people = { few: 3, some: 20, many: 40 };
  const writers = Object.entries(people).map(([seed, count]) => writer(folder, seed, count, 6));
  for (const one of writers) one.stdout?.resume();
  const codes = await Promise.all(writers.map(async (one) => (await once(one, "exit"))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect(Object.keys(people)).toContain(await wholeReport(folder, people));
  // No drafts are left.
  expect((await readdir(folder)).sort()).toEqual([
    ".flowlab-report.json",
    ".flowlab-report.lock",
    "assets",
    "class.html",
    "index.html",
    "submissions",
  ]);
});

test("a run that is killed while it writes leaves the earlier report whole, or no index", {
  timeout: 120_000,
}, async () => {
  const folder = join(root, "killed");
  const people = { first: 4, killed: 60 };
  await once(
    writer(folder, "first", 4, 1).on("error", () => {}),
    "exit",
  );
  await writeFile(join(folder, "mine.txt"), "mine");
  for (let round = 0; round < 8; round++) {
    const victim = writer(folder, "killed", 60, 1000);
    await once(victim.stdout as NonNullable<typeof victim.stdout>, "data");
    await sleep(round * 7);
    victim.kill("SIGKILL");
    await once(victim, "exit");
    const there = (await readdir(folder)).includes("index.html");
    if (there) await wholeReport(folder, people);
  }
  // Whatever the victims left, and though one may have died with the lock in its hands, the next run's report is whole.
  await once(writer(folder, "first", 4, 1), "exit");
  expect(await wholeReport(folder, people)).toBe("first");
  expect(await readFile(join(folder, "mine.txt"), "utf8")).toBe("mine");
});

test("killed while pages take the places of others, it leaves no index that could lead to the wrong ones", {
  timeout: 120_000,
}, async () => {
  const folder = join(root, "window");
  // So many pages that taking their places takes long enough to be hit.
  const program = `
    import { writeFile } from "node:fs/promises";
    const { draftReport } = await import(${JSON.stringify(new URL("report-folder.ts", import.meta.url).href)});
    const page = async (run) => {
      const draft = await draftReport("window");
      await writeFile("page.html", run);
      for (let i = 0; i < 4000; i++) await draft.copy("submissions/" + run + "-" + i + ".html", "page.html");
      await draft.copy("index.html", "page.html");
      console.log(run);
      await draft.publish();
    };
    await page("first");
    await page("second");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const inPlace = (run: string) => existsSync(join(folder, `submissions/${run}-0.html`));
  const index = () => readFile(join(folder, "index.html"), "utf8").catch(() => "none");
  for await (const said of child.stdout as NonNullable<typeof child.stdout>)
    if (`${said}`.includes("second")) break;
  expect(await index()).toBe("first");
  while (!inPlace("second") && child.exitCode === null) await sleep(1);
  child.kill("SIGKILL");
  await once(child, "close");
  // Hit in the middle, there is none; had it been ready, all of the earlier run's pages would be gone.
  const left = await index();
  expect(["none", "second"]).toContain(left);
  expect(left === "second" && inPlace("first")).toBe(false);
});
