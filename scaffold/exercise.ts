import { chapters } from "./chapter.ts";
import { checkFileName, functionName, halves, words } from "./names.ts";
import { type Course, insertBefore, type Plan, Refused } from "./plan.ts";

/**
 * An exercise that is sound as far as it goes, about doubling a number; what has to be written says TODO, and `npm run verify`
 * lists it.
 *
 * @param id Its id; by default that of the problem that the name begins with (`16-3-cube` is 16.3), else chapter and name.
 */
export function planExercise(course: Course, path: string, id = usualId(path)): Plan {
  const [chapter, file] = halves("exercise", path, "01-change-of-variables/16-3-cube");
  checkFileName("exercise", file);
  if (!chapters(course).includes(chapter)) {
    throw new Refused(
      `exercise: there is no chapter ${chapter}; there are ${chapters(course).join(", ")}\n→ ${suggestChapter(course, chapter, file)}`,
    );
  }
  if (!/^[\w.-]+$/.test(id)) {
    throw new Refused(
      `exercise: expected an id of letters, digits, dots and hyphens, such as 16.3; got "${id}"`,
    );
  }
  const name = functionName("exercise", file);
  const notebook = `notebooks/${chapter}.ts`;
  const registered = course.read("grader/course.ts");
  for (const [what, taken] of [
    [`a cell of ${notebook} stands for the id ${id}`, course.read(notebook).includes(`exercise="${id}"`)],
    [`grader/course.ts has an exercise ${name}`, new RegExp(`\\b${name}\\b`).test(registered)],
  ] as const) {
    if (taken) throw new Refused(`exercise: ${what} already\n→ choose another name, or another --id`);
  }
  const folder = `grader/exercises/${chapter}`;
  const imported = `import { ${name} } from "./exercises/${chapter}/${file}.ts";\n`;
  const withImport = insertBefore(course, "grader/course.ts", /^\nconst exercises\b/m, imported);
  return {
    created: {
      [`solutions/${chapter}/${file}.ts`]: solution(name),
      [`solutions/${chapter}/${file}.md`]: worked(),
      [`${folder}/${file}.ts`]: exercise(name, file, chapter, id),
      [`${folder}/${file}.domain.ts`]: domain(name),
      [`${folder}/${file}.checks.ts`]: checks(name, file),
      [`${folder}/${file}.misconceptions.ts`]: misconceptions(name, file),
    },
    changed: {
      "grader/course.ts": insertBefore(
        course,
        "grader/course.ts",
        /^\] as const;$/m,
        `  ${name},\n`,
        withImport,
      ),
      [notebook]: `${course.read(notebook).trimEnd()}\n\n// %% exercise="${id}"\n`,
    },
    next: [
      `move the cell at the end of ${notebook} to where it belongs`,
      "replace what says TODO; npm run verify lists it, and then tells whether the exercise is sound",
    ],
  };
}

/** What to type instead: the chapter of this number, or the one that is to begin. */
function suggestChapter(course: Course, chapter: string, file: string): string {
  const number = /^\d+/.exec(chapter)?.[0].padStart(2, "0");
  const present = chapters(course).find((slug) => slug.startsWith(`${number}-`));
  if (present) return `npm run new -- exercise ${present}/${file}`;
  const isName = /^(?!00)\d\d-[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(chapter);
  return `npm run new -- chapter ${isName ? chapter : "NN-name"} begins ${isName ? "it" : "one, such as 09-more-dimensions"}`;
}

function usualId(path: string): string {
  const [chapter = "", file = ""] = path.split("/");
  const problem = /^(\d+)-(\d+)-/.exec(file);
  return problem ? `${problem[1]}.${problem[2]}` : `${Number.parseInt(chapter, 10)}.${file}`;
}

const solution = (name: string) => `/** TODO: what it gives, in one line; a learner reads this. */
export function ${name}(x: number): number {
  // BEGIN SOLUTION
  return 2 * x; // TODO: the answer
  // END SOLUTION
}
`;

const worked = () => `**TODO: the derivation, step by step.** TODO: in plain words, with formulas:

$$x \\mapsto 2x$$

**The code** TODO: says why it is as it is; a block of code is the solution's.

\`\`\`ts
return 2 * x; // TODO: the answer
\`\`\`

**Common slips**

- TODO: what people write, and how they can see that it is wrong.
`;

const exercise = (
  name: string,
  file: string,
  chapter: string,
  id: string,
) => `import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./${file}.checks.ts";
import { domain, signatures, truth } from "./${file}.domain.ts";
import { misconceptions, mutants } from "./${file}.misconceptions.ts";

export const ${name} = exercise({
  id: "${id}",
  path: "${chapter}/${file}",
  title: "TODO: ${words(file)}",
  source: "TODO: as a reader would cite it",
  statement: prose\`
TODO: what is given and what is asked, for which $x$, and how exact. Write \\\`${name}(x)\\\`.\`,
  signatures,
  domains: { ${name}: domain },
  checks,
  hints: ["TODO: a nudge", "TODO: nearly the answer"],
  reference: { ${name}: truth },
  misconceptions,
  mutants,
  illustrate: (learner) =>
    yoursAgainstAsked(grid(-3, 3, 61), learner.${name}, truth, { x: "x", y: "TODO: what is asked" }),
});
`;

const domain = (
  name: string,
) => `import { type Domain, relatively, wellConditioned } from "../../domain/domain.ts";
import { along, evenly, linear, oneOf } from "../../domain/strata.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";

/** TODO: the right value in double precision, by other code than the solution's. */
export const truth = (x: number): number => 2 * x;

export const domain: Domain<readonly [number]> = {
  // TODO: every region that the statement distinguishes; the first is the ordinary one.
  regions: {
    "above 0": evenly(60, along(linear(1e-3, 3))),
    "below 0": evenly(60, along(linear(-3, -1e-3))),
    "−1, 0 and 1": along(oneOf(-1, 0, 1), 3),
  },
  // TODO: the error that the statement allows, and whether float32 is a fair arithmetic.
  allows: relatively(1e-7),
  float32: wellConditioned,
};

export const signatures = { ${name}: fn([parameter("x", number)], number) };
`;

const checks = (name: string, file: string) => `import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check } from "../../exercise.ts";
import { domain, type signatures, truth } from "./${file}.domain.ts";

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "TODO: what is true when it passes",
    points: 1,
    hints: [{ text: "TODO: what to look at when it fails" }],
    async run({ learner, random, expect }) {
      for (const { inputs } of strata(random, domain.regions)) {
        const [x] = inputs;
        expect.close(await learner.${name}(x), truth(x), allowedErrors(domain, truth(x), x));
      }
    },
  },
];
`;

const misconceptions = (
  name: string,
  file: string,
) => `import type { Misconception, Mutant } from "../../exercise.ts";
import type { signatures } from "./${file}.domain.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "squared-instead-of-doubled",
    explanation: "TODO: what went wrong and what to look at, not the answer.",
    implementation: { ${name}: (x) => x * x },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "zero-everywhere", implementation: { ${name}: () => 0 } },
];
`;
