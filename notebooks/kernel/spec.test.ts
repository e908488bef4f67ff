import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kernelSpec, projectNode } from "./spec.js";

test("the kernel spec starts this project's Node on this kernel, by absolute paths", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { argv, language, interrupt_mode } = kernelSpec();
  expect(argv[0]).toBe(projectNode(root));
  expect(existsSync(argv[0] as string)).toBe(true);
  expect(argv).toContain(path.join(root, "notebooks", "kernel", "main.ts"));
  expect(argv.at(-1)).toBe("{connection_file}");
  expect(language).toBe("typescript"); // nbgrader chooses the stub by it.
  expect(interrupt_mode).toBe("message");
});
