// npm run bench:judge -- [options]: what the judge's thread and memory go through while hostile and honest work is graded together.
import { parseArgs } from "node:util";
import { hostile } from "./class.ts";
import { measureRun } from "./judged.ts";
import type { Task } from "./one-run.ts";
import { judgeTable, type Measured } from "./table.ts";

const help = `npm run bench:judge -- [options]

  --jobs <list>    answers graded at the same time: 2,8 if left out
  --runs <number>  of the whole class, each with a seed of its own; 20 if left out
  --each           each hostile kind beside the honest work, too, once
  --only <text>    hostile submissions whose name begins so
`;

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "2,8" },
    runs: { type: "string", default: "20" },
    each: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const jobs = values.jobs.split(",").map(Number);
  const measured: Measured[] = [];
  const add = async (title: string, task: Task): Promise<void> => {
    const run = await measureRun(task);
    const found = `${run.longestMs.toFixed(1)} ms, ${Math.round(run.peakMB)} MB, ${run.amiss.length} amiss`;
    process.stderr.write(`${title}, ${task.jobs} jobs, seed ${task.seed}: ${found}\n`);
    measured.push({ title, jobs: task.jobs, run });
  };
  for (let run = 1; run <= Number(values.runs); run++)
    for (const of of jobs)
      await add("the whole class", { jobs: of, seed: `run-${run}`, kind: values.only, copies: 0 });
  if (values.each)
    for (const { name } of hostile().filter((one) => one.name.startsWith(values.only)))
      for (const of of jobs) await add(name, { jobs: of, seed: "each", kind: name, copies: 6 });
  process.stdout.write(judgeTable(measured));
}

await main();
