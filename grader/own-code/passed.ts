/** `await check.passed("1D.step", ["gradientStep"])`: the learner's own code in a later cell, where it has passed its check. */

import { display, escapeHtml, html } from "flowlab/notebook";
import { type Asked, exerciseById } from "../course.ts";
import type { AnyExercise } from "../exercise.ts";
import type { AtOnce, FunctionKind, InTime } from "../harness/kinds.ts";
import { noteGivenOut } from "./given-out.ts";
import { type AnyFunction, guard, isAsync } from "./guard.ts";
import { type Absent, type Own, ownFunctions } from "./own-functions.ts";
import { standIn } from "./stand-in.ts";

export interface PassedOptions<W extends boolean = boolean> {
  /** `course`: the course's functions, whatever has passed; to go on where one's own code fails later. */
  readonly use?: "mine" | "course";
  /** The cell waits for what they and their methods give, so that hers may be async. */
  readonly waits?: W;
}

/** The functions of an exercise as a cell calls them. */
type InCell<S, W extends boolean> = W extends true ? InTime<S> : AtOnce<S>;

/**
 * The functions of an exercise for use in a later cell: each the learner's own if it passes its check as it is now, else the course's.
 * A line under the cell says which.
 *
 * Hers is what the notebook has under that name. If that is not what was checked last (the kernel was restarted, the answer was edited
 * and run again), it is checked first, without a card. Where only some functions of an exercise are right, those are taken: each is
 * checked with right ones in the others' place.
 *
 * The course's stand nowhere in the notebook: they are the exercise's `standIn`, else its `reference`.
 *
 * @param names Those functions of the exercise that the cell uses.
 * @returns Functions of the exercise's types. What goes wrong in hers is thrown as a `YourCodeError`, which says how to go on.
 * @throws RangeError if there is no such exercise, or it has no function of that name.
 */
export async function passed<
  const I extends keyof Asked,
  const N extends keyof Asked[I],
  const W extends boolean = false,
>(
  id: I,
  names: readonly N[],
  options: PassedOptions<W> = {},
): Promise<Pick<InCell<Asked[I], W>, N & keyof InCell<Asked[I], W>>> {
  const exercise = exerciseById(id);
  if (exercise.file)
    throw new RangeError(
      `check.passed: ${id} is answered by a saved flow: use loadFlow(${JSON.stringify(exercise.file.name)})`,
    );
  const wanted = nameList(exercise, names);
  const { use = "mine", waits = false } = options;
  if (use !== "mine" && use !== "course")
    throw new RangeError(`check.passed: use is "mine" or "course"; got ${JSON.stringify(use)}`);
  const own = use === "mine" ? await ownFunctions(exercise, wanted) : undefined;
  const chosen = wanted.map((name) => choose(exercise, name, own?.get(name), waits));
  await display(line(id, chosen));
  return Object.fromEntries(chosen.map(({ name, run }) => [name, run])) as never;
}

/** Why the course's is taken. */
type Reason = Absent | "async" | "asked";

interface Chosen {
  readonly name: string;
  readonly run: AnyFunction;
  /** Undefined for the learner's own. */
  readonly because: Reason | undefined;
}

function choose(exercise: AnyExercise, name: string, own: Own | undefined, waits: boolean): Chosen {
  const fallback = standIn(exercise, name);
  const takeCourses = (because: Reason): Chosen => {
    noteGivenOut(fallback, "course");
    return { name, run: fallback, because };
  };
  if (own === undefined) return takeCourses("asked");
  if ("absent" in own) return takeCourses(own.absent);
  if (isAsync(own.run) && !waits) return takeCourses("async");
  const kind = exercise.signatures[name] as FunctionKind;
  const run = guard({ id: exercise.id, name, kind, hers: own.run, fallback, waits });
  noteGivenOut(run, own.run);
  return { name, run, because: undefined };
}

function nameList({ id, signatures }: AnyExercise, names: unknown): readonly string[] {
  const asked = Object.keys(signatures);
  if (!Array.isArray(names) || names.length === 0)
    throw new RangeError(
      `check.passed: name the functions of ${id} that the cell uses, as a list: ["${asked[0]}"]`,
    );
  for (const name of names)
    if (!asked.includes(name))
      throw new RangeError(
        `check.passed: the exercise ${id} has no ${name}; it asks for ${asked.join(", ")}`,
      );
  return names;
}

/** One line: what is hers, what is the course's, and why. */
function line(id: string, chosen: readonly Chosen[]) {
  const mine = chosen.filter(({ because }) => because === undefined).map(({ name }) => name);
  const reasons = [
    ...new Set(chosen.map(({ because }) => because).filter((because) => because !== undefined)),
  ];
  const parts = [
    ...(mine.length > 0 ? [`your own ${list(mine)} (${id} passed)`] : []),
    ...reasons.map((reason) => {
      const names = chosen.filter(({ because }) => because === reason).map(({ name }) => name);
      return `the course's ${list(names)}: ${because(reason, id, names.length > 1)}`;
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
