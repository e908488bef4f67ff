/** Every prediction of the course by its chapter, in the order in which it is asked. One that is not in this list does not exist. */

import { nearNames } from "../near-names.ts";
import { changeOfVariables } from "./01-change-of-variables.ts";
import { generalCase } from "./02-general-case.ts";
import { linearChapter } from "./03-linear.ts";
import { elementwiseChapter } from "./04-elementwise.ts";
import { couplingChapter } from "./05-coupling.ts";
import { autoregressiveChapter } from "./06-autoregressive.ts";
import { residualChapter } from "./07-residual.ts";
import { multiscaleChapter } from "./08-multiscale.ts";
import { glowChapter } from "./09-glow.ts";
import type { Prediction } from "./prediction.ts";

export const predictions: Readonly<Record<string, readonly Prediction[]>> = {
  "01-change-of-variables": changeOfVariables,
  "02-general-case": generalCase,
  "03-linear": linearChapter,
  "04-elementwise": elementwiseChapter,
  "05-coupling": couplingChapter,
  "06-autoregressive": autoregressiveChapter,
  "07-residual": residualChapter,
  "08-multiscale": multiscaleChapter,
  "09-glow": glowChapter,
};

export const allPredictions = (): readonly Prediction[] => Object.values(predictions).flat();

/** @throws RangeError if the course asks nothing of that name; names those that are near. */
export function predictionById(id: string): Prediction {
  const all = allPredictions();
  const found = all.find((prediction) => prediction.id === id);
  if (found) return found;
  const names = all.map(({ id }) => id);
  const near = nearNames(id, names);
  const meant = near.length > 0 ? `did you mean ${near.join(", ")}?` : `there are ${names.join(", ")}`;
  throw new RangeError(`nothing to predict is called "${id}"; ${meant}`);
}
