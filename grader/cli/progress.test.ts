import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test, vi } from "vitest";
import { createProgress, leftText } from "./progress.ts";
import type { Screen } from "./screen.ts";

const graded = (submission: string) =>
  ({ submission, points: 3, maxPoints: 3, exercises: [{}] }) as unknown as Parameters<
    ReturnType<typeof createProgress>["advance"]
  >[0];

/** What a terminal shows last, after a submission has been graded every two seconds. */
function shownAfter(own: number, total: number, done: number): string {
  const out = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  let said = "";
  out.on("data", (chunk) => {
    said += chunk;
  });
  let now = 1000;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  try {
    const progress = createProgress(total, {} as Screen, done, out as unknown as NodeJS.WriteStream);
    for (let i = 0; i < own; i++) {
      now += 2000;
      progress.advance(graded(`class/${i}.ts`));
    }
    progress.stop();
    out.read();
    return stripVTControlCharacters(said);
  } finally {
    clock.mockRestore();
  }
}

test("the rate and the time left are of this run's own work, whatever was there before", () => {
  expect(shownAfter(10, 30, 0)).toMatch(/10\/30 · 0\.50\/s · 40 s left/);
  expect(shownAfter(10, 1030, 1000)).toMatch(/1010\/1030 · 0\.50\/s · 40 s left/);
});

test("a time to wait is told as exactly as it can be known", () => {
  expect([0.2, 90, 91, 5400, 5401].map(leftText)).toEqual(["1 s", "90 s", "2 min", "90 min", "1 h 31 min"]);
});
