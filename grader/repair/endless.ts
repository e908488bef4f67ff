/** Which of a learner's loops goes on and on: its code runs once more, and each loop counts its turns. */

import type { Observation } from "../diagnosis/observation.ts";
import { LearnerError, type Session } from "../grading/session.ts";
import type { Call } from "../grading/transcript.ts";
import { shownName } from "../harness/program.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { lineAt } from "../program/syntax.ts";
import { choose } from "./probes.ts";
import { type EditedModule, ENDLESS } from "./variants.ts";
import { code } from "./words.ts";

/** Of all its loops and functions together: what a right answer of this course does has at most some thousand. */
const TURNS = 1_000_000;

/** Processor time for that, in seconds: where turns are dear, no loop is named. */
const SECONDS = 1;

/** @param alone The code is one text; else its name is said. */
export async function endlessLoop(
  session: Session,
  { target, inputs }: Call,
  modules: readonly EditedModule[],
  alone: boolean,
): Promise<Observation | undefined> {
  session.allow({ seconds: SECONDS, answer: DEFAULT_ANSWER });
  await choose(session, [-1], TURNS);
  const place = await placeOf(session.call(target, inputs));
  const module = place && modules[place.module]?.module;
  if (!module) return undefined;
  const line = lineAt(module.code, place.at);
  const where = alone ? `line ${line}` : `${shownName(module.path)}, line ${line}`;
  const [head] = module.code.slice(place.at).split("\n", 1) as [string];
  return {
    id: "endless-loop",
    text: `The loop in ${where} goes on and on, for the call shown: ${code(head)}. After ${place.turns.toLocaleString("en")} turns it still had not come to an end. Which condition is to end it, and what happens in a turn that brings it nearer? Print that for the first few.`,
  };
}

async function placeOf(
  call: Promise<unknown>,
): Promise<{ module: number; at: number; turns: number } | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    const found = new RegExp(`${ENDLESS} (\\d+):(\\d+) (\\d+)`).exec(error.message);
    if (!found) return undefined;
    const [module, at, turns] = found.slice(1).map(Number) as [number, number, number];
    return { module, at, turns };
  }
}
