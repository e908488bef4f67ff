import { globSync } from "node:fs";
import { predictionId, predictionsText, quizText } from "./chapter-predictions.ts";
import { checkFileName, functionName, words } from "./names.ts";
import { type Course, insertBefore, type Plan, Refused } from "./plan.ts";

/** Slugs of the chapters that there are; the notebook with their map is none. */
export const chapters = ({ root }: Course): string[] =>
  globSync("notebooks/*.ts", { cwd: root })
    .map((path) => path.replace(/\\/g, "/").replace(/^notebooks\/|\.ts$/g, ""))
    .filter((slug) => !slug.startsWith("00-"))
    .sort();

const LIST = "grader/chapters.ts";
const ASKED = "grader/predictions/course.ts";

/** A notebook with a prediction, a summary, a quiz and references, what it asks, and its line in the lists of both. */
export function planChapter(course: Course, slug: string): Plan {
  checkFileName("chapter", slug);
  const number = /^(\d\d)-[a-z]/.exec(slug)?.[1];
  if (number === undefined) {
    throw new Refused(`chapter: expected NN-name, such as 02-more-dimensions; got "${slug}"`);
  }
  const taken = chapters(course).find((other) => other !== slug && other.startsWith(`${number}-`));
  if (taken) throw new Refused(`chapter: ${taken} has the number ${number}; choose the next free one`);
  if (number === "00") throw new Refused("chapter: 00 is the map of the course; chapters begin with 01");
  const title = words(slug);
  const heading = `${title[0].toUpperCase()}${title.slice(1)}`;
  const name = functionName("chapter", slug);
  if (!chapters(course).includes(slug) && new RegExp(`\\b${name}Chapter\\b`).test(course.read(ASKED)))
    throw new Refused(`chapter: ${ASKED} has a ${name}Chapter already; choose another name`);
  // One that was only planned has its line already.
  const isListed = course.read(LIST).includes(`slug: "${slug}"`);
  const predictions = `grader/predictions/${slug}.ts`;
  return {
    created: {
      [`notebooks/${slug}.ts`]: script(number, heading),
      [predictions]: predictionsText(slug, name),
      [`grader/predictions/${slug}.quiz.ts`]: quizText(slug, name),
    },
    changed: {
      [ASKED]: withPredictions(course, slug, name),
      ...(isListed ? {} : { [LIST]: withLine(course, slug, heading) }),
    },
    next: [
      `npm run new -- exercise ${slug}/NAME adds an exercise to it`,
      `write what ${predictions} asks: see the README, "a prediction"`,
      `npm run notebooks -- notebooks/${slug}.ipynb runs it`,
    ],
  };
}

const script = (number: string, heading: string): string => `// %% [markdown]
// # ${Number(number)} · ${heading}
//
// **TODO: the subject in a few words**
//
// *The question.* TODO: what a reader wants to know, and cannot answer yet.
//
// You will
//
// 1. TODO: what she does and sees.
//
// TODO: which sections of the book the chapter follows. Run the cells from top to bottom with **Shift+Enter**.

// %%
import { random, standardNormal, tf } from "flowlab";
import { predict } from "flowlab-grader";

// %% [markdown]
// ## ${Number(number)}.1 TODO: the first section
//
// TODO: what the next cell does, and nothing of what it will show.

// %% predict="${predictionId(number)}"

// %%
// TODO: a first cell that shows something.
const points = standardNormal([2]).sample(100, random(1));
const shown = tf.mean(points).dataSync()[0];
points.print();

// %% answer="${predictionId(number)}"
predict.answer("${predictionId(number)}", { shown });

// %% [markdown]
// ## What to take away
//
// - TODO: what should stay, in a sentence each.
//
// **What comes next.** TODO: which question is open now, and which chapter answers it.
//
// **Where it comes from.** TODO: who found what, and when.

// %% [markdown]
// ## Quiz
//
// Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - TODO: each paper with its arXiv version.
`;

/** The import and the line of what the chapter asks. */
function withPredictions(course: Course, slug: string, name: string): string {
  const imported = `import { ${name}Chapter } from "./${slug}.ts";\n`;
  const withImport = insertBefore(course, ASKED, /^import type \{ Prediction \}/m, imported);
  const later = [...withImport.matchAll(/^ {2}"(\d\d-[^"]*)": \w+,$/gm)].find(
    ([, other]) => (other as string) > slug,
  );
  const place = later ? new RegExp(`^ {2}"${later[1]}":`, "m") : /^\};$/m;
  return insertBefore(course, ASKED, place, `  "${slug}": ${name}Chapter,\n`, withImport);
}

/** The line stands before the first of a higher number, else at the end. */
function withLine(course: Course, slug: string, title: string): string {
  const line = `  {
    slug: "${slug}",
    title: "${title}",
    about: "TODO: the subject in a few words",
    sections: "TODO: of the book",
    minutes: { reading: 60, exercises: 120 }, // TODO: how long it takes
  },
`;
  const later = [...course.read(LIST).matchAll(/^ {2}\{\n {4}slug: "(\d\d-[^"]*)"/gm)].find(
    ([, other]) => (other as string) > slug,
  );
  return insertBefore(
    course,
    LIST,
    later ? new RegExp(`^ {2}\\{\\n {4}slug: "${later[1]}"`, "m") : /^\];$/m,
    line,
  );
}
