import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("no test is left out in another way", () => {
  const files = globSync("{lib,solutions,grader,notebooks,bench,setup}/**/*.{ts,js}", {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|dist|submissions|answers)$/.test(path),
  }).filter((file) => /\.(test|fixture)\.[tj]s$|[\\/](testing|contract|browser)[\\/]/.test(file));
  expect(files.length).toBeGreaterThan(150);
  const own = /setup[\\/]testing[\\/](needs(\.test)?|left-out\.test)\.ts$/;
  const otherWay =
    /\b(describe|test|it|suite)(\.\w+)*\.(skip|skipIf|runIf|todo|only)\b|\b(context|ctx|task)\.skip\b|\{ ?skip\b|\bskip\(|process\.env\.CI\b/;
  const found = files
    .filter((file) => !own.test(file))
    .filter((file) => otherWay.test(readFileSync(join(root, file), "utf8")));
  expect(found, "take needing() or tellAbsent() of setup/testing/needs.ts").toEqual([]);
  // A loop over the backends that happen to start would leave the others out without a word.
  const loops =
    /\.each\(availableBackends|of availableBackends\(\)|availableBackends\(\)\.(filter|includes|map|forEach)/;
  const silent = files.filter((file) => loops.test(readFileSync(join(root, file), "utf8")));
  expect(silent, "take everyBackend() or fastBackends() of lib/engine/backends.fixture.ts").toEqual([]);
});
