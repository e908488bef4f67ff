/** Whether every prediction is asked in the script of its chapter, once, and answered there, once, after a cell that shows it. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Prediction } from "../../predictions/prediction.ts";
import type { Finding } from "../finding.ts";

/** A cell of a script, as far as predictions are concerned. */
interface Place {
  readonly role: "predict" | "answer" | "quiz" | "code" | "text";
  readonly id: string;
}

export function predictionFindings(
  course: Readonly<Record<string, readonly Prediction[]>>,
  root: string,
): Finding[] {
  const all = Object.values(course).flat();
  const twice = all.filter(({ id }, i) => all.findIndex((one) => one.id === id) < i);
  return [
    ...twice.map(({ id }) =>
      finding(id, "grader/predictions/", "two predictions have this name", "rename one"),
    ),
    ...Object.entries(course).flatMap(([chapter, asked]) => chapterFindings(chapter, asked, root)),
  ];
}

function chapterFindings(chapter: string, asked: readonly Prediction[], root: string): Finding[] {
  const file = `notebooks/${chapter}.ts`;
  if (!existsSync(join(root, file)))
    return [
      finding(chapter, `grader/predictions/${chapter}.ts`, `there is no ${file}`, "name it as its chapter"),
    ];
  const places = placesIn(readFileSync(join(root, file), "utf8"));
  const known = new Set(asked.map(({ id }) => id));
  const unknown = places.filter(
    ({ role, id }) => (role === "predict" || role === "answer") && !known.has(id),
  );
  return [
    ...asked.filter(({ quiz }) => !quiz).flatMap((prediction) => pairFindings(prediction, places, file)),
    ...quizFindings(asked, places, file),
    ...unknown.map(({ role, id }) =>
      finding(
        id,
        file,
        `\`// %% ${role}="${id}"\` names no prediction of this chapter`,
        `write it in grader/predictions/${chapter}.ts`,
      ),
    ),
  ];
}

function pairFindings({ id }: Prediction, places: readonly Place[], file: string): Finding[] {
  const of = (role: Place["role"]) =>
    places.flatMap((place, i) => (place.role === role && place.id === id ? [i] : []));
  const counts = (["predict", "answer"] as const).flatMap((role) => {
    const count = of(role).length;
    return count === 1
      ? []
      : [finding(id, file, `\`// %% ${role}="${id}"\` stands there ${count} times`, "write it once")];
  });
  if (counts.length > 0) return counts;
  const [asked = 0, answered = 0] = [of("predict")[0], of("answer")[0]];
  if (answered < asked)
    return [finding(id, file, "it is answered before it is asked", `move \`// %% answer="${id}"\` down`)];
  if (places.slice(asked + 1, answered).some(({ role }) => role === "code")) return [];
  return [
    finding(
      id,
      file,
      "no cell between its question and its answer shows anything",
      "put the cell that shows it between them",
    ),
  ];
}

function quizFindings(asked: readonly Prediction[], places: readonly Place[], file: string): Finding[] {
  const questions = asked.filter(({ quiz }) => quiz).length;
  const count = places.filter(({ role }) => role === "quiz").length;
  if (count === (questions > 0 ? 1 : 0)) return [];
  const problem = `${questions} questions of the quiz, and \`// %% quiz=true\` stands there ${count} times`;
  return [
    finding("–", file, problem, questions > 0 ? "write it once, where the quiz belongs" : "take it out"),
  ];
}

const finding = (exercise: string, file: string, problem: string, remedy: string): Finding => ({
  ...{ exercise, file, problem, remedy },
});

function placesIn(script: string): Place[] {
  return [...script.matchAll(/^\/\/ %%(.*)$/gm)].map(([, rest = ""]) => {
    const [, role, id = ""] = /\b(predict|answer|quiz)=(?:"([^"]*)"|true)/.exec(rest) ?? [];
    if (role !== undefined) return { role: role as Place["role"], id };
    return { role: /\[markdown\]|\bexercise=/.test(rest) ? "text" : "code", id };
  });
}
