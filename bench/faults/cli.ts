/**
 * `npm run bench:faults -- --rounds 50`: kills graders, workers and PostgreSQL and fills disks at random points, and counts what is lost,
 * doubled or wrong. Minutes to an hour, by the machine.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { random } from "../../grader/random.ts";
import { postgresPrograms, postgresUser, startPostgres } from "../../setup/testing/postgres.ts";
import {
  diskAbsent,
  FAULTS,
  type Fault,
  type Outcome,
  playRound,
  putClass,
  undisturbedRun,
} from "./round.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "50" },
    seed: { type: "string", default: "faults" },
    only: { type: "string", multiple: true, default: [...FAULTS] },
  },
});

const hasServer = postgresPrograms() !== undefined && postgresUser() !== undefined;
const absent: { readonly [fault in Fault]: string | undefined } = {
  cli: undefined,
  worker: hasServer ? undefined : "no PostgreSQL is installed",
  postgres: hasServer ? undefined : "no PostgreSQL is installed",
  disk: diskAbsent(),
};
const faults = FAULTS.filter((fault) => values.only.includes(fault));
for (const fault of faults) if (absent[fault]) console.log(`skipped: ${fault}: ${absent[fault]}`);
const played = faults.filter((fault) => absent[fault] === undefined);

const root = mkdtempSync(join(tmpdir(), "flowlab-faults-"));
const server = hasServer ? await startPostgres() : undefined;
const draws = random(values.seed);
const outcomes: { readonly fault: Fault; readonly outcome: Outcome }[] = [];
try {
  putClass(join(root, "class"));
  const setting = {
    root,
    ...(await undisturbedRun(root)),
    random: () => draws.uniform(0, 1),
  };
  for (let round = 0; round < Number(values.rounds); round++) {
    const fault = played[round % played.length] as Fault;
    const onServer = fault === "worker" || fault === "postgres";
    const outcome = await playRound(fault, `round_${round}`, setting, onServer ? server : undefined);
    outcomes.push({ fault, outcome });
    console.log(`${round + 1} ${fault}: ${JSON.stringify(outcome)}`);
  }
} finally {
  await server?.remove();
  rmSync(root, { recursive: true, force: true });
}

let bad = 0;
for (const fault of played) {
  const own = outcomes.filter((one) => one.fault === fault).map(({ outcome }) => outcome);
  const sum = (of: (outcome: Outcome) => number) => own.reduce((total, outcome) => total + of(outcome), 0);
  const [lost, doubled, wrong] = [sum((o) => o.lost), sum((o) => o.doubled), sum((o) => Number(o.wrong))];
  bad += lost + doubled + wrong;
  const kept = sum((o) => o.before);
  console.log(
    `${fault}: ${own.length} rounds, ${kept} results there after the fault; ${lost} lost, ${doubled} doubled, ${wrong} rounds with other marks`,
  );
}
process.exitCode = bad > 0 ? 1 : 0;
