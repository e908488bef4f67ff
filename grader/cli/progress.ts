/** How far a run is: a bar on a terminal, one plain line for each submission elsewhere. On stderr, so that stdout is the result. */

import { SingleBar } from "cli-progress";
import pc from "picocolors";
import type { SubmissionSummary } from "../record/summary.ts";
import { pointsText } from "../report/points.ts";
import { printableLine } from "../report/printable.ts";
import { fitText } from "../report/terminal/terminal-table.ts";
import type { Screen } from "./screen.ts";

export interface Progress {
  advance(result: SubmissionSummary): void;
  stop(): void;
}

/** @param done How many were ready before; they tell nothing of the rate. */
export function createProgress(
  total: number,
  terminal: Screen,
  done = 0,
  out: NodeJS.WriteStream = process.stderr,
): Progress {
  // The bar moves the cursor, so it goes past the filter; all that is not ours in it is filtered here.
  return out.isTTY ? bar(total, done, out) : lines(total, done, terminal);
}

function bar(total: number, done: number, out: NodeJS.WriteStream): Progress {
  const [tint, plain] = pc.isColorSupported ? ["\u001b[36m", "\u001b[39m"] : ["", ""];
  const shown = new SingleBar({
    format: `grading ${tint}{bar}${plain} {value}/{total} · {rate} · {left}{name}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: Math.max(10, Math.min(32, (out.columns ?? 80) - 56)),
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is ours: it finishes the run and writes what is done.
    gracefulExit: false,
    stream: out,
  });
  const started = performance.now();
  let count = done;
  shown.start(total, done, { rate: "starting", left: "", name: "" });
  return {
    advance({ submission }) {
      count += 1;
      const seconds = (performance.now() - started) / 1000;
      const rate = (count - done) / seconds;
      const left = count < total ? `${leftText((total - count) / rate)} left · ` : "";
      shown.update(count, {
        rate: `${rate.toPrecision(2)}/s`,
        left,
        name: fitText(printableLine(submission.split(/[/\\]| › /).at(-1) ?? ""), 24),
      });
    },
    stop: () => shown.stop(),
  };
}

/** A time to wait, as exactly as one can know it. */
export function leftText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds <= 90) return `${Math.ceil(seconds)} s`;
  return minutes <= 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function lines(total: number, done: number, { err }: Screen): Progress {
  const width = String(total).length;
  let count = done;
  return {
    advance({ submission, points, maxPoints, problem, exercises }) {
      count += 1;
      const verdict =
        exercises.length === 0 ? "not graded" : `${pointsText(points)}/${pointsText(maxPoints)}`;
      const name = printableLine(submission);
      err(
        `[${String(count).padStart(width)}/${total}] ${name}: ${verdict}${problem === undefined ? "" : " !"}\n`,
      );
    },
    stop: () => {},
  };
}
