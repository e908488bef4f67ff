/** Which functions of an exercise are the learner's, here and now, and which of them pass its check. */

import { randomBytes } from "node:crypto";
import { runInNotebook } from "../drivers/run-in-notebook.ts";
import type { AnyExercise } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import type { Host } from "../program/handed-in.ts";
import { behind } from "./given-out.ts";
import type { AnyFunction } from "./guard.ts";
import { lastCheckOf, rememberChecked } from "./last-checked.ts";

/** Why a function is not used. */
export type Absent = "not-run" | "unwritten" | "wrong";

export type Own = { readonly run: AnyFunction } | { readonly absent: Absent };

/** @param names Those that are wanted. */
export async function ownFunctions(
  exercise: AnyExercise,
  names: readonly string[],
): Promise<ReadonlyMap<string, Own>> {
  const current = currentFunctions(exercise);
  const here = names.filter((name) => typeof current[name] === "function");
  const right = here.length === 0 ? none : await rightOnes(exercise, current, here);
  return new Map(names.map((name) => [name, one(current[name], name)] as const));

  function one(run: unknown, name: string): Own {
    if (typeof run !== "function") return { absent: "not-run" };
    if (right.has(name)) return { run: run as AnyFunction };
    return { absent: right.status === "unsolved" ? "unwritten" : "wrong" };
  }
}

interface Right {
  has(name: string): boolean;
  readonly status: ExerciseResult["status"];
}

const none: Right = { has: () => false, status: "unsolved" };

/** What the notebook has under the exercise's names; outside of a notebook, what was checked last. */
function currentFunctions({ id, signatures }: AnyExercise): Record<string, unknown> {
  const host = (globalThis as Record<symbol, unknown>)[Symbol.for("flowlab.notebook")] as Host | undefined;
  const last = lastCheckOf(id)?.implementation ?? {};
  return Object.fromEntries(
    Object.keys(signatures).map((name) => {
      const value = host?.variable ? behind(host.variable(name)) : last[name];
      // A cell that takes the name for what `check.passed` gives it has overwritten hers, which is what was checked.
      return [name, value === "course" || value === undefined ? last[name] : value];
    }),
  );
}

async function rightOnes(
  exercise: AnyExercise,
  current: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Promise<Right> {
  const status = await statusOf(exercise, current);
  if (status === "passed") return { has: () => true, status };
  const { reference } = exercise;
  const several = Object.keys(exercise.signatures).length > 1;
  if (status === "unsolved" || !several || !reference) return { has: () => false, status };
  const right = new Set<string>();
  for (const name of names) {
    const alone = await run(exercise, { ...reference, [name]: current[name] });
    if (alone.status === "passed") right.add(name);
  }
  return { has: (name) => right.has(name), status };
}

async function statusOf(
  exercise: AnyExercise,
  current: Readonly<Record<string, unknown>>,
): Promise<ExerciseResult["status"]> {
  const last = lastCheckOf(exercise.id);
  const same = last && Object.keys(current).every((name) => current[name] === last.implementation[name]);
  if (same) return last.status;
  const { status } = await run(exercise, current);
  rememberChecked(exercise.id, { implementation: current, status });
  return status;
}

const run = (exercise: AnyExercise, implementation: Readonly<Record<string, unknown>>) =>
  runInNotebook(exercise, implementation, { seed: randomBytes(4).toString("hex"), words: "none" });
