import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sender } from "../grading/sender.ts";
import {
  course,
  exerciseResult,
  failedCheck,
  gradedRun,
  hostile,
  submissionResult,
} from "../report/result.fixture.ts";
import { openArchive } from "../submissions/files/archive.ts";
import { feedbackPlace } from "./places.ts";
import { writeFeedback } from "./write-feedback.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-feedback-"));
});
afterAll(() => rm(root, { recursive: true }));

const failed = exerciseResult({ status: "failed", checks: [failedCheck] });
const from = (name: string, layout: string, ...entries: string[]) =>
  submissionResult(`class.zip › ${name}`, [failed], {
    sender: { layout, entries, people: [] } satisfies Sender,
  });

async function pagesIn(path: string): Promise<Map<string, string>> {
  const tree = await openArchive(path, true);
  const pages = new Map<string, string>();
  for (const leaf of tree.leaves)
    pages.set(leaf.path, Buffer.from(await leaf.read(10_000_000)).toString("utf8"));
  await tree.close?.();
  return pages;
}

/** Whose a file is, as mod/assign's importer of feedback finds out. */
function moodleOwner(path: string): string | undefined {
  const parts = path.split("/");
  if (/^[.~]/.test(parts.at(-1) as string)) return undefined;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const info = part.split("_");
    const [, id, type, plugin] = info;
    if (info.length < 4 || !/^\d+$/.test(id ?? "") || type !== "assignsubmission" || plugin !== "file")
      continue;
    return `${id} ${[info.slice(4).join("_"), ...parts].filter((rest) => rest !== "").join("/")}`;
  }
  return undefined;
}

/** The same of Canvas: the user's and the upload's number. */
function canvasOwner(path: string): string | undefined {
  const parts = (path.split("/").at(-1) as string).split("_");
  const [user, upload] = parts.filter((part) => /^\d+$/.test(part));
  return upload === undefined || /^link/.test(parts.at(-1) as string) ? undefined : `${user} ${upload}`;
}

test("Moodle finds whose each page is, in folders and flat", async () => {
  const path = join(root, "moodle.zip");
  const run = gradedRun([
    from("ada", "moodle", "Ada Lovelace_4711_assignsubmission_file"),
    from("bob", "moodle", "Bob Ross_4712_assignsubmission_file_16-1-square.ts"),
    from("cy", "moodle", "Cy Young_4713_assignsubmission_file_"),
    from("nobody", "moodle", "Default group_assignsubmission_file"),
  ]);
  const { text, notes } = await writeFeedback(path, run, course);
  expect(text).toBe(`feedback: 3 pages in ${path}`);
  expect(notes).toEqual([
    expect.stringMatching(/nobody: its files' names do not say whose it is/),
    expect.stringMatching(/goes back by Moodle: .*Upload multiple feedback files/),
  ]);
  expect([...(await pagesIn(path)).keys()].map(moodleOwner)).toEqual([
    "4711 feedback.html",
    "4712 feedback.html",
    "4713 feedback.html",
  ]);
});

test("Canvas finds whose each page is, also of late uploads, and never by one that is called like a link", async () => {
  const path = join(root, "canvas.zip");
  const run = gradedRun([
    from("ada", "canvas", "lovelaceada_101_5001_16-1-square.ts"),
    from("bob", "canvas", "rossbob_LATE_102_5002_link.ts", "rossbob_LATE_102_5003_16-2-sigmoid.ts"),
    from("cy", "canvas", "cy_103_5004_my_own_7_answers.ts"),
  ]);
  await writeFeedback(path, run, course);
  expect([...(await pagesIn(path)).keys()].map(canvasOwner).toSorted()).toEqual([
    "101 5001",
    "102 5003",
    "103 5004",
  ]);
});

test("a page stands by itself: no script, no other file, nobody else, and the formulas' fonts inside", async () => {
  const path = join(root, "alone.zip");
  await writeFeedback(
    path,
    gradedRun([from("ada", "folders", "ada"), { ...hostile, submission: "class/eve" }]),
    course,
  );
  const pages = await pagesIn(path);
  expect([...pages.keys()]).toEqual(["1-ada.html", "2-eve.html"]);
  for (const page of pages.values()) {
    expect(page).not.toMatch(/<script|<link|src="(?!data:)|url\((?!data:)|href="(?!#|https?:)/);
    expect(page).not.toContain("previous");
    expect(page).toMatch(/font-src 'self' file: data:;/);
    expect(page).toContain("src:url(data:font/woff2;base64,");
    expect(page.length).toBeLessThan(600_000);
  }
  expect(pages.get("1-ada.html")).not.toMatch(/class\/eve|2-eve/);
  expect(pages.get("1-ada.html")).toContain(".mark-account");
});

test("what two platforms gave is not mixed, and an archive that fails leaves nothing behind", async () => {
  const mixed = gradedRun([
    from("ada", "moodle", "Ada_4711_assignsubmission_file"),
    from("bob", "canvas", "rossbob_102_5002_a.ts"),
  ]);
  const path = join(root, "mixed.zip");
  await expect(writeFeedback(path, mixed, course)).rejects.toThrow(
    /download of one platform; got moodle and canvas/,
  );
  const broken = {
    ...gradedRun([from("ada", "folders", "ada")]),
    submission: () => Promise.reject(new Error("gone")),
  };
  await expect(writeFeedback(path, broken, course)).rejects.toThrow("gone");
  await expect(readFile(path)).rejects.toThrow();
});

test("a platform that takes nothing back gets pages by their names in the report", () => {
  expect(feedbackPlace({ layout: "teams", entries: ["Ada"], people: [] }, "1-ada.html")).toBe("1-ada.html");
  expect(feedbackPlace(undefined, "1-ada.html")).toBe("1-ada.html");
});
