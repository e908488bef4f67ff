import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./data/temporary-folder.fixture.ts";

const root = join(import.meta.dirname, "..");
const folder = temporaryFolder();

/** The README's programs with the library, as they stand there. */
function examples(): string[] {
  const [section] = /## The library\n.*?(?=\n## )/s.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [
    "",
  ];
  const programs = [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);
  // A slider is for a notebook's cell.
  return programs.filter((code) => code.includes("import"));
}

/** What a program prints, with fewer steps and its files elsewhere. */
function run(code: string): string {
  const own = code
    .replace(/steps: \d+/g, "steps: 20")
    .replace("distill(teacher, student)", "distill(teacher, student, { steps: 20, onWarning: () => {} })")
    .replace(/"(\w+\.(?:csv|safetensors))"/g, (_, file) => JSON.stringify(join(folder, file)));
  expect(own).toContain("steps: 20");
  return execFileSync(process.execPath, ["--input-type=module-typescript", "-e", own], {
    cwd: root,
    encoding: "utf8",
  });
}

test("there are four programs, each of which is run here", () => {
  expect(examples()).toHaveLength(4);
});

test("the README's example of the library runs, on the Node that its sentence names", () => {
  expect(process.version).toMatch(/^v24\./);
  expect(run(examples()[0]).match(/Tensor/g)).toHaveLength(2);
  expect(existsSync(join(folder, "moons.safetensors"))).toBe(true);
}, 60_000);

test("its example of a table runs", () => {
  const rows = Array.from(
    { length: 50 },
    (_, i) => `${20 + ((7 * i) % 60)},${30_000 + ((1117 * i * i) % 50_000)}`,
  );
  writeFileSync(join(folder, "people.csv"), ["age,income", ...rows].join("\n"));
  run(examples()[1]);
  expect(existsSync(join(folder, "people.safetensors"))).toBe(true);
}, 60_000);

test("its example of iterated directions and a student runs, with small residuals", () => {
  const [residual, ofMaf, missed] = run(examples()[2]).trim().split("\n");
  // After few steps an i-ResNet contracts so well that one iteration less is enough.
  expect(Number(/[\d.e-]+$/.exec(residual)?.[0])).toBeLessThan(1e-4);
  expect(Number(/[\d.e-]+$/.exec(ofMaf)?.[0])).toBeLessThan(1e-5);
  expect(missed).toMatch(/^left out -?[\d.]+ nats$/);
}, 60_000);

test("its example of a density without data runs, with a loss not below the best one by more than draws vary", () => {
  const [, loss, best] = /^loss (\S+) nats; at best (\S+)/.exec(run(examples()[3])) ?? [];
  expect(Number(best)).toBeCloseTo(-0.6339, 4);
  expect(Number(loss)).toBeGreaterThan(Number(best) - 0.5);
}, 60_000);
