/** A grader that waits for a learner's endless loop, to be killed by a test. Arguments: the tier and a word to be found by. */

import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { square } from "../exercises/01-change-of-variables/16-1-square.ts";
import { detectSandbox } from "./detect.ts";

const [tier, mark] = process.argv.slice(2);
const sandbox = await detectSandbox(tier);
const marked = {
  ...sandbox,
  launch: async (...request: Parameters<typeof sandbox.launch>) => {
    const launch = await sandbox.launch(...request);
    return { ...launch, arguments: [...launch.arguments, mark as string] };
  },
};
const session = await openSandboxedSession({
  source: "export function density() { console.log('looping'); for (;;); }",
  exercise: { ...square, limits: { seconds: 60 } },
  sandbox: marked,
  onOutput: () => console.log("looping"),
});
await session.call({ export: "density" }, [0.5]);
