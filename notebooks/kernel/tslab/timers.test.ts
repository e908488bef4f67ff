import { expect, test } from "vitest";
import { mergeTimers, type Timers } from "./timers.ts";

/** tslab's own, in short. */
function single() {
  let pending: { callback(): void } | undefined;
  const timers: Timers = {
    setTimeout(callback) {
      if (pending) throw new Error("Unexpected pending rebuildTimer");
      pending = {
        callback() {
          callback();
          pending = undefined;
        },
      };
      return pending;
    },
    clearTimeout(id) {
      if (pending !== id) throw new Error("clearing unexpected timer");
      pending = undefined;
    },
  };
  return { timers, compile: () => pending?.callback(), isPending: () => pending !== undefined };
}

test("several timers are one, and all are called, in their order, once", () => {
  const { timers, compile, isPending } = single();
  const merged = mergeTimers(timers);
  const called: string[] = [];
  merged.setTimeout((name) => called.push(String(name)), 250, "files");
  const cleared = merged.setTimeout(() => called.push("cleared"), 250);
  merged.setTimeout(() => called.push("folders"), 250);
  merged.clearTimeout(cleared);
  compile();
  expect(called).toEqual(["files", "folders"]);
  expect(isPending()).toBe(false);
  compile();
  expect(called).toHaveLength(2);
});

test("one that is set by another is called at once, and the last one cleared leaves none", () => {
  const { timers, compile, isPending } = single();
  const merged = mergeTimers(timers);
  const called: number[] = [];
  merged.setTimeout(() => merged.setTimeout(() => called.push(2), 0), 0);
  compile();
  expect(called).toEqual([2]);
  const last = merged.setTimeout(() => called.push(3), 0);
  merged.clearTimeout(last);
  expect(isPending()).toBe(false);
  merged.clearTimeout(last);
  merged.setTimeout(() => called.push(4), 0);
  compile();
  expect(called).toEqual([2, 4]);
});
