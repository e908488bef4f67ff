import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.js";
import { needing } from "./testing/needs.ts";

const isCheckout = existsSync(join(root, ".git")) && spawnSync("git", ["--version"]).status === 0;
const checkout = needing("a git checkout of the course, and git", isCheckout ? undefined : "there is none");

checkout.describe("git", () => {
  /** @param {string} path */
  const isIgnored = (path) =>
    spawnSync("git", ["check-ignore", "--no-index", "-q", path], { cwd: root }).status === 0;

  checkout.test.for([
    // What `trainGlow` saves, in the notebook, in an editor, and by README's first example.
    "notebooks/capstone.safetensors",
    "exercises/09-glow/capstone.safetensors",
    "moons.safetensors",
    "notebooks/capstone.safetensors.4711.part",
    // Of a training that goes on: chapter 09's, a learner's own.
    "notebooks/09-glow-4000x16x16x1.checkpoint",
    "exercises/09-glow/mine.checkpoint",
    "notebooks/09-glow-4000x16x16x1.checkpoint.4711.part",
    "progress/answers.jsonl",
    "backups/2026-01-01/16-1-square.ts",
    "reports/week-1/index.html",
    "notebooks/.ipynb_checkpoints/09-glow-checkpoint.ipynb",
  ])("leaves %s alone, which a learner's run writes", (path, { expect }) => {
    expect(isIgnored(path)).toBe(true);
  });

  checkout.test("keeps the course's own saved flow, and what learners write themselves", ({ expect }) => {
    for (const path of [
      "solutions/09-glow/capstone.safetensors",
      "exercises/09-glow/capstone.ts",
      "notebooks/09-glow.ipynb",
    ])
      expect(isIgnored(path)).toBe(false);
  });
});
