/** The report's pages as an archive of feedback, a page for each submission that stands by itself. */

import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { AnyExercise } from "../exercise.ts";
import { plural } from "../plural.ts";
import type { GradedRun } from "../record/read.ts";
import { alonePage } from "../report/html.ts";
import { pageNames } from "../report/page-names.ts";
import { feedbackPlace, howToUpload } from "./places.ts";
import { loadStyles } from "./self-contained.ts";

export interface WrittenFeedback {
  readonly text: string;
  /** Whose page could not be put where a platform looks for it, and how the archive goes back. */
  readonly notes: readonly string[];
}

/**
 * Pages are made one at a time, while the archive is written; it is there whole or not at all.
 *
 * @throws Error if it cannot be written.
 */
export async function writeFeedback(
  path: string,
  run: GradedRun,
  course: readonly AnyExercise[],
): Promise<WrittenFeedback> {
  const notes: string[] = [];
  const layouts = new Set(run.summaries.flatMap(({ sender }) => sender?.layout ?? []));
  const pages = pageNames(run).map((page) => basename(page));
  const places = new Map<string, number>();
  for (const [index, { sender, submission }] of run.summaries.entries()) {
    const place = feedbackPlace(sender, pages[index] as string);
    if (place === undefined)
      notes.push(`feedback: ${submission}: its files' names do not say whose it is, so it has no page`);
    else if (places.has(place))
      notes.push(
        `feedback: ${submission}: another submission has the same place ${place}, so it has no page`,
      );
    else places.set(place, index);
  }
  const [layout = "", other] = [...layouts].filter((one) => howToUpload(one) !== undefined);
  if (other !== undefined)
    throw new Error(
      `expected the download of one platform; got ${[...layouts].join(" and ")}. Write each one's feedback by itself`,
    );
  const render = await alonePage(run, course, await loadStyles());
  const zip = new ZipFile();
  // A page that cannot be made is said by the archive, not by its stream, and perhaps before anybody waits for it.
  const failure = new Promise<never>((_, reject) => zip.on("error", reject));
  failure.catch(() => {});
  const mtime = new Date(run.about.startedAt);
  for (const [place, index] of places)
    zip.addReadStreamLazy(place, { mtime, mode: 0o100644 }, (give) => {
      render(index).then(
        (page) => give(null, Readable.from([Buffer.from(page)])),
        (error: Error) => give(error, Readable.from([])),
      );
    });
  zip.end();
  await mkdir(dirname(path), { recursive: true });
  const stop = new AbortController();
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const written = pipeline(zip.outputStream, createWriteStream(draft, { flags: "wx" }), {
      signal: stop.signal,
    });
    await Promise.race([written, failure]).finally(() => stop.abort());
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const how = howToUpload(layout);
  if (how !== undefined) notes.push(`feedback: ${path} goes back by ${how}`);
  return { text: `feedback: ${plural(places.size, "page")} in ${path}`, notes };
}
