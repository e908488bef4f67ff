import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.ts";

const inline = (text: string) => renderMarkdown(text, { math: "mathml", inline: true });

test("formulas in a line and on their own", () => {
  expect(renderMarkdown("Let $z^2$ be **it**.")).toMatch(/Let <span class="katex">.*<strong>it<\/strong>/s);
  expect(renderMarkdown("Then\n$$\nx = \\sqrt{z}\n$$\nfollows.")).toMatch(
    /Then<\/p>\n<p class="formula"><span class="katex-display">.*<p>follows/s,
  );
  expect(renderMarkdown("- one\n\n  $$a$$\n- two")).toMatch(/<li>.*katex-display.*<\/li>\n<li>\n<p>two/s);
});

test("mathml needs no stylesheet", () => {
  expect(inline("$x$")).toMatch(/<math [^>]*xmlns/);
  expect(inline("$x$")).not.toMatch(/katex-html/);
});

test("mathml names fonts that have a root sign: without one, Chromium draws √2 as 2", () => {
  expect(inline("$\\sqrt{2}$")).toMatch(/<math style="font-family:'[^"]+,math" xmlns/);
});

test.each([
  ["prices", "from $5 to $6"],
  ["an escaped dollar", "\\$x$"],
  ["a lone dollar", "a $ b"],
  ["code", "`$x$`"],
])("is no formula: %s", (_what, text) => {
  expect(inline(text)).not.toContain("<math");
});

test("formulas keep what Markdown would take: underscores, stars, backslashes", () => {
  expect(inline("$a_1 * b_2 * c\\_d$")).not.toContain("<em>");
});

test("HTML and scripts are text", () => {
  expect(inline("<b>x</b> <script>1</script>")).toBe("&lt;b&gt;x&lt;/b&gt; &lt;script&gt;1&lt;/script&gt;");
  expect(inline("[a](javascript:alert(1))")).not.toContain("href");
  expect(inline("$\\href{javascript:alert(1)}{x}$")).not.toContain("href=");
});

test("a formula with a mistake shows itself and does not throw", () => {
  expect(inline("$\\frac{1$")).toContain("\\frac{1");
});
