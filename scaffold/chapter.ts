import { globSync } from "node:fs";
import { checkFileName, words } from "./names.ts";
import { type Course, type Plan, Refused } from "./plan.ts";

/** Slugs of the chapters that there are. */
export const chapters = ({ root }: Course): string[] =>
  globSync("notebooks/*.ts", { cwd: root })
    .map((path) => path.replace(/\\/g, "/").replace(/^notebooks\/|\.ts$/g, ""))
    .sort();

/** A notebook with one cell that runs. */
export function planChapter(course: Course, name: string): Plan {
  checkFileName("chapter", name);
  const number = /^(\d\d)-[a-z]/.exec(name)?.[1];
  if (number === undefined) {
    throw new Refused(`chapter: expected NN-name, such as 02-more-dimensions; got "${name}"`);
  }
  const taken = chapters(course).find((slug) => slug !== name && slug.startsWith(`${number}-`));
  if (taken) throw new Refused(`chapter: ${taken} has the number ${number}; choose the next free one`);
  const title = words(name);
  return {
    created: {
      [`notebooks/${name}.ts`]: `// %% [markdown]
// # ${Number(number)} · ${title[0].toUpperCase()}${title.slice(1)}
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
    changed: {},
    next: [
      `npm run new -- exercise ${name}/NAME adds an exercise to it`,
      `npm run notebooks -- notebooks/${name}.ipynb runs it`,
    ],
  };
}
