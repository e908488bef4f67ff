import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./data/temporary-folder.fixture.ts";

const root = join(import.meta.dirname, "..");
const folder = temporaryFolder();

/** The README's first program, as it stands there. */
function example(): string {
  const [, code] =
    /## The library\n.*?```ts\n(.*?)```/s.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  if (code === undefined) throw new Error("expected a program in the README's section on the library");
  return code;
}

test("the README's example of the library runs, on the Node that its sentence names", () => {
  expect(process.version).toMatch(/^v24\./);
  const saved = join(folder, "moons.safetensors");
  // Fewer steps, and its file elsewhere.
  const code = example()
    .replace(/steps: \d+/, "steps: 20")
    .replace('"moons.safetensors"', JSON.stringify(saved));
  expect(code).toContain("steps: 20");
  const output = execFileSync(process.execPath, ["--input-type=module-typescript", "-e", code], {
    cwd: root,
    encoding: "utf8",
  });
  expect(output.match(/Tensor/g)).toHaveLength(2);
  expect(existsSync(saved)).toBe(true);
}, 60_000);
