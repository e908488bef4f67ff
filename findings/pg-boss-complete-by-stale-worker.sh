#!/usr/bin/env bash
# pg-boss 12.38.0 on @electric-sql/pglite 0.5.17 (npm): a worker whose job has expired and gone to another one completes the OTHER one's
# attempt, and completing what is finished or never was is answered like a success.
#
# `complete(queue, id, output)` asks only whether the job is active, not whose attempt it is. A worker that was slow (a laptop that
# slept, a long garbage collection) lost its job at `expireInSeconds`; a second one has it now; the first one's `complete` ends the job
# with the first one's output, and the second one's is dropped. Neither call throws: both resolve, and only the count `affected` in
# the answer, which the declared type of the answer does not have, tells 1 from 0. The same call with `{ id, retryCount }` in place of
# the id names the attempt, and then the stale one affects nothing.
#
# Matters to a grader whose workers take answers from one queue: without the attempt's number a result of a worker that was given up
# stands for the one that counts, and without a look at `affected` a worker believes it has recorded what was dropped.
#
# Seen with pg-boss 12.38.0, @electric-sql/pglite 0.5.17 and Node.js 22.12 or newer:
#   attempts: 0 then 1
#   stale worker, by attempt: affected 0
#   stale worker, by id: affected 1
#   second worker, by id: affected 0
#   kept: {"by":"stale worker"}
#   a job that never was: affected 0
#
# Prints what it saw; exit code 0 as long as they behave so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent pg-boss@12.38.0 @electric-sql/pglite@0.5.17 node@24.21.0 >/dev/null
cat >stale.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { fromPglite, PgBoss } from "pg-boss";

const database = new PGlite();
const every = { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 };
const boss = new PgBoss({ db: fromPglite(database), backend: "pglite", schedule: false, ...every });
boss.on("error", (error) => console.log(error.message));
await boss.start();
await boss.createQueue("answers", { retryLimit: 5, retryDelay: 0, expireInSeconds: 1 });
const id = await boss.send("answers", { exercise: "16.1" });
const fetch = async () => (await boss.fetch("answers", { includeMetadata: true }))[0];
const stale = await fetch();
let second;
for (let tries = 0; !second && tries < 60; tries++) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  second = await fetch();
}
const lines = [`attempts: ${stale.retryCount} then ${second?.retryCount}`];
const complete = async (who, what, by) =>
  lines.push(`${who}: affected ${(await boss.complete("answers", what, { by })).affected}`);
await complete("stale worker, by attempt", { id, retryCount: stale.retryCount }, "stale worker");
await complete("stale worker, by id", id, "stale worker");
await complete("second worker, by id", id, "second worker");
const [job] = await boss.findJobs("answers", { id });
lines.push(`kept: ${JSON.stringify(job.output)}`);
await complete("a job that never was", crypto.randomUUID(), "nobody");
console.log(lines.join("\n"));
const expected = [
  "attempts: 0 then 1",
  "stale worker, by attempt: affected 0",
  "stale worker, by id: affected 1",
  "second worker, by id: affected 0",
  'kept: {"by":"stale worker"}',
  "a job that never was: affected 0",
];
process.exit(lines.join() === expected.join() ? 0 : 1);
JS
PATH="$folder/node_modules/.bin:$PATH" node stale.mjs
