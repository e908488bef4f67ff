/**
 * The exercise's own right answers, asked directly: at both ends of every region, where a program gives way first, and with arguments that
 * changed places or were doubled, as the search for words asks them. One that does not end is told by whoever runs this in a thread
 * (threads/pool.ts).
 */

import { type Subject, subjectsOf } from "../../domain/subjects.ts";
import { inProcessSession } from "../../drivers/in-process.ts";
import type { AnyExercise } from "../../exercise.ts";
import { LearnerError } from "../../grading/session.ts";
import { callText } from "../../grading/transcript.ts";
import { random } from "../../random.ts";
import type { Problem } from "../finding.ts";
import { askSubject, mapNumbers } from "../mutant.ts";

type Inputs = readonly unknown[];

/** The ends of a region and its middle. */
const PLACES = [0, 0.5, 1 - Number.EPSILON];

/** One problem for each function or method, about the first call that shows it. */
export async function referenceProblems(exercise: AnyExercise): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const of of subjectsOf(exercise)) {
    const problem = await inQuestion(exercise, of);
    if (problem) problems.push(problem);
  }
  return problems;
}

async function inQuestion(exercise: AnyExercise, of: Subject): Promise<Problem | undefined> {
  const { reference, signatures } = exercise;
  if (!reference || !of.domain) return undefined;
  const session = await inProcessSession(reference, signatures);
  const failure = async (inputs: Inputs): Promise<string | undefined> => {
    try {
      await askSubject(session, of, inputs);
      return undefined;
    } catch (error) {
      if (error instanceof LearnerError) return error.message;
      throw error;
    }
  };
  const told = (inputs: Inputs, message: string): Problem => ({
    problem: `the reference fails at ${callText({ target: { export: of.name }, inputs })}: ${message}`,
    remedy: "let it answer every call of its domain",
    part: "domain",
  });
  const drawn = drawnCalls(of);
  for (const inputs of drawn) {
    const message = await failure(inputs);
    if (message !== undefined) return told(inputs, message);
  }
  for (const inputs of changedCalls(of, drawn)) {
    await askSubject(session, of, inputs).catch(() => {});
  }
  return undefined;
}

function drawnCalls({ name, domain }: Subject): Inputs[] {
  const numbers = random(`reference of ${name}`);
  return Object.values(domain?.regions ?? {}).flatMap(({ draw }) =>
    PLACES.map((place) => draw(numbers, place)),
  );
}

/** Their arguments need not fit together, and may be refused in any way: an answer has only to come to an end. */
function changedCalls({ kind: { parameters } }: Subject, drawn: readonly Inputs[]): Inputs[] {
  const counts = parameters.map((_, i) => largestCount(drawn.map((inputs) => inputs[i])));
  const kinds = parameters.map(({ of }) => of.kind);
  const changes = kinds.flatMap((kind, i) => [
    ...(["number", "vector", "matrix"].includes(kind)
      ? [
          (inputs: Inputs) =>
            inputs.with(
              i,
              mapNumbers(inputs[i], (value) => 2 * value),
            ),
        ]
      : []),
    ...kinds.flatMap((other, j) =>
      j > i && other === kind ? [(inputs: Inputs) => inputs.with(i, inputs[j]).with(j, inputs[i])] : [],
    ),
  ]);
  return drawn
    .flatMap((inputs) => changes.map((change) => change(inputs)))
    .filter((inputs) => counts.every((most, i) => Math.abs(inputs[i] as number) <= most || most === 0));
}

/** Twice the largest of what is whole in every call, as a number of steps: 1e9 of them would take for ever. 0 if it is no count. */
function largestCount(values: readonly unknown[]): number {
  if (!values.every((value) => Number.isInteger(value))) return 0;
  return 2 * Math.max(1, ...(values as number[]).map(Math.abs));
}
