/**
 * Verdicts that still hold: an exercise was sound with these sources before. The last ones of each exercise are kept, so that who goes from
 * branch to branch, or takes a change back, has nothing verified again.
 *
 * Only sound verdicts are kept. The folder may be deleted at any time; a file in it that cannot be read counts as absent.
 */

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWholeSync } from "../files/write-whole.ts";
import type { Verdict } from "./exercise.ts";

export interface VerdictCache {
  sound(exercise: string, fingerprint: string): Verdict | undefined;
  keep(exercise: string, fingerprint: string, verdict: Verdict): void;
}

/** How many verdicts of one exercise are kept: those that were asked for last. */
export const KEPT = 8;

interface Sound {
  readonly fingerprint: string;
  readonly coverage: Verdict["coverage"];
}

export function verdictCache(root: string): VerdictCache {
  const folder = join(root, ".setup", "verified");
  const file = (exercise: string) => join(folder, `${encodeURIComponent(exercise)}.json`);

  function read(exercise: string): readonly Sound[] {
    try {
      const kept: unknown = JSON.parse(readFileSync(file(exercise), "utf8"));
      return Array.isArray(kept) ? kept.filter(isSound) : [];
    } catch {
      return [];
    }
  }

  /** Puts it first. */
  function write(exercise: string, sound: Sound): void {
    const others = read(exercise).filter(({ fingerprint }) => fingerprint !== sound.fingerprint);
    mkdirSync(folder, { recursive: true });
    writeWholeSync(file(exercise), JSON.stringify([sound, ...others].slice(0, KEPT)));
  }

  return {
    sound(exercise, fingerprint) {
      const kept = read(exercise);
      const at = kept.findIndex((sound) => sound.fingerprint === fingerprint);
      if (at < 0) return undefined;
      const found = kept[at] as Sound;
      if (at > 0) write(exercise, found);
      return { findings: [], coverage: found.coverage };
    },
    keep(exercise, fingerprint, { findings, coverage }) {
      if (findings.length === 0) write(exercise, { fingerprint, coverage });
    },
  };
}

function isSound(value: unknown): value is Sound {
  const { fingerprint, coverage } = (value ?? {}) as Partial<Sound>;
  const { written, generic, dropped } = coverage ?? {};
  return typeof fingerprint === "string" && [written, generic, dropped].every(Number.isInteger);
}

/** Verdicts are neither looked up nor kept. */
export const noCache: VerdictCache = { sound: () => undefined, keep() {} };
