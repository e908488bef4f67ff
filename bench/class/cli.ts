// npm run bench:class -- [options]: what it costs to grade a class, and one more submission.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { median } from "../result.ts";
import { type ClassCost, type Cost, costOf, gradeClass } from "./measure.ts";
import { classTable, hoursFor, marginal } from "./table.ts";

const help = `npm run bench:class -- [options]

  --learners <list>  sizes of the class, smallest first: 1,6 if left out; 1,6,300,1000 takes minutes
  --chapter <slug>   which everybody has solved: 01-change-of-variables if left out
  --jobs <number>    submissions graded at the same time: as many as there are processors if left out

Linux, with Python 3, which counts the processor time of all processes.
`;

const { values } = parseArgs({
  options: {
    learners: { type: "string", default: "1,6" },
    chapter: { type: "string", default: "01-change-of-variables" },
    jobs: { type: "string", default: String(cpus().length) },
    help: { type: "boolean", default: false },
  },
});

/** The middle one of five. */
async function nodesStart(): Promise<Cost> {
  const costs: Cost[] = [];
  for (let i = 0; i < 5; i++) costs.push(await costOf([process.execPath, "--eval", "0"]));
  return { ...(costs[0] as Cost), processorSeconds: median(costs.map((cost) => cost.processorSeconds)) };
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const classes: ClassCost[] = [];
  // Once before anything counts: the compiled grader is kept from run to run.
  await gradeClass(values.chapter, 1, 1);
  for (const learners of values.learners.split(",").map(Number))
    classes.push(await gradeClass(values.chapter, learners, Number(values.jobs)));
  process.stdout.write(classTable(classes, await nodesStart()));
  const [smallest, largest] = [classes[0] as ClassCost, classes.at(-1) as ClassCost];
  if (smallest === largest) return;
  const each = marginal(smallest, largest);
  const plan = [1, 4, 16].map((workers) => `${workers}: ${hoursFor(100_000, each, workers, 2).toFixed(1)} h`);
  process.stdout.write(`100,000 submissions, by number of workers with 2 cores each: ${plan.join("; ")}\n`);
}

await main();
