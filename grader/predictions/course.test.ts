/** What holds for every prediction of the course, whoever wrote it. */

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { factsOf } from "../program/facts.ts";
import { predictionById, predictions } from "./course.ts";
import { formOf, readGuess } from "./guesses/guess.ts";
import type { Prediction } from "./prediction.ts";

interface NotebookCell {
  readonly cell_type: string;
  readonly source: string[];
  readonly metadata: { readonly flowlab?: { readonly prediction?: string; readonly role?: string } };
}

const root = join(import.meta.dirname, "../..");
const all = Object.entries(predictions).flatMap(([chapter, asked]) =>
  asked.map((prediction) => [prediction.id, chapter, prediction] as const),
);

/** What is said whatever an experiment shows: of a function, what stands in its texts between the numbers. */
function fixed(said: unknown): string[] {
  if (typeof said === "string") return said === "" ? [] : [said];
  if (typeof said !== "function") return [];
  const texts = [...String(said).matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)];
  return texts.flatMap(([, quoted, template]) =>
    (quoted ?? (template as string)).replaceAll("\\\\", "\\").split(/\$\{[^}]*\}/),
  );
}

function secrets(prediction: Prediction): string[] {
  const own =
    prediction.kind === "choice"
      ? Object.values(prediction.choices).map(({ meaning }) => meaning)
      : prediction.kind === "number"
        ? prediction.bands.map(({ meaning }) => meaning)
        : [];
  return [prediction.answer, ...own].flatMap(fixed);
}

test("each chapter asks for predictions and ends with a quiz of 4 to 8 questions", () => {
  const slugs = globSync("notebooks/[0-9][0-9]-*.ts", { cwd: root }).map((path) => basename(path, ".ts"));
  for (const chapter of slugs.filter((slug) => !slug.startsWith("00-"))) {
    const asked = predictions[chapter] ?? [];
    expect(asked.filter(({ quiz }) => !quiz).length, `predictions of ${chapter}`).toBeGreaterThanOrEqual(1);
    const questions = asked.filter(({ quiz }) => quiz).length;
    expect(questions, chapter).toBeGreaterThanOrEqual(4);
    expect(questions, chapter).toBeLessThanOrEqual(8);
  }
});

describe.each(all)("%s", (_, chapter, prediction) => {
  test("no sentence of its answer stands in the notebook", () => {
    const { cells } = JSON.parse(readFileSync(join(root, `notebooks/${chapter}.ipynb`), "utf8"));
    const text = cells.flatMap(({ source }: { source: string[] }) => source).join("");
    const sentences = secrets(prediction).flatMap((said) => said.split(/(?<=[.:?]) /));
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences.filter(({ length }) => length > 25))
      expect(text).not.toContain(sentence);
  });

  if (!prediction.quiz) {
    test("it is asked before a cell computes what it is compared with, and no text in between tells", () => {
      const { cells } = JSON.parse(readFileSync(join(root, `notebooks/${chapter}.ipynb`), "utf8")) as {
        cells: NotebookCell[];
      };
      const at = (role: string) =>
        cells.findIndex(({ metadata: { flowlab } }) => {
          return flowlab?.prediction === prediction.id && flowlab.role === role;
        });
      const [asked, answered] = [at("guess"), at("answer")];
      expect(asked).toBeGreaterThan(0);
      const between = cells.slice(asked + 1, answered);
      expect(between.some(({ cell_type }) => cell_type === "code")).toBe(true);
      const answer = cells[answered] as NotebookCell;
      const facts = (some: readonly NotebookCell[]) =>
        some.flatMap(({ cell_type, source }) =>
          cell_type === "code" ? (factsOf(source.join("")) ?? []) : [],
        );
      // What the answer is given has been computed since the question, in part at least, or is by the answer's cell.
      if (Object.keys(prediction.given).length > 0) {
        const given = facts([answer]).flatMap(({ pieces }) =>
          pieces.flatMap(({ needs }) => [...needs.keys()]),
        );
        const since = facts([...between, answer]).flatMap(({ declares }) => [...declares.keys()]);
        const computes = /predict\.answer\([^(]*\(/.test(answer.source.join(""));
        expect(computes || given.some((name) => since.includes(name))).toBe(true);
      }
      if (prediction.kind !== "choice" || typeof prediction.right !== "string") return;
      const told = between
        .flatMap(({ cell_type, source }) => (cell_type === "markdown" ? source : []))
        .join("");
      expect(told).not.toContain(prediction.choices[prediction.right]?.text);
    });
  }

  test("its name can be written and its form is said in one line", () => {
    expect(prediction.id).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9.-]{1,40}$/);
    expect(formOf(prediction)).toMatch(/^[^\n]{3,110}$/);
    // It stands in a remark.
    expect(formOf(prediction)).not.toContain("*/");
  });

  if (prediction.kind === "choice") {
    const words = Object.keys(prediction.choices);
    test("every choice has a text and says what choosing it means", () => {
      expect(words.length).toBeGreaterThanOrEqual(2);
      for (const word of words) {
        expect(word).toMatch(/^[\w-]+$/);
        const { text, meaning } = prediction.choices[word]!;
        expect(text.length, word).toBeGreaterThan(3);
        expect(typeof meaning === "function" || meaning.length > 20, word).toBe(true);
        expect(readGuess(prediction, ` ${word.toUpperCase()} `)).toEqual({ guess: word });
      }
      if (typeof prediction.right === "string") expect(words).toContain(prediction.right);
    });
  }

  if (prediction.kind === "number" && Object.keys(prediction.given).length === 0) {
    const truth = prediction.truth({});
    test("the truth can be guessed, and no band explains it", () => {
      expect(readGuess(prediction, truth)).toEqual({ guess: truth });
      for (const { from = -Infinity, to = Infinity } of prediction.bands)
        expect(truth < from || truth > to).toBe(true);
    });
  }

  if (prediction.kind === "number") {
    test("every band can be reached by a guess, past those before it", () => {
      const { bands, least, most } = prediction;
      for (const [i, { from = least, to = most }] of bands.entries()) {
        const ends = [from, to, (from + to) / 2, from + 1, to - 1, from + 1e-9, to - 1e-9];
        const reached = ends
          .filter(Number.isFinite)
          .some(
            (guess) =>
              guess >= Math.max(from, least) &&
              guess <= Math.min(to, most) &&
              bands.findIndex(
                (band) => guess >= (band.from ?? -Infinity) && guess <= (band.to ?? Infinity),
              ) === i,
          );
        expect(reached, `band ${i}`).toBe(true);
      }
    });
  }

  if (prediction.kind === "sketch") {
    test("its places go up", () => {
      expect(prediction.at.length).toBeGreaterThanOrEqual(3);
      expect(prediction.at).toEqual([...new Set(prediction.at)].sort((a, b) => a - b));
    });
  }
});

test("a name that nothing has is refused, and near ones are named", () => {
  expect(() => predictionById("peeks")).toThrow('nothing to predict is called "peeks"; did you mean peaks?');
  expect(() => predictionById("zzzzzzz")).toThrow(/there are peaks, valley/);
});
