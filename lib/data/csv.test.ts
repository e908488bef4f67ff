import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { csvTable } from "./csv.ts";
import { temporaryFolder } from "./temporary-folder.fixture.ts";

const folder = temporaryFolder();

function file(text: string): string {
  const where = path.join(folder, "table.csv");
  writeFileSync(where, text);
  return where;
}

test("a table with names, quotes, spaces, empty lines and Windows line ends", () => {
  const text = '\uFEFFx,"y, in m",z\r\n1, 2.5 ,-3e2\r\n\r\n"4",5,6\r\n';
  const { data, columns } = csvTable(file(text));
  expect(columns).toEqual(["x", "y, in m", "z"]);
  expect([data.shape, data.dtype]).toEqual([[2, 3], "float32"]);
  expect(Array.from(data.dataSync())).toEqual([1, 2.5, -300, 4, 5, 6]);
});

test("a table without names counts its columns", () => {
  const { data, columns } = csvTable(file("1;2\n3;4"), { delimiter: ";" });
  expect([columns, data.arraySync()]).toEqual([
    ["1", "2"],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(csvTable(file("1,2\n3,4"), { header: true }).columns).toEqual(["1", "2"]);
  expect(csvTable(file("1,2\n3,4"), { header: true }).data.shape).toEqual([1, 2]);
});

test("wanted columns, in the wanted order; the others need not be numbers", () => {
  const { data, columns } = csvTable(file("name,x,y\nAda,1,2\nEmmy,3,4"), { columns: ["y", "x"] });
  expect([columns, data.arraySync()]).toEqual([
    ["y", "x"],
    [
      [2, 1],
      [4, 3],
    ],
  ]);
});

test("columns of the same name are taken by their place, and not by their name", () => {
  const twice = file("a,b,a\n1,2,3\n4,5,6");
  const { data, columns } = csvTable(twice);
  expect([columns, Array.from(data.dataSync())]).toEqual([
    ["a", "b", "a"],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect(csvTable(twice, { columns: ["b"] }).data.arraySync()).toEqual([[2], [5]]);
  expect(() => csvTable(twice, { columns: ["b", "a"] })).toThrow(/one column "a"; found several in a, b, a/);
  expect(() => csvTable(twice, { columns: [] })).toThrow(/at least one column/);
});

test("what float32 cannot hold is refused, and so are names without numbers", () => {
  expect(csvTable(file("x\n-3e38\n1e-50")).data.arraySync()).toEqual([[Math.fround(-3e38)], [0]]);
  expect(() => csvTable(file("x\n1\n1e39"))).toThrow(/line 3, column "x": .*up to 3.4e38.*; got "1e39"/);
  expect(() => csvTable(file("x,y\n"))).toThrow(
    /table.csv: expected rows of numbers under the names x, y; found none/,
  );
});

test("what is no table of numbers is refused, with the place", () => {
  expect(() => csvTable(file("x,y\n1,2\n3,n/a"))).toThrow(/table.csv, line 3, column "y": .*got "n\/a"/);
  expect(() => csvTable(file("x,y\n1,\n"))).toThrow(/line 2, column "y": expected a number; got ""/);
  expect(() => csvTable(file("x,y\n1,2\n3"))).toThrow(/not a table: .*[Ll]ine 3/);
  expect(() => csvTable(file('x\n"1'))).toThrow(/not a table/);
  expect(() => csvTable(file(""))).toThrow(/empty/);
  expect(() => csvTable(file("x,y\n1,2"), { columns: ["z"] })).toThrow(/column "z"; found x, y/);
  expect(() => csvTable(path.join(folder, "missing.csv"))).toThrow(/ENOENT/);
});
