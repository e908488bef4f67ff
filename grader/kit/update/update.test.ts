import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { KIT, type KitManifest, parseManifest, sha256 } from "../manifest.ts";
import type { Kit } from "../read-kit.ts";
import { applyChanges } from "./apply.ts";
import { type Cell, notebookText } from "./notebook-cells.ts";
import { planUpdate } from "./plan.ts";

const scratch = mkdtempSync(join(tmpdir(), "flowlab-update-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const NOTEBOOK = "notebooks/01-one.ipynb";
const cell = (id: string, source: string): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source: [source],
  outputs: [],
});
const book = (...cells: Cell[]) => notebookText({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

function kitOf(version: string, files: Record<string, string>): Kit {
  const notebooks = Object.entries(files).filter(([path]) => path.endsWith(".ipynb"));
  const manifest: KitManifest = {
    format: 1,
    name: "course",
    version,
    node: "24",
    chapters: ["01-one"],
    exercises: {},
    notebooks: Object.fromEntries(
      notebooks.map(([path, text]) => [
        path,
        (JSON.parse(text).cells as Cell[]).map(({ id, source }) => ({
          id: id as string,
          type: "code" as const,
          source: sha256([source].flat().join("")),
        })),
      ]),
    ),
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, sha256(text)])),
  };
  const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  return { manifest, manifestText: JSON.stringify(manifest), files: new Map(contents) };
}

const old = kitOf("1", {
  [NOTEBOOK]: book(cell("a", "text"), cell("b", "stub")),
  "exercises/01-one/a.ts": "stub a\n",
  "exercises/01-one/b.ts": "stub b\n",
  "exercises/01-one/c.ts": "stub c\n",
  "grader/dist/index.js": "1",
  "lib/index.ts": "1",
  "lib/gone.ts": "1",
  "README.md": "1",
});
const next = kitOf("2", {
  [NOTEBOOK]: book(cell("a", "text, corrected"), cell("b", "stub"), cell("c", "more")),
  "exercises/01-one/a.ts": "stub a, corrected\n",
  "exercises/01-one/b.ts": "stub b, corrected\n",
  "exercises/01-one/c.ts": "stub c\n",
  "exercises/01-one/d.ts": "stub d\n",
  "grader/dist/index.js": "2",
  "lib/index.ts": "2",
  "README.md": "2",
});

function write(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A learner's folder: an answer in a notebook and in two files, a file of her own, one of the course's changed. */
function learners(): string {
  const folder = mkdtempSync(join(scratch, "kit-"));
  write(folder, { ...Object.fromEntries(old.files), [KIT]: old.manifestText });
  write(folder, {
    [NOTEBOOK]: book(cell("a", "text"), cell("b", "my answer"), cell("own", "my note")),
    "exercises/01-one/a.ts": "stub a\r\n",
    "exercises/01-one/b.ts": "my answer b\n",
    "exercises/01-one/c.ts": "my answer c\n",
    "exercises/01-one/d.ts": "my own d\n",
    "exercises/01-one/help.ts": "my own\n",
    "notebooks/mine.ipynb": book(cell("x", "my notebook")),
    "README.md": "my remark",
  });
  return folder;
}

const manifestIn = (folder: string) => parseManifest(readFileSync(join(folder, KIT), "utf8"), KIT);

function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) =>
    path.replaceAll("\\", "/"),
  );
  const files = paths.filter(
    (path) => !/^(backups|\.setup)/.test(path) && statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

async function update(folder: string, onChange?: (path: string) => void) {
  const { changes, notes } = planUpdate(folder, manifestIn(folder), next);
  return { changes, notes, backup: await applyChanges(folder, changes, onChange) };
}

test("corrections arrive, all that is hers stays, and what she should look at is named", async () => {
  const folder = learners();
  const { notes, backup, changes } = await update(folder);
  expect(contents(folder)).toEqual({
    [NOTEBOOK]: book(
      cell("a", "text, corrected"),
      cell("b", "my answer"),
      cell("c", "more"),
      cell("own", "my note"),
    ),
    "exercises/01-one/a.ts": "stub a, corrected\n",
    "exercises/01-one/b.ts": "my answer b\n",
    "exercises/01-one/c.ts": "my answer c\n",
    "exercises/01-one/d.ts": "my own d\n",
    "exercises/01-one/help.ts": "my own\n",
    "grader/dist/index.js": "2",
    "lib/index.ts": "2",
    "README.md": "2",
    "notebooks/mine.ipynb": book(cell("x", "my notebook")),
    [KIT]: next.manifestText,
  });
  expect(notes).toEqual([
    "exercises/01-one/b.ts begins in another way now; yours is kept. reset() shows how it is handed out",
    "exercises/01-one/d.ts is an exercise that is new; your file of that name is kept",
    "README.md: you had changed this file of the course; it is the course's again, and yours is in the backup",
  ]);
  expect(changes.at(-1)?.path).toBe(KIT);
  expect(readFileSync(join(folder, backup as string, "README.md"), "utf8")).toBe("my remark");
  expect(readFileSync(join(folder, backup as string, NOTEBOOK), "utf8")).toContain("my answer");
  expect(planUpdate(folder, manifestIn(folder), next).changes).toEqual([]);
});

test("a renamed notebook is brought up to date under its name, and a deleted one comes back", async () => {
  const folder = learners();
  renameSync(join(folder, NOTEBOOK), join(folder, "notebooks/week 1.ipynb"));
  await update(folder);
  expect(contents(folder)).not.toHaveProperty([NOTEBOOK]);
  const renamed = contents(folder)["notebooks/week 1.ipynb"];
  expect(renamed).toContain("text, corrected");
  expect(renamed).toContain("my answer");
  const other = learners();
  rmSync(join(other, NOTEBOOK));
  await update(other);
  expect(contents(other)[NOTEBOOK]).toBe(next.files.get(NOTEBOOK)?.toString());
});

test("a file that is no notebook any more is left alone, and named", async () => {
  const folder = learners();
  write(folder, { [NOTEBOOK]: "cut off" });
  const { notes } = await update(folder);
  expect(contents(folder)[NOTEBOOK]).toBe("cut off");
  expect(notes[0]).toContain("cannot be read as a notebook");
});

test("interrupted before any of its files, it goes on when it is done again", async () => {
  const whole = learners();
  const { changes } = await update(whole);
  expect(changes.length).toBeGreaterThan(5);
  for (const { path } of changes) {
    const folder = learners();
    const stop = (at: string) => {
      if (at === path) throw new Error("power cut");
    };
    await expect(update(folder, stop)).rejects.toThrow("power cut");
    expect(manifestIn(folder).version).toBe("1");
    await update(folder);
    expect(contents(folder)).toEqual(contents(whole));
  }
});
