/** Where a chapter stands in the course: its expected time, and the links to the chapters before and after it. */

import { type Chapter, chapterNumber, chapters, START, timeText } from "../../grader/chapters.ts";
import type { Cell } from "./nbformat.ts";

/**
 * The chapter's first text with its time, and a last one with links.
 *
 * @param there Slugs of the notebooks that there are.
 * @throws RangeError if the notebook is of a chapter that `grader/chapters.ts` does not have, or does not begin with a text.
 */
export function withLinks(cells: readonly Cell[], slug: string, there: readonly string[]): Cell[] {
  if (slug === START) return [...cells];
  const chapter = chapters.find((one) => one.slug === slug);
  if (!chapter)
    throw new RangeError(
      `notebooks/${slug}.ts: grader/chapters.ts has no line for it; write one in its place`,
    );
  const [first, ...rest] = cells;
  if (first?.type !== "markdown")
    throw new RangeError(`notebooks/${slug}.ts: a chapter begins with a [markdown] cell`);
  const { reading, exercises } = chapter.minutes;
  const time = `**Expected time:** ${timeText(reading)} to read and run${exercises > 0 ? `, ${timeText(exercises)} for the exercises` : ""}.`;
  return [
    { ...first, source: `${first.source}\n\n${time} · [All chapters](${START}.ipynb)` },
    ...rest,
    { type: "markdown", id: "chapter-links", source: linksText(chapter, there), metadata: {} },
  ];
}

function linksText(chapter: Chapter, there: readonly string[]): string {
  const present = chapters.filter(({ slug }) => there.includes(slug));
  const place = present.indexOf(chapter);
  const [before, after] = [present[place - 1], present[place + 1]];
  const parts = [
    before ? `← ${link(before)}` : `← [Start](${START}.ipynb)`,
    ...(before ? [`[All chapters](${START}.ipynb)`] : []),
    ...(after ? [`${link(after)} →`] : []),
  ];
  return `---\n\n${parts.join(" · ")}`;
}

const link = (chapter: Chapter): string =>
  `[${chapterNumber(chapter)} ${chapter.title}](${chapter.slug}.ipynb)`;

/**
 * `// %% chapters=true`: the map of the course, as a table.
 *
 * @param absent What it says of a chapter that is not there.
 */
export function mapCell(there: readonly string[], absent = "not written yet"): Cell {
  const rows = chapters.map((chapter) => {
    const { title, about, sections, minutes } = chapter;
    const isThere = there.includes(chapter.slug);
    const name = isThere ? link(chapter) : `${chapterNumber(chapter)} ${title} *(${absent})*`;
    const time = isThere ? `${timeText(minutes.reading)} + ${timeText(minutes.exercises)}` : "";
    return `| ${name} | ${about} | ${sections} | ${time} |`;
  });
  const head = "| chapter | about | the book's section | to read + for the exercises |\n|---|---|---|---|";
  return { type: "markdown", id: "chapter-map", source: [head, ...rows].join("\n"), metadata: {} };
}
