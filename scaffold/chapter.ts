import { globSync } from "node:fs";
import { checkFileName, words } from "./names.ts";
import { type Course, insertBefore, type Plan, Refused } from "./plan.ts";

/** Slugs of the chapters that there are; the notebook with their map is none. */
export const chapters = ({ root }: Course): string[] =>
  globSync("notebooks/*.ts", { cwd: root })
    .map((path) => path.replace(/\\/g, "/").replace(/^notebooks\/|\.ts$/g, ""))
    .filter((slug) => !slug.startsWith("00-"))
    .sort();

const LIST = "grader/chapters.ts";

/** A notebook with one cell that runs, and its line in the list of chapters. */
export function planChapter(course: Course, name: string): Plan {
  checkFileName("chapter", name);
  const number = /^(\d\d)-[a-z]/.exec(name)?.[1];
  if (number === undefined) {
    throw new Refused(`chapter: expected NN-name, such as 02-more-dimensions; got "${name}"`);
  }
  const taken = chapters(course).find((slug) => slug !== name && slug.startsWith(`${number}-`));
  if (taken) throw new Refused(`chapter: ${taken} has the number ${number}; choose the next free one`);
  if (number === "00") throw new Refused("chapter: 00 is the map of the course; chapters begin with 01");
  const title = words(name);
  const heading = `${title[0].toUpperCase()}${title.slice(1)}`;
  // One that was only planned has its line already.
  const listed = course.read(LIST).includes(`slug: "${name}"`);
  return {
    created: {
      [`notebooks/${name}.ts`]: `// %% [markdown]
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
import { random, standardNormal } from "flowlab";

// TODO: a first cell that shows something.
standardNormal([2]).sample(5, random(1)).print();
`,
    },
    changed: listed ? {} : { [LIST]: withLine(course, name, heading) },
    next: [
      `npm run new -- exercise ${name}/NAME adds an exercise to it`,
      `grader/predictions/${name}.ts asks for predictions and holds its quiz: see the README, "a prediction"`,
      `npm run notebooks -- notebooks/${name}.ipynb runs it`,
    ],
  };
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
