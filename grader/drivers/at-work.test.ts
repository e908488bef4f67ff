import { expect, test } from "vitest";
import type { Session } from "../grading/session.ts";
import { atWork } from "./at-work.ts";

const session: Session = { alive: true, allow() {}, call: async () => 7, async close() {} };
const target = { export: "f" };

function host(told: string[]) {
  const now = (doing: string) => void told.push(doing);
  const done = () => void told.push("done");
  const showBusy = (doing: string) => {
    told.push(doing);
    return { now, done };
  };
  return { showBusy };
}

test("a check says what it is doing, and what else it asks a code for, each once", async () => {
  const told: string[] = [];
  const work = atWork("first", host(told));
  const watched = work.watch(session);
  for (let i = 0; i < 3; i++) expect(await watched.call(target, [])).toBe(7);
  await work.watch(session, ", more").call(target, []);
  await watched.call(target, []);
  work.now("second");
  await watched.call(target, []);
  work.done();
  expect(told).toEqual(["first", "first, more", "first", "second", "done"]);
});

test("outside of a notebook nobody is told", async () => {
  const work = atWork("first", undefined);
  expect(await work.watch(session).call(target, [])).toBe(7);
  work.done();
});
