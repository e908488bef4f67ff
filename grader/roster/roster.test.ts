import { expect, test } from "vitest";
import type { Known } from "../grading/sender.ts";
import { matchRoster, type Sent } from "./match.ts";
import { readRoster } from "./roster.ts";

const roster = (text: string) => readRoster(Buffer.from(text), "roster.csv");
const sent = (layout: string, ...people: Known[]): Sent => ({
  name: people.map(({ name, id, label }) => name ?? label ?? id).join("+"),
  sender: { layout, entries: [], people },
});
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
const own = roster(
  [
    "id,name,login,email,group",
    "s1,Ada Lovelace,ada,ada@x.org,A",
    's2,"Hopper, Grace",grace,g.hopper@x.org,A',
    "s3,Jörg Müller,,,B",
    "s4,Anna Schmidt,anna1,,B",
    "s5,Anna Schmidt,anna2,,",
    "s6,Vincent van Gogh,,,",
    "s7,Łukasz Groß,,,",
  ].join("\r\n"),
);
const whose = (one: Sent) => {
  const { of, unmatched } = matchRoster([one], own);
  return unmatched.length > 0 ? unmatched.map(({ why }) => why).join("; ") : names(of[0] ?? []).join(" + ");
};

test("columns by their usual names, also in platforms' exports", () => {
  expect(own.learners.slice(0, 2)).toEqual([
    { id: "s1", name: "Ada Lovelace", login: "ada", email: "ada@x.org", group: "A", row: 2 },
    { id: "s2", name: "Grace Hopper", login: "grace", email: "g.hopper@x.org", group: "A", row: 3 },
  ]);
  const canvas = roster(
    '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Flows 1 (4711)\r\n    Points Possible,,,,,12\r\n"Lovelace, Ada",101,s101,ada,Sec A,\r\n"Student, Test",9,,x,Sec A,\r\n',
  );
  expect(canvas.learners).toEqual([
    { name: "Ada Lovelace", canvas: "101", id: "s101", login: "ada", section: "Sec A", row: 3 },
  ]);
  const moodle = roster(
    "Identifier;Full name;Email address;Status\nParticipant 4711;Ada Lovelace;ada@x.org;Submitted\n",
  );
  expect(moodle.learners).toEqual([{ name: "Ada Lovelace", moodle: "4711", email: "ada@x.org", row: 2 }]);
  const halves = roster("First name\tSurname\tID number\nAda\tLovelace\t7\n");
  expect(halves.learners).toEqual([
    { name: "Ada Lovelace", first: "Ada", last: "Lovelace", id: "7", row: 2 },
  ]);
});

test.each([
  ["points,remark\n1,2", /expected a first row with some of the columns id, name.*got "points", "remark"/],
  ["id,name\n1,Ada\n1,Bob", /rows 2 and 3: expected another id for each learner; got "1" twice/],
  ["name,email\nAda,A@x.org\nBob,a@X.org", /rows 2 and 3: expected another email/],
  ["name,group\n,A", /row 2: expected a name, an id, a login or an e-mail address/],
  ["name,full name\nAda,Bob", /expected one column for each learner's name; got "name" and "full name"/],
  ["id,name\n", /expected a row for each learner/],
  ['name,id\n"Ada,1\nBob,2', /row 2: expected a second quote/],
])("a roster that cannot be taken says where and what to do: %j", (text, message) => {
  expect(() => roster(text)).toThrow(message);
});

test("bytes that are no UTF-8 are refused", () => {
  expect(() => readRoster(Buffer.from("name\nJ\xf6rg", "latin1"), "r.csv")).toThrow(/CSV UTF-8/);
});

test.each<[Sent, string | RegExp]>([
  [sent("moodle", { name: "Lovelace Ada", id: "4711" }), "Ada Lovelace"],
  [sent("canvas", { name: "lovelaceada", id: "101" }), "Ada Lovelace"],
  [sent("canvas", { name: "vangoghvincent", id: "102" }), "Vincent van Gogh"],
  [sent("canvas", { name: "müllerjörg", id: "103" }), "Jörg Müller"],
  [sent("teams", { name: "Joerg Mueller" }), "Jörg Müller"],
  [sent("teams", { name: "JORG MULLER" }), "Jörg Müller"],
  [sent("teams", { name: "Lukasz Gross" }), "Łukasz Groß"],
  [sent("blackboard", { login: "GRACE" }), "Grace Hopper"],
  [sent("blackboard", { login: "s4" }), "Anna Schmidt"],
  [sent("folders", { label: "g.hopper" }), "Grace Hopper"],
  [sent("folders", { label: "ada@x.org" }), "Ada Lovelace"],
  [sent("github", { label: "week-1-anna2" }), "Anna Schmidt"],
  [sent("gradescope", { name: "Anna Schmidt", id: "s5" }), "Anna Schmidt"],
  [sent("gradescope", { name: "Ada L.", id: "s1" }, { name: "Grace Hopper" }), "Ada Lovelace + Grace Hopper"],
  [sent("moodle", { name: "B", id: "17" }), "Jörg Müller + Anna Schmidt"],
  [sent("teams", { name: "Anna Schmidt" }), /may be Anna Schmidt \(row 5\) and Anna Schmidt \(row 6\)/],
  [
    sent("gradescope", { name: "Ada Lovelace", id: "s3" }),
    /several people's: by its number Jörg Müller \(row 4\), by its name Ada Lovelace \(row 2\)/,
  ],
  [sent("teams", { name: "Ada" }), /Ada is not in the roster/],
  [sent("canvas"), /nothing says whose it is; add what it is called to roster\.csv/],
])("whose is %j", (one, expected) => {
  if (typeof expected === "string") expect(whose(one)).toBe(expected);
  else expect(whose(one)).toMatch(expected);
});

test("a number of one platform is nobody's of another", () => {
  const two = roster("name,id\nAda Lovelace,101\nGrace Hopper,102\n");
  const { of } = matchRoster([sent("canvas", { name: "hoppergrace", id: "101" })], two);
  expect(names(of[0] ?? [])).toEqual(["Grace Hopper"]);
  expect(matchRoster([sent("canvas", { id: "101" })], two).of).toEqual([[]]);
});

test("a group shares what others of it handed in only where that was said, also several submissions", () => {
  const one = [sent("teams", { name: "Ada Lovelace" })];
  expect(names(matchRoster(one, own).absent)).toContain("Grace Hopper");
  const shared = matchRoster(one, own, { groups: true });
  expect(names(shared.of[0] ?? [])).toEqual(["Ada Lovelace", "Grace Hopper"]);
  expect(names(shared.absent)).not.toContain("Grace Hopper");
  const three = roster("name,group\nAda,A\nBob,A\nCy,A\n");
  const two = matchRoster([sent("teams", { name: "Ada" }), sent("teams", { name: "Bob" })], three, {
    groups: true,
  });
  expect(two.of.map(names)).toEqual([
    ["Ada", "Cy"],
    ["Bob", "Cy"],
  ]);
  expect([two.unmatched, two.absent]).toEqual([[], []]);
});

test("whose submission may be one that is nobody's is unsure: neither absent nor given her group's", () => {
  const twins = roster("name,id,group\nAda,1,A\nRosa,2,A\nRosa,3,B\nBob,4,B\n");
  const sentIn = [
    sent("moodle", { name: "Ada", id: "17" }),
    sent("moodle", { name: "Rosa", id: "18" }),
    sent("moodle", { name: "Bob", id: "19" }),
  ];
  const { of, absent, unsure, unmatched } = matchRoster(sentIn, twins, { groups: true });
  expect(of.map(names)).toEqual([["Ada"], [], ["Bob"]]);
  expect(absent).toEqual([]);
  expect([...unsure.keys()].map(({ id }) => id)).toEqual(["2", "3"]);
  expect([...unsure.values()][0]).toMatch(/may be hers: .*a column Identifier .*\(here 18\)/);
  expect(unmatched).toHaveLength(1);
  const told = roster("name,id,Identifier\nRosa,2,Participant 18\nRosa,3,Participant 20\n");
  const apart = matchRoster([sentIn[1] as Sent], told);
  expect(apart.of[0]?.map(({ id }) => id)).toEqual(["2"]);
  expect([names(apart.absent), apart.unsure.size]).toEqual([["Rosa"], 0]);
});
