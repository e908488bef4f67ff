// npm run bench:live -- [options]: how soon a slider's picture follows it, 10,000 points at each step.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureAnswers } from "./answers.ts";
import { points } from "./flows.ts";
import { measurePage } from "./page.ts";
import { answersTable, pageTable } from "./table.ts";

const help = `npm run bench:live -- [options]

  --moves <number>  of each slider; 40 if left out
  --no-page         the kernel alone, without JupyterLab and a browser
`;

const { values } = parseArgs({
  options: {
    moves: { type: "string", default: "40" },
    "no-page": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const moves = Number(values.moves);
  if (!Number.isInteger(moves) || moves < 1)
    throw new RangeError(`--moves: expected a whole number from 1; got ${values.moves}`);
  const load = () => loadavg()[0]?.toFixed(1);
  process.stdout.write(`${points} points, ${moves} moves, load of the machine ${load()} at first\n\n`);
  process.stdout.write(answersTable(await measureAnswers(moves)));
  if (!values["no-page"]) process.stdout.write(`\n${pageTable(await measurePage(moves))}`);
  process.stdout.write(`\nload at the end: ${load()}\n`);
}

await main();
