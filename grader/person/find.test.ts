import { expect, test } from "vitest";
import type { Sent } from "../roster/match.ts";
import { readRoster } from "../roster/roster.ts";
import { findHers, whoIs } from "./find.ts";

const moodle = (name: string, id: string): Sent => ({
  name: `class.zip › ${name}_${id}`,
  sender: { layout: "moodle", entries: [], people: [{ name, id }] },
});
const SENT = [moodle("Rosa Ruiz", "18"), moodle("Rosa Ruiz", "20"), moodle("Bob Li", "21")];
const roster = (text: string) => readRoster(Buffer.from(text), "roster.csv");

test("of two people of one name, neither is told that nothing of hers is there: the roster has to tell them apart", () => {
  const twins = roster("id,name\ns1,Rosa Ruiz\ns2,Rosa Ruiz\ns3,Bob Li\n");
  expect(() => findHers(SENT, whoIs("s1", twins))).toThrow(
    /may be hers: .* a column Identifier .*in place of s1, give what reports call her submission/,
  );
  expect(findHers(SENT, whoIs("s3", twins)).map(({ at }) => at)).toEqual([2]);
  expect(findHers(SENT, whoIs("Rosa Ruiz_20", twins)).map(({ at }) => at)).toEqual([1]);
  const apart = roster("id,name,Identifier\ns1,Rosa Ruiz,Participant 18\ns2,Rosa Ruiz,Participant 20\n");
  expect(findHers(SENT, whoIs("s1", apart)).map(({ at }) => at)).toEqual([0]);
});

test("without a roster two numbers of one download are two people, and those of two downloads may be one's", () => {
  expect(() => findHers(SENT, whoIs("Rosa Ruiz"))).toThrow(/may be several people: .*_18, .*_20/);
  const weeks = ["1", "2"].map((week) => ({
    ...moodle("Bob Li", `2${week}`),
    name: `week ${week}.zip › Bob Li_2${week}`,
  }));
  expect(findHers(weeks, whoIs("Bob Li"))).toHaveLength(2);
});

test("what is her number in the roster is not taken for another person's on the platform", () => {
  const list = roster("id,name\n21,Rosa Ruiz\n7,Bob Li\n");
  const [, rosa, bob] = SENT as [Sent, Sent, Sent];
  expect(findHers([rosa, bob], whoIs("21", list)).map(({ at }) => at)).toEqual([0]);
});

test("what her download calls her is hers, too, where the roster does not have it; what a group's others are called is not", () => {
  const people = [
    { name: "Ada Byron", email: "countess@example.org" },
    { name: "Bob Li", email: "bob@example.org" },
  ];
  const sentBy = (some: typeof people): Sent[] => [
    { name: "class.zip › 1", sender: { layout: "moodle", entries: [], people: some } },
  ];
  const ada = whoIs("s1", roster("id,name\ns1,Ada Byron\n"));
  expect(findHers(sentBy(people.slice(0, 1)), ada)[0]?.names).toContain("countess@example.org");
  const [ofGroup] = findHers(sentBy(people), ada);
  expect(ofGroup).toMatchObject({ shared: true });
  expect(ofGroup?.names).not.toContain("bob@example.org");
});
