/**
 * Verdicts that still hold: an exercise was sound, and nothing that it depends on has changed since.
 *
 * Only sound verdicts are kept. The folder may be deleted at any time; a file in it that cannot be read counts as absent.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Verdict } from "./exercise.ts";

export interface VerdictCache {
  sound(exercise: string, fingerprint: string): Verdict | undefined;
  keep(exercise: string, fingerprint: string, verdict: Verdict): void;
}

export function verdictCache(root: string): VerdictCache {
  const folder = join(root, ".setup", "verified");
  const file = (exercise: string) => join(folder, `${encodeURIComponent(exercise)}.json`);
  return {
    sound(exercise, fingerprint) {
      try {
        const kept = JSON.parse(readFileSync(file(exercise), "utf8")) as {
          fingerprint?: unknown;
          coverage: Verdict["coverage"];
        };
        const { written, generic, dropped } = kept.coverage;
        const whole = [written, generic, dropped].every(Number.isInteger);
        return kept.fingerprint === fingerprint && whole
          ? { findings: [], coverage: kept.coverage }
          : undefined;
      } catch {
        return undefined;
      }
    },
    keep(exercise, fingerprint, { findings, coverage }) {
      if (findings.length > 0) return;
      mkdirSync(folder, { recursive: true });
      const partial = `${file(exercise)}.${process.pid}`;
      writeFileSync(partial, JSON.stringify({ fingerprint, coverage }));
      renameSync(partial, file(exercise));
    },
  };
}

/** Verdicts are neither looked up nor kept. */
export const noCache: VerdictCache = { sound: () => undefined, keep() {} };
