/** Reads one path in a process of its own, and tells what that took: `node read-alone.fixture.ts <path>`. */

import { readSubmissions } from "./read.ts";

const course = [{ id: "16.1", path: "01-change-of-variables/16-1-square", signatures: { density: {} } }];
const { submissions } = await readSubmissions(process.argv[2] as string, { course });
const said = submissions.map(({ name, sources, notes, files, problem }) => ({
  name,
  answers: sources.length,
  notes: notes.length,
  files: files.length,
  characters: JSON.stringify([notes, files, problem]).length,
}));
process.stdout.write(JSON.stringify({ peakMB: process.resourceUsage().maxRSS / 1024, said }));
