import { expect, test } from "vitest";
import { zip } from "../files/archive.fixture.ts";
import { type Entry, readClass, STUB } from "../people/class.fixture.ts";

const nb = "01-change-of-variables.ipynb";
const sq = "16-1-square.ts";
const si = "16-2-sigmoid.ts";
const exercises = "exercises/01-change-of-variables";
const inner = (...names: string[]) => zip(names.map((name) => ({ name, content: `inner ${name}` })));

type Due = Record<string, readonly string[] | RegExp>;

test.each<[what: string, layout: string, entries: Entry[], people: Due]>([
  [
    "a copy of the course",
    "course",
    [`${exercises}/${sq}`, `notebooks/${nb}`, `solutions/01-change-of-variables/${si}`],
    { "": [`16.1 notebooks/${nb}`] },
  ],
  [
    "an answered exercise beside an untouched notebook",
    "course",
    [`${exercises}/${sq}`, [`notebooks/${nb}`, STUB]],
    { "": [`16.1 ${exercises}/${sq}`] },
  ],
  [
    "a chapter's folder",
    "course",
    [`01-change-of-variables/${sq}`, `01-change-of-variables/${si}`],
    { "": [`16.1 01-change-of-variables/${sq}`, `16.2 01-change-of-variables/${si}`] },
  ],
  [
    "a copy of the course in folders of its own",
    "course",
    [`Übung/Jürgen/${exercises}/${sq}`, `Übung/Jürgen/lib/index.ts`],
    { "Übung/Jürgen": [`16.1 Übung/Jürgen/${exercises}/${sq}`] },
  ],
  [
    "a copy of the course with an older copy",
    "course",
    [`${exercises}/${sq}`, `backup/${exercises}/${si}`],
    { "": [`16.1 ${exercises}/${sq}`, `16.2 backup/${exercises}/${si}`] },
  ],
  [
    "one person's loose files",
    "one",
    [sq, si, nb, "scratch.ts", "notes.pdf"],
    { "": [`16.1 ${sq}`, `16.2 ${si}`] },
  ],
  [
    "names that say version and kind",
    "one",
    ["exercise_16_1_final.ts", "problem_16_2_v2.ts"],
    { "": ["16.1 exercise_16_1_final.ts", "16.2 problem_16_2_v2.ts"] },
  ],
  [
    "two versions of a file, without anybody's name",
    "one",
    ["p16_1_mine.ts", "problem_16_1_final.ts"],
    { "": ["16.1 problem_16_1_final.ts"] },
  ],
  [
    "one person's files by name",
    "one",
    ["ada_16_1.ts", "ada_16_2.ts"],
    { "": ["16.1 ada_16_1.ts", "16.2 ada_16_2.ts"] },
  ],
  ["one person with a helper's folder", "one", [sq, "helpers/logit.ts"], { "": [`16.1 ${sq}`] }],
  [
    "the only folder, with anybody's name",
    "one",
    [`ada/hand in/${nb}`],
    { "ada/hand in": [`16.1 ada/hand in/${nb}`] },
  ],
  ["an archive in an archive", "one", [["ada.zip", inner(sq)]], { "ada.zip": [`16.1 inner ${sq}`] }],
  [
    "a class in an archive beside instructions",
    "folders",
    [
      ["README.md", ""],
      ["week-1.zip", inner(`ada/${sq}`, `bob/${sq}`)],
    ],
    { "week-1.zip/ada": [`16.1 inner ada/${sq}`], "week-1.zip/bob": [`16.1 inner bob/${sq}`] },
  ],
  [
    "a download in an archive",
    "moodle",
    [["all.zip", inner(`A_1_assignsubmission_file/${sq}`, `B_2_assignsubmission_file/x.pdf`)]],
    { "all.zip/A_1": [`16.1 inner A_1_assignsubmission_file/${sq}`], "all.zip/B_2": /x\.pdf/ },
  ],
  [
    "folders, an archive, a file, an empty folder",
    "folders",
    [
      `ada/${sq}`,
      ["bob.zip", inner(`work/${sq}`)],
      "cyd.ipynb",
      "dan/",
      "eve/essay.docx",
      "fay.pdf",
      "grades.csv",
    ],
    {
      ada: [`16.1 ada/${sq}`],
      "bob.zip": [`16.1 inner work/${sq}`],
      "cyd.ipynb": ["16.1 cyd.ipynb"],
      dan: /no file was handed in/,
      eve: /essay\.docx/,
      "fay.pdf": /not a notebook/,
    },
  ],
  [
    "folders beside an untouched handout",
    "folders",
    [`Week 1/learner-01/${nb}`, `Week 1/learner-02/${nb}`, [`Week 1/${nb}`, STUB]],
    {
      "Week 1/learner-01": [`16.1 Week 1/learner-01/${nb}`],
      "Week 1/learner-02": [`16.1 Week 1/learner-02/${nb}`],
    },
  ],
  [
    "folders beside an answered file without a name",
    "folders",
    [`ada/${nb}`, `bob/${nb}`, nb],
    { ada: [`16.1 ada/${nb}`], bob: [`16.1 bob/${nb}`], [nb]: [`16.1 ${nb}`] },
  ],
  [
    "a teacher's folders beside people's",
    "folders",
    [`ada/${nb}`, `bob/${nb}`, `solutions/01-change-of-variables/${sq}`, `feedback/ada/${nb}`],
    { ada: [`16.1 ada/${nb}`], bob: [`16.1 bob/${nb}`] },
  ],
  [
    "people who handed in nothing that can be graded",
    "folders",
    ["ada/a.pdf", "bob/b.rar"],
    { ada: /a\.pdf: not a notebook/, bob: /b\.rar: not a zip archive/ },
  ],
  [
    "an assignment's folder named like the chapter",
    "folders",
    [`01-change-of-variables/ada/${sq}`, `01-change-of-variables/bob/${sq}`],
    {
      "01-change-of-variables/ada": [`16.1 01-change-of-variables/ada/${sq}`],
      "01-change-of-variables/bob": [`16.1 01-change-of-variables/bob/${sq}`],
    },
  ],
  [
    "a person's two notebooks, the later copy",
    "folders",
    [`ada/${nb}`, "ada/01-change-of-variables (1).ipynb", `bob/${nb}`],
    { ada: ["16.1 ada/01-change-of-variables (1).ipynb"], bob: [`16.1 bob/${nb}`] },
  ],
  [
    "flat, one kept the name",
    "files",
    [
      `Week 1/${nb}`,
      "Week 1/01-change-of-variables - learner-02.ipynb",
      "Week 1/01-change-of-variables_learner-03.ipynb",
    ],
    {
      [`Week 1/${nb}`]: [`16.1 Week 1/${nb}`],
      "Week 1/learner-02": ["16.1 Week 1/01-change-of-variables - learner-02.ipynb"],
      "Week 1/learner-03": ["16.1 Week 1/01-change-of-variables_learner-03.ipynb"],
    },
  ],
  [
    "flat, scripts and a notebook",
    "files",
    [sq, `learner-02_${sq}`, "learner-03.ipynb"],
    {
      [sq]: [`16.1 ${sq}`],
      "learner-02": [`16.1 learner-02_${sq}`],
      "learner-03.ipynb": ["16.1 learner-03.ipynb"],
    },
  ],
  [
    "flat, several files of each",
    "files",
    [`ada_${sq}`, `ada_${si}`, `Jürgen Groß_${sq}`, "Jürgen Groß_16.2.ts", "notes.xlsx"],
    {
      ada: [`16.1 ada_${sq}`, `16.2 ada_${si}`],
      "Jürgen Groß": [`16.1 Jürgen Groß_${sq}`, "16.2 Jürgen Groß_16.2.ts"],
    },
  ],
  [
    "flat, by what the files declare",
    "files",
    [["ada.ts", "// exercise: 16.1"], ["bob.ts", "// exercise: 16.1"], "cyd.pdf"],
    {
      "ada.ts": ["16.1 // exercise: 16.1"],
      "bob.ts": ["16.1 // exercise: 16.1"],
      "cyd.pdf": /not a notebook/,
    },
  ],
  [
    "flat, archives",
    "folders",
    [["ada.zip", inner(sq)], ["bob.zip", inner(`bob/${sq}`)], "cyd.rar"],
    { "ada.zip": [`16.1 inner ${sq}`], "bob.zip": [`16.1 inner bob/${sq}`], "cyd.rar": /not a zip archive/ },
  ],
  [
    "one person's folder beside an untouched handout",
    "folders",
    [`ada/${nb}`, [nb, STUB]],
    { ada: [`16.1 ada/${nb}`] },
  ],
  [
    "a person's notebook and script, by the same name",
    "files",
    ["ada.ipynb", `ada_${si}`, "bob.ipynb"],
    { ada: ["16.1 ada.ipynb", `16.2 ada_${si}`], "bob.ipynb": ["16.1 bob.ipynb"] },
  ],
  [
    "instructions beside folders",
    "folders",
    ["assignment.pdf", "Instructions.docx", "README.txt", `ada/${sq}`, `bob/${sq}`],
    { ada: [`16.1 ada/${sq}`], bob: [`16.1 bob/${sq}`] },
  ],
  [
    "one person's folder named version 2",
    "folders",
    [`ada/version 2/${sq}`, `bob/${sq}`, `cyd/${sq}`],
    { ada: [`16.1 ada/version 2/${sq}`], bob: [`16.1 bob/${sq}`], cyd: [`16.1 cyd/${sq}`] },
  ],
  [
    "flat, people who answered nothing yet",
    "files",
    [["ada.ipynb", STUB], ["bob.ipynb", STUB], `cyd_${sq}`],
    { "ada.ipynb": [`16.1 ${STUB}`], "bob.ipynb": [`16.1 ${STUB}`], cyd: [`16.1 cyd_${sq}`] },
  ],
  [
    "a person's old and new files",
    "folders",
    [`ada/old/${sq}`, `ada/new/${sq}`, `bob/zzz/backup/${sq}`, `bob/${sq}`],
    { ada: [`16.1 ada/new/${sq}`], bob: [`16.1 bob/${sq}`] },
  ],
  [
    "flat, the person first, as Classroom names",
    "files",
    [`Ada L - ${sq}`, `Ada L - ${si}`, `Bob - ${sq}`],
    { "Ada L": [`16.1 Ada L - ${sq}`, `16.2 Ada L - ${si}`], Bob: [`16.1 Bob - ${sq}`] },
  ],
])("%s", async (_what, layout, entries, people) => {
  const read = await readClass(entries);
  expect(read.layout).toBe(layout);
  expect(Object.keys(read.people).toSorted()).toEqual(Object.keys(people).toSorted());
  for (const [who, due] of Object.entries(people)) {
    if (due instanceof RegExp) expect(read.people[who]).toMatch(due);
    else expect((read.people[who] as string[]).toSorted()).toEqual(due);
  }
  expect(read.lost).toEqual([]);
});

const choice = (...layouts: string[]) =>
  new RegExp(`${layouts.map((name) => `--layout ${name}`).join(" or ")}$`);

test.each<[what: string, entries: Entry[], layouts: string[]]>([
  [
    "copies numbered by a browser or by Drive",
    [nb, "01-change-of-variables (1).ipynb", "01-change-of-variables (2).ipynb"],
    ["one", "files"],
  ],
  ["the same for scripts, in a folder", [`Week 1/${sq}`, "Week 1/16-1-square (1).ts"], ["one", "files"]],
  ["Jupyter's duplicates", [nb, "01-change-of-variables-Copy1.ipynb"], ["one", "files"]],
  ["one named file and one without a name", [sq, `ada_${si}`], ["one", "files"]],
  ["a folder with the same beside it", [nb, `ada/${nb}`], ["one", "folders"]],
  ["an archive beside a file", [sq, ["old.zip", inner(sq)]], ["one", "folders"]],
  ["somebody's script and one that says nothing", [`ada_${sq}`, "bob.ts"], ["one", "files"]],
  [
    "weeks, with people in each",
    [`Week 1/ada/${sq}`, `Week 1/bob/${sq}`, `Week 2/ada/${si}`, `Week 2/bob/${si}`],
    ["folders"],
  ],
  [
    "weeks, with people's files in each",
    [`Week 1/ada_${sq}`, `Week 1/bob_${sq}`, `Week 2/ada.ipynb`, "Week 2/bob.ipynb"],
    ["folders"],
  ],
  [
    "archives of whole classes",
    [
      ["group-a.zip", inner(`A_1_assignsubmission_file_${sq}`, `B_2_assignsubmission_file_${sq}`)],
      ["group-b.zip", inner(`C_3_assignsubmission_file_${sq}`)],
    ],
    ["folders"],
  ],
  [
    "a platform's names among others",
    [
      `A_1_assignsubmission_file/${sq}`,
      `B_2_assignsubmission_file/${sq}`,
      `cyd/${sq}`,
      `dan/${sq}`,
      `eve/${sq}`,
    ],
    ["moodle", "folders"],
  ],
])("refuses with the choices: %s", async (_what, entries, layouts) => {
  await expect(readClass(entries)).rejects.toThrow(choice(...layouts));
});

test("a layout that is asked for holds where the names say nothing, or something else", async () => {
  const copies: Entry[] = [nb, "01-change-of-variables (1).ipynb"];
  expect((await readClass(copies, "files")).people).toEqual({
    [nb]: [`16.1 ${nb}`],
    "01-change-of-variables (1).ipynb": ["16.1 01-change-of-variables (1).ipynb"],
  });
  const one = await readClass(copies, "one");
  expect(one.people).toEqual({ "": ["16.1 01-change-of-variables (1).ipynb"] });
  expect(one.notes[""]?.join("\n")).toMatch(/16\.1 is answered 2 times/);
  const mixed: Entry[] = [`A_1_assignsubmission_file/${sq}`, `cyd/${sq}`, `dan/${sq}`];
  expect(Object.keys((await readClass(mixed, "moodle")).people)).toEqual(["A_1", "cyd", "dan"]);
  await expect(readClass(copies, "canvas")).rejects.toThrow(/nothing in it is named as in the layout canvas/);
  await expect(readClass(copies, "blackbord")).rejects.toThrow(
    /no layout is called blackbord; there are moodle,/,
  );
});

test("a handout and what nobody owns are listed apart", async () => {
  const read = await readClass([
    `ada/${nb}`,
    `bob/${nb}`,
    [nb, STUB],
    "grades.csv",
    "expected.txt",
    `release/${nb}`,
  ]);
  expect(read.beside.toSorted()).toEqual([nb, "expected.txt", "grades.csv", `release/${nb}`]);
});
