/** A notebook's first cell waits for all that the grader loads with its door. */

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("large packages are loaded by those who need them, not with the grader's door", () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        const [, name] = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? [];
        if (name) loaded.add(name);
        return next(url, context);
      },
    });
    await import("flowlab-grader");
    console.log(JSON.stringify([...loaded]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  expect(stderr).not.toContain("Error");
  const loaded: string[] = JSON.parse(stdout);
  expect(loaded).toContain("katex");
  // Half a second of computing, 0.4 seconds, and an engine for those who do not compute with it.
  for (const large of ["mathjs", "plotly.js-dist", "@tensorflow/tfjs-node"])
    expect(loaded).not.toContain(large);
});
