/** A run in the gradebook: a class that was handed in, and what is asked of it. The same command finds it again. */

import { createHash } from "node:crypto";
import type { SeenLayout } from "../grading/result.ts";
import type { RunLine } from "../record/lines.ts";
import type { ClassNumbers } from "../variants/whose.ts";
import type { Database } from "./database/database.ts";
import { fromJson, toJson } from "./database/json-values.ts";
import type { Row, Statements } from "./database/transaction.ts";

/** By an exercise's id, the version of what it asks and checks: where that changes, grades given before are stale. */
export type Checks = { readonly [exercise: string]: string };

/** As it was when the run began. */
export interface Conditions {
  readonly seed: string;
  readonly sandbox: string;
  readonly startedAt: string;
  readonly limitSeconds?: number;
  readonly paths: readonly string[];
}

/** As the last command says. */
export interface Asked {
  readonly layouts: readonly SeenLayout[];
  readonly exercises: RunLine["exercises"];
  /** Of the grader that asks: no other one grades for this run. */
  readonly course: string;
  readonly checks: Checks;
  /** Learners' own numbers, where they have any: other workers have no secret to draw them from. */
  readonly numbers?: ClassNumbers;
}

export interface Run extends Conditions, Asked {
  readonly id: number;
  /** What is being graded anew. */
  readonly regrade?: string;
  /** For which somebody waited for it. */
  readonly milliseconds: number;
}

/** What makes a command the same as another one. */
export interface Command {
  /** Absolute. */
  readonly paths: readonly string[];
  readonly layout?: string;
  readonly exercises: readonly string[];
  readonly seed?: string;
  readonly limitSeconds?: number;
}

/** @returns Nothing secret, and nothing that is too long for an index. */
export function runKey({ paths, layout, exercises, seed, limitSeconds }: Command): string {
  const said = [[...paths].sort(), layout, [...exercises].sort(), seed, limitSeconds];
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}

/** Begins a run, or goes on with the one of this key: its conditions stay, what is asked is as it is now. */
export async function beginRun(
  { query }: Statements,
  key: string,
  conditions: Conditions,
  asked: Asked,
): Promise<Run> {
  const rows = await query<RunRow>(
    `INSERT INTO flowlab.run (key, about, asked) VALUES ($1, $2::json, $3::json)
     ON CONFLICT (key) DO UPDATE SET asked = EXCLUDED.asked, opened_at = now()
     RETURNING ${COLUMNS}`,
    [key, toJson(conditions), toJson(asked)],
  );
  return runFrom(rows[0] as RunRow);
}

/** The run that was asked for last. */
export async function lastRun(database: Database): Promise<Run | undefined> {
  const [row] = await database.query<RunRow>(
    `SELECT ${COLUMNS} FROM flowlab.run ORDER BY opened_at DESC, id DESC LIMIT 1`,
  );
  return row && runFrom(row);
}

/** Runs of which answers wait or are being graded, the oldest first. */
export async function openRuns(database: Database): Promise<readonly Run[]> {
  const rows = await database.query<RunRow>(
    `SELECT ${COLUMNS} FROM flowlab.run
     WHERE EXISTS (SELECT FROM flowlab.standing WHERE run_id = run.id AND open) ORDER BY id`,
  );
  return rows.map(runFrom);
}

export async function runById(database: Database, id: number): Promise<Run | undefined> {
  const [row] = await database.query<RunRow>(`SELECT ${COLUMNS} FROM flowlab.run WHERE id = $1`, [id]);
  return row && runFrom(row);
}

/** Adds the time that a command took; where nothing is left to do, what was to be graded anew is. */
export async function closeRun(database: Database, run: number, milliseconds: number): Promise<void> {
  await database.query(
    `UPDATE flowlab.run SET milliseconds = milliseconds + $2::float8,
       regrade = CASE WHEN EXISTS (SELECT FROM flowlab.standing WHERE run_id = $1 AND open) THEN regrade END
     WHERE id = $1`,
    [run, milliseconds],
  );
}

const COLUMNS = "id, about, asked, regrade, milliseconds";

interface RunRow extends Row {
  readonly id: number;
  readonly about: unknown;
  readonly asked: unknown;
  readonly regrade: string | null;
  readonly milliseconds: number;
}

const runFrom = ({ id, about, asked, regrade, milliseconds }: RunRow): Run => ({
  ...(fromJson(about) as Conditions),
  ...(fromJson(asked) as Asked),
  id,
  milliseconds,
  ...(regrade !== null && { regrade }),
});
