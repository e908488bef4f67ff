/**
 * The learner's code in this very process: in a notebook, where it is her own machine, and for code of ours (solutions,
 * misconceptions). Never for somebody else's submission.
 */

import { notebookHost } from "flowlab/notebook";
import { LearnerError, type Session, type Target } from "../grading/session.ts";
import { callText } from "../grading/transcript.ts";
import { validatePlain } from "../grading/validate.ts";
import type { Signatures } from "../harness/kinds.ts";
import { learnerModule } from "../harness/module.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { answersTogether } from "./answers-together.ts";
import type { NotebookLimits } from "./notebook-limits.ts";
import { type RetainedMethods, retain } from "./retained.ts";

/** @param limits Without them a call may take for ever. */
export async function inProcessSession(
  provided: Record<string, unknown>,
  signatures: Signatures,
  limits?: NotebookLimits,
): Promise<Session> {
  const module = await learnerModule(provided, signatures);
  const objects: RetainedMethods = new Map();
  let size = DEFAULT_ANSWER;
  const answers = answersTogether();

  const usable = (outcome: Awaited<ReturnType<typeof module.call>>): unknown => {
    if (outcome.ok) return outcome.value;
    throw new LearnerError(outcome.trouble, outcome.message, inCells(outcome.trace));
  };

  return {
    alive: true,
    // Size is judged as in the sandbox.
    allow({ seconds, answer }) {
      size = answer;
      limits?.allow(seconds);
      answers.restart(answer);
    },
    async call(target: Target, inputs) {
      answers.refuseIfFull();
      const ask = () => module.call(target, inputs, size);
      const outcome = await (limits ? limits.run(ask, () => `at ${callText({ target, inputs })}`) : ask());
      answers.tookValue(outcome.ok ? outcome.value : outcome.message);
      const value = usable(outcome);
      const kind =
        "export" in target ? signatures[target.export] : objects.get(target.object)?.[target.method];
      if (kind?.kind !== "function") throw new LearnerError("missing", "no such function");
      const name = "export" in target ? target.export : target.method;
      const plain = validatePlain(kind.returns, value, `the result of ${name}`);
      retain(objects, kind.returns, plain);
      return plain;
    },
    async close() {},
  };
}

/** The learner's own line of a stack, in a notebook, where its kernel knows the cells. */
function inCells(trace: string | undefined): string | undefined {
  const place = notebookHost()?.place;
  if (trace === undefined || !place) return trace;
  const lines = place(trace);
  return lines.some((line) => line.includes("cell[")) ? lines.join("\n") : undefined;
}
