/**
 * Wrong answers that nothing explains: all that the grader tries to find words for them has to end, and soon. It asks every wrong program what
 * the learner was asked, and the reference also for other arguments (exchanged, doubled, their exponentials), of which no check says anything.
 */

import { type Subject, subjectsOf } from "../../domain/subjects.ts";
import { type AnyExercise, DEFAULT_LIMITS } from "../../exercise.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import type { Session } from "../../grading/session.ts";
import { random } from "../../random.ts";
import { callKey } from "../call-key.ts";
import type { Problem } from "../finding.ts";
import { type Alter, alteredSession, mapNumbers, type Right } from "../mutant.ts";

/** Each number another one, that is in no relation to what is right; and one that a check which goes on from it asks everything about. */
const NONSENSE: readonly Alter[] = [
  (right, inputs) => {
    const noise = random(callKey(inputs));
    return mapNumbers(right, (value) => value + noise.uniform(0.5, 1.5) * (1 + Math.abs(value)));
  },
  (right) => mapNumbers(right, () => 1e12),
];

/** What is wrong with the words, or with what is asked for them. */
export async function unexplainedProblems(
  exercise: AnyExercise,
  right: Right,
  seed: string,
): Promise<Problem[]> {
  const most = exercise.limits?.seconds ?? DEFAULT_LIMITS.seconds;
  const problems: Problem[] = [];
  for (const of of subjectsOf(exercise)) {
    for (const alter of NONSENSE) {
      const problem = await explain(exercise, of, alteredSession(right, of, alter), seed, most);
      if (problem) problems.push(problem);
    }
  }
  return problems;
}

async function explain(
  exercise: AnyExercise,
  { name }: Subject,
  wrong: Session,
  seed: string,
  most: number,
): Promise<Problem | undefined> {
  let answering = 0;
  const timed: Session = {
    ...wrong,
    async call(target, inputs) {
      const began = seconds();
      try {
        return await wrong.call(target, inputs);
      } finally {
        answering += seconds() - began;
      }
    },
  };
  const began = seconds();
  try {
    await gradeExercise(exercise, async () => timed, { seed });
  } catch (error) {
    return {
      problem: `a wrong answer of ${name} cannot be graded, with seed ${seed}: ${(error as Error).stack}`,
      remedy: "mend the grader where it says so, or what the exercise lets it ask",
    };
  }
  const spent = seconds() - began - answering;
  if (spent <= most) return undefined;
  return {
    problem: `to find words for a wrong answer of ${name} takes ${spent.toFixed(1)} s of processor time; a learner has ${most} s for a whole check`,
    remedy:
      "let the reference and the wrong programs end soon also for arguments that no check asks for: exchanged, doubled, their exponentials",
    part: "domain",
  };
}

/** Of this thread, on a processor. */
function seconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}
