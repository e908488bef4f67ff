/** Which of a learner's loops goes on and on: its code runs once more, and each loop counts its turns. */

import type { Observation } from "../diagnosis/observation.ts";
import { shownName } from "../harness/program.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { lineAt } from "../program/syntax.ts";
import { LearnerError, type Session } from "../session.ts";
import type { Call } from "../transcript.ts";
import { choose } from "./probes.ts";
import { type EditedModule, ENDLESS } from "./variants.ts";

/** A loop of this course's answers has at most some thousand. */
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
  const text = module.code.slice(place.at).split("\n", 1)[0]?.replaceAll("`", "'").trim() ?? "";
  return {
    id: "endless-loop",
    text: `The loop in ${where} goes on and on, for the call shown: \`${text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text}\`. After a million turns of your loops it still had not come to an end. Which condition is to end it, and what happens in a turn that brings it nearer? Print that for the first few.`,
  };
}

const SHOWN = 60;

async function placeOf(call: Promise<unknown>): Promise<{ module: number; at: number } | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error;
    const found = new RegExp(`${ENDLESS} (\\d+):(\\d+)`).exec(error.message);
    return found ? { module: Number(found[1]), at: Number(found[2]) } : undefined;
  }
}
