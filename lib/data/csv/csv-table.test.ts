import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.fixture.ts";
import { csvTable } from "./csv-table.ts";

const folder = temporaryFolder();

function file(text: string | Uint8Array): string {
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

describe("a value that is missing", () => {
  const gaps = () => file('a,b\n1,\n2,NA\n3,?\n4,"NaN"\n5,null\n6,7\n');

  test("is an error with its place and the remedy", () => {
    expect(() => csvTable(gaps())).toThrow(
      /line 2, column "b": expected a number; got "". Say missing: "skip"/,
    );
    expect(() => csvTable(file("a\n1\nnan"))).toThrow(/line 3, column "a".*got "nan".*missing: "skip"/);
  });

  test("takes its row away, if that is wanted, and the number of such rows is told", () => {
    const { data, skipped } = csvTable(gaps(), { missing: "skip" });
    expect([data.arraySync(), skipped]).toEqual([[[6, 7]], 5]);
    expect(csvTable(gaps(), { missing: "skip", columns: ["a"] }).skipped).toBe(0);
    expect(() => csvTable(file("a,b\n1,NA"), { missing: "skip" })).toThrow(
      /found 1, in each of which a value is missing/,
    );
  });

  test("is replaced by a number, if that is wanted", () => {
    const { data, skipped } = csvTable(gaps(), { missing: -1 });
    expect([Array.from(data.dataSync()), skipped]).toEqual([[1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6, 7], 0]);
  });

  test("is not what is wrong otherwise, and does not make names of a row", () => {
    expect(() => csvTable(file("a\n1\nx"), { missing: "skip" })).toThrow(/line 3.*got "x"/);
    expect(csvTable(file("1,NA\n2,3"), { missing: 0 }).data.arraySync()).toEqual([
      [1, 0],
      [2, 3],
    ]);
  });
});

test("the first line by which Excel is told the delimiter tells it here, too, and is none of the table", () => {
  for (const first of ["sep=;", '"sep=;"', "SEP=;  ", "\uFEFFsep=;", "sep=;;"]) {
    const { data, columns } = csvTable(file(`${first}\r\nx;y\r\n1;2\r\n`));
    expect([columns, data.arraySync()], first).toEqual([["x", "y"], [[1, 2]]]);
  }
  expect(csvTable(file("sep=\t\nx y\tz\n1\t2")).columns).toEqual(["x y", "z"]);
  expect(csvTable(file("sep=,\nx;y\n1;2"), { delimiter: ";" }).columns).toEqual(["x", "y"]);
  expect(csvTable(file("sep=^\nx^y\n1^2")).data.arraySync()).toEqual([[1, 2]]);
  expect(() => csvTable(file("sep=;\nx;y\n1;z"))).toThrow(/line 3, column "y"/);
  expect(() => csvTable(file("sep=,\nx,y\n1,2"), { decimal: "," })).toThrow(
    /another decimal sign, or a delim/,
  );
  expect(csvTable(file("sep=a\n1")).columns).toEqual(["sep=a"]);
});

describe("names of rows, which R writes under one name less", () => {
  const cars = () => file('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun 710" 22.8 4\n"NA" NA 8\n');

  test("are no column of the data, and told", () => {
    const { data, columns, rowNames, skipped } = csvTable(cars(), { missing: "skip" });
    expect([columns, rowNames, skipped]).toEqual([["mpg", "cyl"], ["Mazda RX4", "Datsun 710"], 1]);
    expect(data.shape).toEqual([2, 2]);
    expect(csvTable(file("x,y\n1,2\n3,4"))).not.toHaveProperty("rowNames");
  });

  test("are classes or numbers, if that is wanted", () => {
    const { labels, rowNames } = csvTable(cars(), { missing: 0, labels: "" });
    expect([labels?.names, rowNames?.length]).toEqual([["Datsun 710", "Mazda RX4", "NA"], 3]);
    const { data } = csvTable(file("x,y\n7,1,2\n8,3,4"), { columns: ["", "y"] });
    expect(data.arraySync()).toEqual([
      [7, 2],
      [8, 4],
    ]);
  });

  test("are none where a row is too long, or ends in a delimiter, or the file has no names", () => {
    expect(() => csvTable(file("x,y\na,1,2\nb,3,4,5"))).toThrow(/line 3 has 4 fields; the second has 3/);
    expect(() => csvTable(file("x,y\na,1,2\n3,4"))).toThrow(/line 3 has 2 fields; the second has 3/);
    expect(() => csvTable(file("x,y\n1,2,\n3,4,"))).toThrow(/line 2 has 3 fields; the first has 2/);
    expect(() => csvTable(file("1,2\n3,4,5"))).toThrow(/line 2 has 3 fields; the first has 2/);
    expect(() => csvTable(file("x,y\na,1,2"), { header: false })).toThrow(/line 1, column "1"/);
  });
});

test("numbers to another base than ten are refused by name, wherever they would be read", () => {
  for (const number of ["0x10", "0X0", " 0b11", "0o17", '"0x10"', "\u00a00x10"]) {
    const refused = () => csvTable(file(`x,y\n1,${number}`));
    expect(refused, number).toThrow(/column "y": expected a number; .*base ten, or say labels: "y"/);
    expect(() => csvTable(file(`x;y\n1;${number}`), { decimal: "," })).toThrow(/base ten/);
  }
  expect(csvTable(file("x,y\n0,00.5\n01,0e3")).data.arraySync()).toEqual([
    [0, 0.5],
    [1, 0],
  ]);
});

test("what divides thousands is named, with the number without it", () => {
  const advice = (field: string, options = {}) => {
    let said = "";
    try {
      csvTable(file(`x;y\n1;${field}`), { delimiter: ";", ...options });
    } catch (error) {
      said = (error as Error).message.replace(/^.*"\. /, "");
    }
    return said;
  };
  const out = (sign: string, rest: string) => `Take the ${sign} between thousands out of the file: ${rest}`;
  expect(advice("1.234,5")).toBe(`${out('"."', "1234,5")}, and say decimal: ","`);
  expect(advice("-1.234.567,5", { decimal: "," })).toBe(out('"."', "-1234567,5"));
  expect(advice("1,234.5")).toBe(out('","', "1234.5"));
  expect(advice("1,234.5", { decimal: "," })).toBe(`${out('","', "1234.5")}, and say decimal: "."`);
  expect(advice("1.234.567")).toBe(out('"."', "1234567"));
  expect(advice("1'234.5")).toBe(out('"\'"', "1234.5"));
  expect(advice("1 234,5")).toBe(`${out("space", "1234,5")}, and say decimal: ","`);
  expect(advice("1,234")).toMatch(
    /^Say decimal: "," if .*, or take the "," between thousands out of .*: 1234$/,
  );
  expect(advice("1.500", { decimal: "," })).toMatch(/^Say decimal: "\." if .*, or take the "\." .*: 1500$/);
});

test("infinite numbers are said to be too large, not to be classes", () => {
  for (const infinite of ["Inf", "-inf", "Infinity", "1e400"]) {
    expect(() => csvTable(file(`x,y\n1,${infinite}`)), infinite).toThrow(/a number up to 3.4e38/);
  }
});

test("a value without a number that a comment's sign begins is no comment", () => {
  const table = () => file("x,y\n1,2\n#N/A,3\n#DIV/0! ,4\n# N/A,5\n#N/A is missing\n#NUM!,6");
  expect(csvTable(table(), { missing: -1 }).data.arraySync()).toEqual([
    [1, 2],
    [-1, 3],
    [-1, 4],
    [-1, 6],
  ]);
  expect(() => csvTable(table())).toThrow(/line 3, column "x": .*#N\/A/);
});

test.each([
  "nil",
  "-",
  "--",
  "\u2013",
  "..",
  ":",
  "Missing",
  "unknown",
  "#DIV/0!",
  "#REF!",
  "(null)",
  "NaT",
  "+nan",
  "n.a.",
  "#NA",
  "#N/A N/A",
  ".",
  "\\N",
  "1.#QNAN",
  "-1.#IND",
  "<NA>",
  "-NaN",
])("%s is how some program writes a missing value", (written) => {
  const table = () => file(`a,b\n1,${written}\n2,3`);
  expect(() => csvTable(table())).toThrow(/Say missing: "skip"/);
  const { data, skipped } = csvTable(table(), { missing: "skip" });
  expect([data.arraySync(), skipped]).toEqual([[[2, 3]], 1]);
});

test("the path of the file is a text: a number would be a file that is open, and may never end", () => {
  for (const wrong of [undefined, null, 0, 5, "", ["a.csv"]]) {
    expect(() => csvTable(wrong as string)).toThrow(/csvTable: expected the path of a file, e.g. csvTable/);
  }
});

describe("labels", () => {
  test("are numbered in the order of their names, and are no column of the data", () => {
    const { data, columns, labels } = csvTable(file('x,species\n1,"Iris, wild"\n2,Aster\n3, Aster '), {
      labels: "species",
    });
    expect([data.arraySync(), columns]).toEqual([[[1], [2], [3]], ["x"]]);
    expect([labels?.names, labels?.data.dtype]).toEqual([["Aster", "Iris, wild"], "int32"]);
    expect(Array.from(labels?.data.dataSync() ?? [])).toEqual([1, 0, 0]);
  });

  test("that are numbers are in the order of numbers", () => {
    const { labels } = csvTable(file("x,digit\n1,10\n2,9\n3,-1"), { labels: "digit", columns: ["x"] });
    expect([labels?.names, Array.from(labels?.data.dataSync() ?? [])]).toEqual([
      ["-1", "9", "10"],
      [2, 1, 0],
    ]);
  });

  test("are left out with the rows that are skipped, and cannot be replaced by a number", () => {
    const table = () => file("x,y\n1,a\nNA,b\n3,\n4,c");
    const { data, labels, skipped } = csvTable(table(), { labels: "y", missing: "skip" });
    expect([data.arraySync(), labels?.names, skipped]).toEqual([[[1], [4]], ["a", "c"], 2]);
    expect(() => csvTable(table(), { labels: "y", missing: 0 })).toThrow(
      /line 4, column "y": expected a class/,
    );
  });

  test("are what to do with a column of texts", () => {
    expect(() => csvTable(file("x,y\n1,a"))).toThrow(/column "y".*got "a". Say labels: "y"/);
    expect(() => csvTable(file("y\na"), { labels: "y" })).toThrow(
      /columns of numbers beside that of the labels/,
    );
    expect(() => csvTable(file("x,y\n1,a"), { labels: "z" })).toThrow(/column "z"; found x, y/);
  });
});

describe("a decimal comma", () => {
  test("is read, if that is said, and then a point is refused", () => {
    const german = 'Breite;Höhe\n1,5;-2e1\n",25"; 1.5';
    const wrong = () => csvTable(file(german), { decimal: "," });
    expect(wrong).toThrow(/line 3, column "Höhe".*got "1.5". Say decimal: "."/);
    const { data, columns } = csvTable(file(german.replace("1.5", "-3,0")), { decimal: "," });
    expect([data.arraySync(), columns]).toEqual([
      [
        [1.5, -20],
        [0.25, -3],
      ],
      ["Breite", "Höhe"],
    ]);
    expect(csvTable(file("1,5\n2,5"), { decimal: "," }).data.arraySync()).toEqual([[1.5], [2.5]]);
  });

  test("is suggested where it stands", () => {
    expect(() => csvTable(file("x;y\n1;2,5"))).toThrow(/column "y".*got "2,5". Say decimal: ","/);
    expect(() => csvTable(file("x;y\n1;1.234,5"), { decimal: "," })).toThrow(/got "1.234,5"/);
  });
});

describe("the delimiter", () => {
  test.each([
    ["x;y\n1;2\n3;4", ";"],
    ["x\ty\n1\t2\n3\t4", "\t"],
    ["x|y\n1|2\n3|4", "|"],
    ["x y\n1 2\n3 4", " "],
    ["  x      y\n  1 \t  2.0\r\n 3.0e0  4 ", " "],
    ['"x","y"\n"1","2"\n3,4', ","],
    ['\uFEFF# from the lab; 3, 4, 5\nx;y\n"1";"2"\n3;4', ";"],
  ])("is found in %j", (text) => {
    const { data, columns } = csvTable(file(text));
    expect([columns, data.arraySync()]).toEqual([
      ["x", "y"],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  test("is found in whatever table is written with it", () => {
    const cell = fc.oneof(
      fc.integer({ min: -1000, max: 1000 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Number(value.toFixed(3))),
    );
    const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.record({
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 8,
        }),
        delimiter: fc.constantFrom(",", ";", "\t", "|", " "),
        named: fc.boolean(),
        quoted: fc.boolean(),
        end: fc.constantFrom("\n", "\r\n", "\r"),
      }),
    );
    fc.assert(
      fc.property(table, ({ rows, delimiter, named, quoted, end }) => {
        const names = rows[0].map((_, i) => `column ${i}`.replace(" ", delimiter === " " ? "_" : " "));
        const lines = [...(named ? [names] : []), ...rows].map((row) =>
          row.map((value) => (quoted ? `"${value}"` : `${value}`)).join(delimiter),
        );
        const { data, columns } = csvTable(file(lines.join(end)));
        expect(data.arraySync()).toEqual(rows.map((row) => row.map((value) => Math.fround(value) + 0)));
        expect(columns).toEqual(named ? names : names.map((_, i) => String(i + 1)));
        data.dispose();
      }),
      { seed: 20261128, numRuns: 300 },
    );
  });

  test("that is given wins, and is suggested where it is another", () => {
    expect(() => csvTable(file("x;y\n1;2"), { delimiter: "," })).toThrow(
      /column "x;y".*got "1;2". Say delimiter: ";"/,
    );
  });
});

test("comments are no data, wherever a line begins with their sign", () => {
  const text = "# a, b, c\nx,y\n1,2\n#3\n#\n5,6\n# end";
  expect(csvTable(file(text)).data.arraySync()).toEqual([
    [1, 2],
    [5, 6],
  ]);
  expect(csvTable(file("%1\nx\n2"), { comment: "%" }).data.arraySync()).toEqual([[2]]);
  const { labels } = csvTable(file("id,x\n#1,2"), { labels: "id", comment: "" });
  expect(labels?.names).toEqual(["#1"]);
  // A mark within a line, or in quotes, is none.
  expect(csvTable(file('x#,y\n"1",2')).columns).toEqual(["x#", "y"]);
  expect(csvTable(file('"#x",y\n1,2')).columns).toEqual(["#x", "y"]);
  expect(() => csvTable(file("# nothing\n\n"))).toThrow(/empty/);
});

test("a first line that may be names or a row is not guessed at", () => {
  const iris = () => file("5.1,3.5,setosa\n4.9,3.0,virginica");
  expect(() => csvTable(iris())).toThrow(/may name the columns or be a row.*header: true or header: false/);
  expect(csvTable(iris(), { header: false, labels: "3" }).data.shape).toEqual([2, 2]);
  expect(csvTable(iris(), { labels: "3" }).data.shape).toEqual([2, 2]);
  const years = () => file("country,1990\nNorway,5");
  expect(csvTable(years(), { labels: "country" }).data.arraySync()).toEqual([[5]]);
  expect(csvTable(file("label,0,1\n7,5,6")).columns).toEqual(["label", "0", "1"]);
});

test("UTF-16, as spreadsheets write it, and the line ends of every system", () => {
  const utf16 = Buffer.from("\uFEFFHöhe\tx\r\n1\t2\r\n", "utf16le");
  expect(csvTable(file(utf16)).columns).toEqual(["Höhe", "x"]);
  expect(csvTable(file(Buffer.from(utf16).swap16())).columns).toEqual(["Höhe", "x"]);
  for (const text of ["x,y\r1,2\r3,4\r", "x,y\r\n1,2\n3,4", 'x,"y"\n1,"2"\r\n3,4\r\n']) {
    expect(Array.from(csvTable(file(text)).data.dataSync())).toEqual([1, 2, 3, 4]);
  }
});

test("another encoding is refused: its letters would all become one, and its classes too", () => {
  const latin = Buffer.from("x,y\n1,Ä\n2,Ö", "latin1");
  expect(() => csvTable(file(latin), { labels: "y" })).toThrow(
    /table.csv: expected text in UTF-8; .*Save it as UTF-8/,
  );
  const half = Buffer.from([0xff, 0xfe, 0x78, 0x00, 0x00, 0xd8, 0x78, 0x00]);
  expect(() => csvTable(file(half))).toThrow(/expected text in UTF-16LE/);
  const { labels } = csvTable(file("x,y\n1,Ä\n2,Ö"), { labels: "y" });
  expect(labels?.names).toEqual(["Ä", "Ö"]);
});

test("the line of a fault is counted with comments, empty lines and line breaks in quotes", () => {
  expect(() => csvTable(file('# a\n\n"x\n1",y\n\n#b\n1,2\n3,z\n4,5'))).toThrow(/line 8, column "y"/);
  expect(() => csvTable(file("x,y\n1,2\n\n1,2,3\n"))).toThrow(
    /not a table: line 4 has 3 fields; the first has 2/,
  );
  expect(() => csvTable(file('x,y\n1,2\n"3"4,5\n6,7'))).toThrow(/not a table: line 3: .*closing quote/);
});

test("options without a meaning are refused by value", () => {
  const table = file("x,y\n1,2");
  const wrong: [object, RegExp][] = [
    [{ columns: "x" }, /list of names; got "x"/],
    [{ columns: [1] }, /list of names; got \[1\]/],
    [{ labels: ["y"] }, /name of a column; got \["y"\]/],
    [{ missing: "drop" }, /"skip", or a number.*got "drop"/],
    [{ missing: Number.NaN }, /finite in float32; got NaN/],
    [{ missing: 1e39 }, /finite in float32; got 1e\+39/],
    [{ decimal: ";" }, /"\." or ","; got ";"/],
    [{ decimal: ",", delimiter: "," }, /another delimiter than the decimal sign/],
    [{ delimiter: "#", comment: "#" }, /another delimiter than the comment sign/],
    [{ delimiter: "" }, /a delimiter.*got ""/],
    [{ delimiter: "\n" }, /a delimiter/],
    [{ comment: '"' }, /a comment sign/],
    [{ header: "no" }, /header: true or false; got "no"/],
  ];
  for (const [options, message] of wrong) {
    expect(() => csvTable(table, options), JSON.stringify(options)).toThrow(message);
    expect(() => csvTable(table, options)).toThrow(RangeError);
  }
});

test("100,000 rows of 20 numbers take less than a second of the processor, and 150 MB", () => {
  const line = Array.from({ length: 20 }, (_, i) => ((i - 9.5) * Math.E).toFixed(6)).join(",");
  const table = file(`${Array.from({ length: 20 }, (_, i) => `c${i}`)}\n${`${line}\n`.repeat(100_000)}`);
  const module = pathToFileURL(path.join(import.meta.dirname, "csv-table.ts")).href;
  const small = path.join(folder, "small.csv");
  writeFileSync(small, "x,y\n1,2\n");
  const program = `
    const { csvTable } = await import(${JSON.stringify(module)});
    csvTable(${JSON.stringify(small)}).data.dispose();
    const [before, started] = [process.memoryUsage().rss, process.cpuUsage()];
    const { data } = csvTable(${JSON.stringify(table)});
    const { user, system } = process.cpuUsage(started);
    const megabytes = process.resourceUsage().maxRSS / 1024 - before / 2 ** 20;
    console.log(JSON.stringify({ shape: data.shape, seconds: (user + system) / 1e6, megabytes }));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    env: { ...process.env, FLOWLAB_BACKEND: "wasm" },
  });
  const { shape, seconds, megabytes } = JSON.parse(output);
  expect(shape).toEqual([100_000, 20]);
  // 0.25 s and 80 MB, where the machine has nothing else to do.
  expect(seconds).toBeLessThan(1);
  expect(megabytes).toBeLessThan(150);
});

test("the text of a table in place of its file's name is told apart, and not given back", () => {
  const text = `a,b\n${"1,2\n".repeat(1000)}`;
  expect(() => csvTable(text)).toThrow(
    'csvTable: expected the path of a file, e.g. csvTable("people.csv"); got a text of 4004 characters in several lines. Write it into a file',
  );
  expect(() => csvTable(text)).not.toThrow("1,2");
});
