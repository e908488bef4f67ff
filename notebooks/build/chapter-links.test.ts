import { expect, test } from "vitest";
import { chapters } from "../../grader/chapters.ts";
import { mapCell, withLinks } from "./chapter-links.ts";

const [first] = chapters as [(typeof chapters)[number]];
const heading = { type: "markdown" as const, source: "# One", metadata: {} };

test("a chapter says its time, and leads to the chapters that are there", () => {
  const cells = withLinks([heading], first.slug, [first.slug]);
  expect(cells[0]?.source).toMatch(
    /^# One\n\n\*\*Expected time:\*\* .* to read and run, .* for the exercises\. · \[All chapters\]\(00-start\.ipynb\)$/,
  );
  expect(cells.at(-1)?.source).toBe("---\n\n← [Start](00-start.ipynb)");
  const second = chapters[1];
  if (!second) return;
  const both = [first.slug, second.slug];
  expect(withLinks([heading], first.slug, both).at(-1)?.source).toContain(`(${second.slug}.ipynb) →`);
  expect(withLinks([heading], second.slug, both).at(-1)?.source).toContain(`(${first.slug}.ipynb)`);
});

test("a chapter that is not in the list is refused, and the map itself has no links of this kind", () => {
  expect(() => withLinks([heading], "77-nowhere", [])).toThrow("grader/chapters.ts has no line for it");
  expect(() => withLinks([{ ...heading, type: "code" }], first.slug, [])).toThrow(
    "begins with a [markdown] cell",
  );
  expect(withLinks([heading], "00-start", [])).toEqual([heading]);
});

test("the map links what is there, and names the rest", () => {
  expect(mapCell([first.slug]).source).toContain(`[1 ${first.title}](${first.slug}.ipynb)`);
  const none = mapCell([]).source;
  expect(none).not.toContain("](");
  expect(none).toContain(`1 ${first.title} *(not written yet)*`);
});
