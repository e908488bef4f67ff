/** What `--export`, `--merge` and what goes with them ask for. All of it is looked at before anything is graded. */

import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readCells, type Table } from "../tables/cells.ts";
import { type Export, ExportError, type ExportOptions, type MergedExport } from "./export.ts";
import { EXPORTS } from "./registry.ts";

/** Of the command line. */
export interface ExportArguments {
  readonly export: readonly string[];
  readonly merge: readonly string[];
  readonly column?: string;
  readonly scale: boolean;
  readonly provisional: boolean;
  readonly assignment?: string;
}

export interface AskedExport {
  readonly format: Export;
  /** A file, or for several submissions a folder. */
  readonly path: string;
  /** What the marks go into, for a format that merges. */
  readonly table?: Table;
}

export interface AskedExports {
  readonly exports: readonly AskedExport[];
  readonly options: ExportOptions;
}

/** @throws ExportError, TableError */
export async function readExports(given: ExportArguments): Promise<AskedExports> {
  const { column, scale, provisional, assignment = "Normalizing flows" } = given;
  const options: ExportOptions = {
    scale,
    provisional,
    assignment,
    environment: process.env,
    ...(column !== undefined && { column }),
  };
  const downloads = new Map<string, string>();
  for (const text of given.merge) {
    const { format, path } = pairIn(text, "--merge");
    if (format.kind !== "merged")
      throw new ExportError(
        `--merge ${text}: ${format.name} is written anew; only ${mergedNames()} are merged into a download`,
      );
    downloads.set(format.name, path);
  }
  const exports: AskedExport[] = [];
  for (const text of given.export) {
    const { format, path } = pairIn(text, "--export");
    await checkPlace(path, format, text);
    if (format.kind !== "merged") exports.push({ format, path });
    else exports.push({ format, path, table: await readDownload(format, downloads, options, path) });
    downloads.delete(format.name);
  }
  const [unused] = downloads;
  if (unused)
    throw new ExportError(
      `--merge ${unused.join("=")}: expected --export ${unused[0]}=FILE with it; got none`,
    );
  return { exports, options };
}

const names = (): string => EXPORTS.map(({ name }) => name).join(", ");
const mergedNames = (): string =>
  EXPORTS.filter(({ kind }) => kind === "merged")
    .map(({ name }) => name)
    .join(" and ");

function pairIn(text: string, option: string): { format: Export; path: string } {
  const [, name = "", path = ""] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const format = EXPORTS.find((one) => one.name === name.trim().toLowerCase());
  if (!format || path === "")
    throw new ExportError(`${option} ${text}: expected FORMAT=FILE, where the format is one of ${names()}`);
  return { format, path };
}

async function checkPlace(path: string, format: Export, text: string): Promise<void> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
  if (isFolder && format.kind !== "submission")
    throw new ExportError(`--export ${text} is a folder; name a file`);
  const above = await stat(dirname(resolve(path))).catch(() => undefined);
  if (above && !above.isDirectory())
    throw new ExportError(`--export ${text}: ${dirname(path)} is not a folder`);
}

async function readDownload(
  format: MergedExport,
  downloads: ReadonlyMap<string, string>,
  options: ExportOptions,
  written: string,
): Promise<Table> {
  const path = downloads.get(format.name);
  if (path === undefined)
    throw new ExportError(
      `--export ${format.name}=…: expected --merge ${format.name}=FILE with it, ${format.download}; got none`,
    );
  if (resolve(path) === resolve(written))
    throw new ExportError(
      `--merge ${format.name}=${path}: the download would be overwritten; name another file for --export`,
    );
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ExportError(`--merge ${format.name}=${path} cannot be read: ${(error as Error).message}`);
  }
  const table = readCells(bytes, path);
  format.check(table, options);
  return table;
}
