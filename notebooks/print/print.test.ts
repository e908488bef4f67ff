import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { notebookSlugs } from "../build/generated.ts";
import { findChromium, printToPdf } from "./chromium.ts";
import { printDocument } from "./document.ts";

const root = join(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "flowlab-print-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const browser = findChromium();
const withBrowser = needing("a browser", "missing" in browser ? browser.missing : undefined);

function print(options: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "notebooks/print/cli.ts"), ...options],
    {
      encoding: "utf8",
      cwd: scratch,
      env: { ...process.env, ...env },
    },
  );
  return { status, stdout, stderr };
}

const markdown = (source: string) => ({ cell_type: "markdown", metadata: {}, source });
const code = (source: string, outputs: object[] = [], metadata = {}) => ({
  ...{ cell_type: "code", execution_count: null, metadata, outputs, source },
});
const data = (bundle: object) => ({ output_type: "display_data", data: bundle, metadata: {} });

function notebook(name: string, cells: readonly object[]): string {
  const path = join(scratch, name);
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

describe("the page", () => {
  const page = (...cells: object[]) => printDocument(cells as never, "name").html;

  test("formulas are drawn, with their fonts in the page: nothing is asked of anybody", () => {
    const html = page(
      markdown("# Title\n\n$$Pr(x) = \\left|\\frac{\\partial f}{\\partial z}\\right|^{-1}$$"),
    );
    expect(html).toContain("<title>Title</title>");
    expect(html).toMatch(/class="katex-display"/);
    expect(html.match(/font\/woff2;base64,/g)?.length).toBeGreaterThanOrEqual(20);
    for (const [, url] of html.matchAll(/url\(([^)]{0,30})/g)) expect(url).toMatch(/^data:/);
    expect(html).not.toMatch(/<script|<link/);
  });

  test("a figure is its picture, with what it says in words, not the page that would draw it", () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Bars of 3 &amp; 4.</title></svg>';
    const html = page(
      code("f();", [data({ "text/html": "<div><script>1</script></div>", "image/svg+xml": [svg] })]),
    );
    expect(html).toContain('alt="Bars of 3 &amp; 4."');
    expect(html).toContain(Buffer.from(svg).toString("base64"));
  });

  test("what somebody wrote cannot run or load anything", () => {
    const html = page(
      markdown('<script src="https://x.test/a.js"></script><img src="https://x.test/b.png"> <b>bold</b>'),
      code("</pre><script>steal()</script>", [
        data({ "text/html": "<p>kept</p><script>steal()</script><link href=x>" }),
      ]),
    );
    expect(html).toContain("default-src 'none'; img-src data:");
    expect(html).toContain("&lt;/pre&gt;&lt;script&gt;steal()");
    expect(html).toContain("<p>kept</p>");
    expect(html).not.toContain("<link");
    expect(html).toContain("<b>bold</b>");
  });

  test("texts, errors without their colours, tables and prints are kept; an output of scripts alone is nothing", () => {
    const html = page(
      code("a", [{ output_type: "stream", name: "stdout", text: ["one\n", "two\n"] }]),
      code("b", [
        { output_type: "error", ename: "E", evalue: "v", traceback: ["\u001b[31mE\u001b[0m: v < 1"] },
      ]),
      code("c", [data({ "text/html": "<script>plotly()</script>", "text/plain": "" })]),
      code("d", [data({ "text/markdown": "**m** $x$" })]),
    );
    expect(html).toContain('<pre class="output ">one\ntwo</pre>');
    expect(html).toContain('<pre class="output error">E: v &lt; 1</pre>');
    expect(html).toContain('<pre class="source">c</pre></section>');
    expect(html).toContain("<strong>m</strong>");
  });

  test("answers of predictions and of the quiz stand on the last pages only", () => {
    const card =
      '<div>no guess<details style="x"><summary style="y">Show the answer</summary><p>Two peaks.</p></details></div>';
    const html = page(
      code("predict.answer()", [data({ "text/html": card })], {
        flowlab: { prediction: "peaks", role: "answer" },
      }),
      code("predict()", [], { flowlab: { prediction: "recipe", role: "guess" } }),
      markdown("The end."),
    );
    const [before, after] = html.split("The end.");
    expect(before).toContain("The answer is on the last pages");
    expect(before).not.toContain("Two peaks.");
    expect(after).toMatch(
      /<h2>Answers<\/h2>[\s\S]*peaks[\s\S]*Two peaks\.[\s\S]*recipe[\s\S]*uniform-inverse/,
    );
    // A question that this edition does not have is no hurdle.
    expect(page(code("x", [], { flowlab: { prediction: "gone", role: "answer" } }))).not.toContain("Answers");
  });
});

describe("the command", () => {
  const touch = join(scratch, "was-run");
  const hers = () => [
    markdown("# Hers"),
    code(`(await import("node:fs")).writeFileSync(${JSON.stringify(touch)}, ""); 41 + 1;`),
  ];

  test("a notebook in which somebody has written is not executed unasked, and it is said what is missing", () => {
    const path = notebook("hers.ipynb", hers());
    const before = readFileSync(path, "utf8");
    const { status, stdout, stderr } = print([path], { CHROMIUM: "/nowhere/chromium" });
    expect(existsSync(touch)).toBe(false);
    expect(stderr).toContain("--run executes it");
    // Without a browser: said, and a page that any browser prints.
    expect(stderr).toContain("CHROMIUM=/nowhere/chromium: there is no such file. HTML is written instead");
    expect(status).toBe(1);
    expect(stdout.trim()).toBe(join(scratch, "print/hers.html"));
    expect(readFileSync(join(scratch, "print/hers.html"), "utf8")).toContain("<title>Hers</title>");
    expect(readFileSync(path, "utf8")).toBe(before);
  }, 30_000);

  test("with --run it is executed by the course's kernel, and its file stays as it is", () => {
    const path = notebook("hers-run.ipynb", hers());
    const before = readFileSync(path, "utf8");
    print(["--run", "--out", "executed", path], { CHROMIUM: "/nowhere/chromium" });
    expect(existsSync(touch)).toBe(true);
    expect(readFileSync(join(scratch, "executed/hers-run.html"), "utf8")).toContain(
      '<pre class="output ">42</pre>',
    );
    expect(readFileSync(path, "utf8")).toBe(before);
  }, 60_000);

  test("outputs that stand in it are printed, and a cell that fails leaves what came before", () => {
    const stored = notebook("stored.ipynb", [code("x", [data({ "text/plain": "stored" })])]);
    print(["--out", "stored", stored], { CHROMIUM: "/nowhere" });
    expect(readFileSync(join(scratch, "stored/stored.html"), "utf8")).toContain(">stored</pre>");
    const failing = notebook("failing.ipynb", [
      code("6 * 7;"),
      code("throw new Error('no');"),
      code("'after';"),
    ]);
    const { status, stderr } = print(["--run", "--out", "failed", failing], { CHROMIUM: "/nowhere" });
    expect(status).toBe(1);
    expect(stderr).toContain("failed: no. What came before it is printed");
    expect(readFileSync(join(scratch, "failed/failing.html"), "utf8")).toContain(
      '<pre class="output ">42</pre>',
    );
  }, 60_000);

  test("what cannot be printed is refused by name, and nothing is left behind", () => {
    expect(print(["--help"])).toMatchObject({ status: 0, stderr: "" });
    expect(print(["77"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no chapter "77"; there are'),
    });
    expect(print(["none.ipynb"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is not a notebook that can be read"),
    });
    expect(print(["--forse"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--run") });
    mkdirSync(join(scratch, "file"), { recursive: true });
    writeFileSync(join(scratch, "file/blocked"), "");
    const path = notebook("short.ipynb", [markdown("x"), code("1", [data({ "text/plain": "1" })])]);
    const refused = print(["--out", "file/blocked", path], { CHROMIUM: "/nowhere" });
    expect(refused).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("choose another place by --out"),
    });
    expect(readdirSync(join(scratch, "file"))).toEqual(["blocked"]);
  }, 60_000);
});

withBrowser.describe("the PDF", () => {
  const pages = (pdf: Uint8Array) =>
    Buffer.from(pdf)
      .toString("latin1")
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  const pathOf = () => ("path" in browser ? browser.path : "");

  test("of a chapter as it was built is made by one command, with every figure, and without its answers before the end", () => {
    const [slug = ""] = notebookSlugs(root).filter((name) => name.startsWith("01-"));
    const { status, stdout, stderr } = print(["01", "--out", "course"]);
    expect(stderr).toContain("running its cells");
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(join(scratch, `course/${slug}.pdf`));
    const pdf = readFileSync(join(scratch, `course/${slug}.pdf`));
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pages(pdf)).toBeGreaterThan(12);
    expect(readdirSync(join(scratch, "course"))).toEqual([`${slug}.pdf`]);
  }, 120_000);

  test("has no figure, card or short code that the end of a page cuts", async () => {
    // Blocks of 100 mm: two fit on a page of 259 mm, so a third one must begin the next.
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 174 100" width="174mm" height="100mm"><title>Block of 1.</title></svg>';
    const figures = Array.from({ length: 6 }, () => code("", [data({ "image/svg+xml": svg })]));
    const { html, title } = printDocument(figures as never, "blocks");
    expect(pages(await printToPdf(html, title, pathOf()))).toBe(3);
  }, 60_000);
});
