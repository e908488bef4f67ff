// npm run bench -- [options]: this library beside PyTorch and JAX, on the same work, in one run.
import { mkdirSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { writeAtomically } from "../lib/ground/write-atomically.ts";
import { type Engine, engines, startEngine } from "./engines.ts";
import { writeJob } from "./job.ts";
import { root } from "./peers.ts";
import { type EngineResult, median } from "./result.ts";
import { tables } from "./table.ts";
import { type Round, runInTurns } from "./turns.ts";
import { qualityWorkloads, scalingWorkloads, speedWorkloads, type Workload } from "./workloads.ts";

const help = `npm run bench -- [options]

  --only <text>       workloads or groups (speed, scaling, quality) whose name contains it
  --engine <text>     engines whose name contains it
  --seconds <number>  for each figure; 3 if left out
  --rounds <number>   in which each figure is taken, all engines in turn; 5 if left out
  --steps <number>    of each training that is judged by its quality; 2000 if left out
  --threads <list>    for PyTorch, each in turn: 1 and as many as there are cores if left out
  --out <file>        JSON, and the table beside it as .md; reports/bench.json if left out

PyTorch, JAX and the libraries are installed by: node bench/setup-peers.ts
`;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    engine: { type: "string", default: "" },
    seconds: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    steps: { type: "string", default: "2000" },
    threads: { type: "string", default: `1,${cpus().length}` },
    out: { type: "string", default: join(root, "reports", "bench.json") },
    help: { type: "boolean", default: false },
  },
});

/** Compiling takes XLA and torch.compile seconds for each flow: they are left out where they are not asked about. */
function takesPart({ name, has }: Engine, workload: Workload): boolean {
  const { group } = workload;
  if (has && !has(workload)) return false;
  if (group === "speed") return true;
  if (/^torch.compile|XLA$/.test(name)) return false;
  // Quality does not depend on how the same numbers are computed.
  return group === "scaling" || name === "flowlab compiled" || name === "PyTorch eager, 1 thread";
}

/** Each workload in processes of its own, as somebody would train that flow. */
async function runAll(chosen: readonly Workload[]): Promise<EngineResult[]> {
  const [seconds, rounds, qualitySteps] = [values.seconds, values.rounds, values.steps].map(positive);
  const threads = [...new Set(values.threads.split(",").map(positive))];
  const all = engines(threads).filter(({ name }) => matches(name, values.engine));
  const results: EngineResult[] = [];
  for (const workload of chosen) {
    const { folder, remove } = writeJob(workload, { seconds, rounds, qualitySteps });
    try {
      const taking = all.filter((engine) => takesPart(engine, workload));
      const started = taking.map((engine) => startEngine(engine, [folder], workload.name));
      results.push(...(await runInTurns(started, showTurn, showRound)));
    } finally {
      hideTurn();
      remove();
    }
  }
  return all.flatMap(({ name }) => merge(results.filter(({ engine }) => engine === name)));
}

/** What one engine reported of all workloads. */
function merge(results: readonly EngineResult[]): EngineResult[] {
  if (results.length === 0) return [];
  const lines = results.flatMap((result) => result.lines);
  const [{ engine, skipped }] = results;
  return [{ engine, lines, ...(skipped !== undefined && lines.length === 0 && { skipped }) }];
}

const live = process.stderr.isTTY;
const hideTurn = () => void (live && process.stderr.write("\r\x1b[K"));
const showTurn = (engine: string) => void (live && process.stderr.write(`\r\x1b[K${engine} ...`));

/** One line for each figure that all engines have taken once. */
function showRound(round: Round): void {
  const shown = new Map<string, string[]>();
  for (const { engine, lines } of round) {
    for (const { workload, measure, ms, firstMs } of lines) {
      if (workload === undefined) continue;
      const what = `${workload}, ${firstMs === undefined ? measure : "first step"}`;
      const time = ms === undefined ? firstMs?.toFixed(0) : median(ms).toFixed(2);
      shown.set(what, [...(shown.get(what) ?? []), time === undefined ? engine : `${engine} ${time} ms`]);
    }
  }
  hideTurn();
  for (const [what, times] of shown) process.stderr.write(`${what}: ${times.join("; ")}\n`);
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new RangeError(`expected a positive number; got "${text}"`);
}

function matches(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, text);
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const all = [...speedWorkloads, ...scalingWorkloads, ...qualityWorkloads];
  const chosen = all.filter(({ name, group }) => values.only === group || matches(name, values.only));
  if (chosen.length === 0) throw new RangeError(`no workload is called "${values.only}"`);
  const results = await runAll(chosen);
  const machine = `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${release()}, Node ${process.version}`;
  const text = `${machine}\n\n${tables(chosen, results)}`;
  writeWhole(values.out, JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 1));
  writeWhole(values.out.replace(/(\.json)?$/, ".md"), text);
  process.stdout.write(text);
  return 0;
}

// The folder of the job and the program that works on it go with this one.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
