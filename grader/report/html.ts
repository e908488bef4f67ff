/**
 * A run as a folder of pages: an index of the class and one page for each submission. Works offline, straight from disk.
 */

import { randomBytes } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Eta } from "eta";
import type { AnyExercise } from "../exercise.ts";
import type { BatchResult } from "../result.ts";
import { writeWhole } from "./atomic.ts";
import { classView } from "./class-view.ts";
import { escapeHTML } from "./escape.ts";
import { checkReportFolder, oldFiles, writeManifest } from "./report-folder.ts";
import { submissionView } from "./submission-view.ts";

const HERE = import.meta.dirname;

/**
 * Writes the report, replacing an earlier one in the same folder and nothing else.
 *
 * @returns The index page.
 * @throws ReportFolderError if the folder holds other things than an earlier report.
 */
export async function writeHTML(
  folder: string,
  batch: BatchResult,
  course: readonly AnyExercise[],
): Promise<string> {
  await checkReportFolder(folder);
  const pages = pageNames(batch);
  const plots = hasPlots(batch);
  const assets = await assetFiles(plots);
  const files = ["index.html", ...pages, ...assets.keys()];
  const old = await oldFiles(folder);
  await writeManifest(folder, [...new Set([...old, ...files])]);
  for (const [path, source] of assets) await copyOnce(source, join(folder, path));
  const render = templates();
  for (const [i, page] of pages.entries()) {
    await writeWhole(join(folder, page), render("submission", submissionView(batch, i, pages, course)));
  }
  const index = join(folder, "index.html");
  await writeWhole(index, render("index", classView(batch, pages, course)));
  const kept = new Set(files);
  await Promise.all(
    old.filter((path) => !kept.has(path)).map((path) => rm(join(folder, path), { force: true })),
  );
  await writeManifest(folder, files);
  return index;
}

/** `submissions/007-ada.html`: the number keeps two students of one name apart. */
function pageNames({ submissions }: BatchResult): string[] {
  const digits = String(submissions.length).length;
  return submissions.map(({ submission }, i) => {
    const last = submission.split(/[/\\]| › /).at(-1) ?? "";
    const ascii = last
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^a-z0-9]+/gi, "-");
    const slug = ascii
      .replace(/^-+|-+$/g, "")
      .slice(0, 40)
      .toLowerCase();
    return `submissions/${[String(i + 1).padStart(digits, "0"), slug].filter(Boolean).join("-")}.html`;
  });
}

const hasPlots = ({ submissions }: BatchResult): boolean =>
  submissions.some(({ exercises }) =>
    exercises.some(({ checks }) => checks.some(({ failure }) => failure?.plot)),
  );

/** Where each asset comes from, by its place in the report. */
async function assetFiles(plots: boolean): Promise<Map<string, string>> {
  const from = createRequire(import.meta.url);
  const katex = dirname(from.resolve("katex/dist/katex.min.css"));
  const fonts = (await readdir(join(katex, "fonts"))).filter((name) => name.endsWith(".woff2"));
  return new Map([
    ["assets/report.css", join(HERE, "assets", "report.css")],
    ["assets/report.js", join(HERE, "assets", "report.js")],
    ["assets/katex/katex.min.css", join(katex, "katex.min.css")],
    ...fonts.map((name): [string, string] => [`assets/katex/fonts/${name}`, join(katex, "fonts", name)]),
    ...(plots ? [["assets/plotly.js", from.resolve("plotly.js-dist/plotly.js")] as [string, string]] : []),
  ]);
}

async function copyOnce(source: string, target: string): Promise<void> {
  const wanted = await readFile(source);
  const there = await readFile(target).catch(() => undefined);
  if (!there?.equals(wanted)) await writeWhole(target, wanted);
}

function templates(): (name: string, view: object) => string {
  const eta = new Eta({
    views: join(HERE, "templates"),
    autoEscape: true,
    escapeFunction: escapeHTML,
    cache: true,
  });
  // Scripts run by a nonce, not by origin: a page opened from disk has none. Nothing that a learner wrote can know it.
  return (name, view) => eta.render(name, { ...view, nonce: randomBytes(16).toString("base64url") });
}
