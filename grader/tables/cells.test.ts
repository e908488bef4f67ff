import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { needingPython } from "../../setup/testing/needs.ts";
import { type Cell, readCells, replaceCells, writeCell } from "./cells.ts";
import { asText, FORMULA, removeMark } from "./formulas.ts";

const table = (text: string) => readCells(Buffer.from(text), "t.csv");
const values = ({ head, rows }: ReturnType<typeof table>) => [
  head,
  ...rows.map(({ cells }) => cells.map(({ value }) => value)),
];

test("quotes, line breaks in cells, both line ends, empty lines, no last line end", () => {
  expect(values(table('a,b\r\n"x, ""y""\nz",\r\n\r\n1,"2"3'))).toEqual([
    ["a", "b"],
    ['x, "y"\nz', ""],
    ["1", "23"],
  ]);
  expect(table("a;b,c;d\n1;2,5;3").rows[0]?.cells.map(({ value }) => value)).toEqual(["1", "2,5", "3"]);
  const excel = table("\ufeffsep=;\r\na,1;b\r\nx;y");
  expect([excel.head, excel.rows[0]?.number]).toEqual([["a,1", "b"], 3]);
  expect(replaceCells(excel, new Map())).toBe(excel.text);
  expect(table("a,b\n1,2\n\n3,4").rows.map(({ number }) => number)).toEqual([2, 4]);
});

test("what is not replaced stays byte for byte, whatever it is", () => {
  const cell = fc.string({ unit: fc.constantFrom(..."ab é😀;,\"'=\n\r\t-0 ") });
  const csv = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(csv, fc.constantFrom("\r\n", "\n"), fc.boolean(), (rows, end, mark) => {
      const head = "name,mark,else";
      const text = `${mark ? "\ufeff" : ""}${head}${end}${rows.map((row) => row.map((one) => writeCell(one)).join(",")).join(end)}`;
      const read = readCells(Buffer.from(text), "t");
      expect(replaceCells(read, new Map())).toBe(text);
      const [first] = read.rows;
      if (!first) return;
      const [own, other] = first.cells as [Cell, Cell];
      const changed = replaceCells(read, new Map([[other, 'a "new", mark']]));
      expect(changed.slice(0, own.end)).toBe(text.slice(0, own.end));
      expect(changed.endsWith(text.slice(other.end))).toBe(true);
      const again = readCells(Buffer.from(changed), "t").rows[0]?.cells.map(({ value }) => value);
      expect(again).toEqual(first.cells.map((one) => (one === other ? 'a "new", mark' : one.value)));
    }),
    { numRuns: 300, seed: 11 },
  );
});

needingPython().test("Python's csv module reads the same cells", () => {
  const cells = fc.sample(
    fc.array(fc.string({ unit: fc.constantFrom(..."ab é;,\"'= \n") }), { minLength: 3, maxLength: 3 }),
    { numRuns: 200, seed: 7 },
  );
  const text = ["x,y,z", ...cells.map((row) => row.map((one) => writeCell(one)).join(","))].join("\r\n");
  const script =
    "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(), newline='')))))";
  const read: string[][] = JSON.parse(
    execFileSync("python3", ["-c", script], { input: text, encoding: "utf8" }),
  );
  expect(read.slice(1)).toEqual(cells);
  const ours = readCells(Buffer.from(text), "t").rows.map((row) => row.cells.map(({ value }) => value));
  expect(ours).toEqual(cells.filter((row) => row.some((one) => one.trim() !== "")));
});

test("what a spreadsheet would compute becomes a text and can be read back; numbers stay numbers", () => {
  for (const value of ["=1+1", "+a", "-cmd", "@x", "\tx", "\r=x", "x\n=y", "'=1", "＝1", "=1\nsecond line"]) {
    const safe = asText(value);
    expect(safe).not.toMatch(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
    expect(removeMark(safe)).toBe(value);
  }
  for (const value of ["-2.5", "-1", "3", "0,5", "Ada", "'tis", ""]) expect(asText(value)).toBe(value);
  expect(FORMULA.test("-2.5")).toBe(true);
});
