/** What holds for every prediction of the course, whoever wrote it. */

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { predictionById, predictions } from "./course.ts";
import { formOf, readGuess } from "./guess.ts";
import type { Prediction } from "./prediction.ts";

const root = join(import.meta.dirname, "../..");
const all = Object.entries(predictions).flatMap(([chapter, asked]) =>
  asked.map((prediction) => [prediction.id, chapter, prediction] as const),
);

/** Texts that do not depend on an experiment. */
const fixed = (said: unknown): string[] => (typeof said === "string" && said !== "" ? [said] : []);

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
