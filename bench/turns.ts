import type { RunningEngine } from "./engines.ts";
import type { EngineResult, ReportLine } from "./result.ts";

/** What the engines reported in one round of turns. */
export type Round = readonly { readonly engine: string; readonly lines: readonly ReportLine[] }[];

/**
 * Lets engines work in turn, one at a time, until all have ended. Each takes a figure in several rounds, and between
 * two of its rounds all others take theirs: a machine that is slow for a minute is slow for all of them.
 *
 * @param onTurn Called with the engine that begins its turn.
 * @param onRound Called when each has had its turn.
 */
export async function runInTurns(
  engines: readonly RunningEngine[],
  onTurn: (engine: string) => void,
  onRound: (round: Round) => void,
): Promise<EngineResult[]> {
  let working = engines;
  while (working.length > 0) {
    const round: { engine: RunningEngine; lines: readonly ReportLine[] }[] = [];
    for (const engine of working) {
      onTurn(engine.name);
      const lines = await engine.turn();
      if (lines !== undefined) round.push({ engine, lines });
    }
    working = round.map(({ engine }) => engine);
    onRound(round.map(({ engine, lines }) => ({ engine: engine.name, lines })));
  }
  return Promise.all(engines.map((engine) => engine.result()));
}
