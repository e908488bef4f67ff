import { expect, test } from "vitest";
import type { GradedAnswer } from "../../gradebook/enqueue.ts";
import type { Sent } from "../../roster/match.ts";
import { regradeOf } from "./regrade.ts";

const moodle = (name: string, id: string): Sent => ({
  name: `class.zip › ${name}_${id}`,
  sender: { layout: "moodle", entries: [], people: [{ name, id }] },
});
const SENT = [moodle("Rosa Ruiz", "18"), moodle("Rosa Ruiz", "20"), moodle("Ada Lovelace", "21")];
const regraded = (what: string) =>
  SENT.map(({ name }) => name).filter((submission) =>
    regradeOf([what], SENT)?.has({ submission, exercise: "16.1", stale: false } as GradedAnswer),
  );

test.each(["Ada Lovelace", "Lovelace, Ada", "21", "Ada Lovelace_21", "class.zip › Ada Lovelace_21"])(
  "%s is one person, however the platform names her files",
  (what) => expect(regraded(what)).toEqual(["class.zip › Ada Lovelace_21"]),
);

test("one of two people of one name is asked for by the whole name, and nobody is refused", () => {
  expect(() => regraded("Rosa Ruiz")).toThrow(
    /may be any of .*Rosa Ruiz_18, .*Rosa Ruiz_20; give the whole name/,
  );
  expect(regraded("Rosa Ruiz_20")).toEqual(["class.zip › Rosa Ruiz_20"]);
  expect(() => regraded("Bob")).toThrow(/--regrade Bob: expected an exercise, changed, all, or a learner/);
});
