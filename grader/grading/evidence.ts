/** Calls that a check makes for what they tell, and not to judge them. */

import { LearnerError, type Trouble } from "./session.ts";

/** After these the sandbox has no process left to ask; in a notebook it would be the same answer with other points. */
const ENDS: readonly Trouble[] = ["time", "memory", "output", "exit", "protocol"];

/**
 * Asks, and lets the answer be what it is: another check judges it; here it tells a slip of one function from another model altogether.
 *
 * @throws LearnerError where nothing can be asked after it.
 */
export async function askForEvidence(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof LearnerError) || ENDS.includes(error.trouble)) throw error;
  }
}
