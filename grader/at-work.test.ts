import { expect, test } from "vitest";
import { atWork } from "./at-work.ts";
import type { Session } from "./session.ts";

interface Shown {
  readonly data: Record<string, unknown>;
  readonly options: { displayId?: string; update?: boolean };
}

const session: Session = { alive: true, allow() {}, call: async () => 7, async close() {} };
const target = { export: "f" };

test("nothing is shown of a check that is quick", async () => {
  const shown: Shown[] = [];
  const work = atWork("first", { display: (data, options = {}) => shown.push({ data, options }) }, () => 0);
  expect(await work.watched(session).call(target, [])).toBe(7);
  work.done();
  expect(shown).toEqual([]);
});

test("a long one says what it does, in one display that is empty at the end", async () => {
  const shown: Shown[] = [];
  let time = 0;
  const work = atWork(
    "first",
    { display: (data, options = {}) => shown.push({ data, options }) },
    () => time,
  );
  const watched = work.watched(session);
  for (time of [100, 399, 400, 500, 640]) await watched.call(target, []);
  work.now("second");
  for (time of [649, 650]) await watched.call(target, []);
  time = 2000;
  await work.watched(session, ", more").call(target, []);
  work.done();
  expect(shown.map(({ data }) => data["text/plain"])).toEqual([
    "first … 0.4 s",
    "second … 0.7 s",
    "second, more … 2.0 s",
    "",
  ]);
  expect(shown.map(({ options }) => options.update)).toEqual([false, true, true, true]);
  expect(new Set(shown.map(({ options }) => options.displayId)).size).toBe(1);
});
