/** `await check.passed("1D.step", { gradientStep: … })`: the learner's own code in a later cell, where it has passed its check. */

import { display, escapeHtml, html } from "flowlab/notebook";
import { exerciseById } from "../course.ts";
import type { AnyExercise } from "../exercise.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import { noteGivenOut } from "./given-out.ts";
import { type AnyFunction, guard, isAsync } from "./guard.ts";
import { type Absent, type Own, ownFunctions } from "./own-functions.ts";

export interface PassedOptions {
  /** `library`: the fallback, whatever has passed; to go on where one's own code fails later. */
  readonly use?: "mine" | "library";
}

/**
 * The functions of an exercise for use in a later cell: each the learner's own if it passes its check as it is now, else the fallback.
 * A line under the cell says which.
 *
 * Hers is what the notebook has under that name. If that is not what was checked last (the kernel was restarted, the answer was edited
 * and run again), it is checked first, without a card. Where only some functions of an exercise are right, those are taken: each is
 * checked with right ones in the others' place.
 *
 * @param fallback The library's function, or one written in this cell, under each name that is wanted. An async one says that the cell
 * waits for what it gives; only then can hers be async.
 * @returns Functions of the fallback's types. What goes wrong in hers is thrown as a `YourCodeError`, which says how to go on.
 * @throws RangeError if there is no such exercise, or it has no function of that name; TypeError if a fallback is no function.
 */
export async function passed<const F extends Readonly<Record<string, AnyFunction>>>(
  id: string,
  fallback: F,
  { use = "mine" }: PassedOptions = {},
): Promise<F> {
  const exercise = exerciseById(id);
  refuseOtherNames(exercise, fallback);
  if (use !== "mine" && use !== "library")
    throw new RangeError(`check.passed: use is "mine" or "library"; got ${JSON.stringify(use)}`);
  const own = use === "mine" ? await ownFunctions(exercise, Object.keys(fallback)) : undefined;
  const chosen = Object.entries(fallback).map(([name, library]) =>
    choose(exercise, name, library, own?.get(name)),
  );
  await display(line(id, chosen));
  return Object.fromEntries(chosen.map(({ name, run }) => [name, run])) as F;
}

/** Why the library's is taken. */
type Reason = Absent | "async" | "asked";

interface Chosen {
  readonly name: string;
  readonly run: AnyFunction;
  /** Undefined for the learner's own. */
  readonly because: Reason | undefined;
}

function choose(exercise: AnyExercise, name: string, fallback: AnyFunction, own: Own | undefined): Chosen {
  const library = (because: Reason): Chosen => {
    noteGivenOut(fallback, "library");
    return { name, run: fallback, because };
  };
  if (own === undefined) return library("asked");
  if ("absent" in own) return library(own.absent);
  if (isAsync(own.run) && !isAsync(fallback)) return library("async");
  const kind = exercise.signatures[name] as FunctionKind;
  const run = guard({ id: exercise.id, name, kind, hers: own.run, fallback });
  noteGivenOut(run, own.run);
  return { name, run, because: undefined };
}

function refuseOtherNames(
  { id, signatures }: AnyExercise,
  fallback: Readonly<Record<string, unknown>>,
): void {
  const asked = Object.keys(signatures);
  const names = Object.keys(fallback);
  if (names.length === 0)
    throw new RangeError(
      `check.passed: name a function of ${id}, with what to use in its place: { ${asked[0]}: … }`,
    );
  for (const name of names) {
    if (!asked.includes(name))
      throw new RangeError(
        `check.passed: the exercise ${id} has no ${name}; it asks for ${asked.join(", ")}`,
      );
    if (typeof fallback[name] !== "function")
      throw new TypeError(
        `check.passed: expected a function to use in place of ${name}; got ${typeof fallback[name]}`,
      );
  }
}

/** One line: what is hers, what is the library's, and why. */
function line(id: string, chosen: readonly Chosen[]) {
  const mine = chosen.filter(({ because }) => because === undefined).map(({ name }) => name);
  const reasons = [
    ...new Set(chosen.map(({ because }) => because).filter((because) => because !== undefined)),
  ];
  const parts = [
    ...(mine.length > 0 ? [`your own ${list(mine)} (${id} passed)`] : []),
    ...reasons.map((reason) => {
      const names = chosen.filter(({ because }) => because === reason).map(({ name }) => name);
      return `the library's ${list(names)}: ${because(reason, id, names.length > 1)}`;
    }),
  ];
  const text = `${mine.length > 0 ? "✎" : "○"} This cell uses ${parts.join("; and ")}.`;
  const shown = escapeHtml(text).replace(/`([^`]*)`/g, "<code>$1</code>");
  return html(
    `<div role="note" style="opacity:.85;font-size:.92em">${shown}</div>`,
    text.replaceAll("`", ""),
  );
}

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function because(reason: Reason, id: string, several: boolean): string {
  const yours = several ? "yours do" : "yours does";
  switch (reason) {
    case "asked":
      return "that is what it asks for";
    case "not-run":
      return `the cell of exercise ${id} has not been run`;
    case "unwritten":
      return `exercise ${id} is not written yet. Once it passes its check, run this cell again, and it is yours`;
    case "wrong":
      return `${yours} not pass the check of ${id} yet. Once it does, run this cell again`;
    case "async":
      return `${several ? "yours are" : "yours is"} async, and this cell does not wait. Leave out \`async\`, and run this cell again`;
  }
}
