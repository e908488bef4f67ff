/** A `.ts` answer: whether anything has been written in it, and which files it imports. */

import { factsOf } from "../../program/facts.ts";

export interface ScriptFacts {
  /** False for an untouched stub. */
  readonly answered: boolean;
  /** The asked names that it declares, also as stubs. */
  readonly declared: readonly string[];
  /** Relative addresses of what it imports, as they are written. */
  readonly imports: readonly string[];
}

/** @param names What the exercise asks for. */
export function readScript(code: string, names: readonly string[]): ScriptFacts {
  const facts = factsOf(code);
  // What cannot be parsed is no stub, for stubs can.
  if (!facts) return { answered: true, declared: [], imports: [] };
  const asked = names.flatMap((name) => facts.declares.get(name) ?? []);
  const answered = asked.length === 0 || asked.some((one) => one.kind === "import" || !one.stub);
  return {
    answered,
    declared: names.filter((name) => facts.declares.has(name)),
    imports: facts.from.filter((from) => /^\.{1,2}\//.test(from)).slice(0, 100),
  };
}
