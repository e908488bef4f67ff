/** Each chapter as a learner runs it who has guessed everything: her guesses are kept, compared with what the cells showed, and explained. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { predictionById, predictions } from "../../grader/predictions/course.ts";
import { formOf } from "../../grader/predictions/guess.ts";
import type { Prediction } from "../../grader/predictions/prediction.ts";
import { buildNotebook } from "../build/generated.ts";
import { runNotebook } from "./notebook.ts";

const root = join(import.meta.dirname, "../..");
const elsewhere = mkdtempSync(join(tmpdir(), "flowlab-predictions-"));
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** A guess that is taken, as it is written. */
function written(prediction: Prediction): string {
  if (prediction.kind === "choice") return `"${Object.keys(prediction.choices)[0]}"`;
  if (prediction.kind === "sketch") return JSON.stringify(prediction.at);
  return `${Math.min(prediction.most, Math.max(prediction.least, 1))}`;
}

describe.each(Object.keys(predictions))("%s", (slug) => {
  test("with a guess in every cell that asks for one", { timeout: 180_000 }, async () => {
    const notebook = buildNotebook(root, slug, "stub");
    const cells = notebook.cells.map((cell) => {
      const { prediction: id, role } = (cell.metadata.flowlab ?? {}) as {
        prediction?: string;
        role?: string;
      };
      if (id === undefined || role !== "guess") return cell;
      const prediction = predictionById(id);
      const source = cell.source.join("");
      // In the place of the remark, as the notebook says.
      const filled = source.replace(`/* your guess: ${formOf(prediction)} */`, written(prediction));
      expect(filled).not.toBe(source);
      return { ...cell, source: [filled] };
    });
    const run = await runNotebook({ cells }, { cwd: elsewhere });
    expect(run.cells.filter(({ error }) => error).map(({ error }) => error)).toEqual([]);
    const shown = run.cells.flatMap(({ index, outputs: [result] }) => {
      const mark = cells[index]!.metadata.flowlab as { prediction?: string; role: string } | undefined;
      if (mark?.prediction === undefined || result?.output_type !== "execute_result") return [];
      return [{ id: mark.prediction, role: mark.role, text: String(result.data["text/plain"]) }];
    });
    const asked = predictions[slug]!;
    expect(shown).toHaveLength(asked.length + asked.filter(({ quiz }) => !quiz).length);
    for (const { id, role, text } of shown) {
      const answered = role === "answer" || predictionById(id).quiz;
      expect(text, id).toMatch(
        answered ? /predicted \(|^(✓ Right|≈ Nearly|✗ Not so) \(/ : /^◆ Your guess: [\s\S]*It is kept/,
      );
    }
  });
});
