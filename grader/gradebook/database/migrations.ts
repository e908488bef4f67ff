/**
 * The tables of the gradebook, as steps from one version to the next. A step that was released is never changed: whoever needs something
 * else adds one. json, not jsonb, holds what was graded, since jsonb reorders keys, and a report has to come out byte by byte as it went in.
 */

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE flowlab.run (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- What was asked for: the same command finds its run again.
        key text NOT NULL UNIQUE,
        -- Under which conditions: they stay as they were when it began.
        about json NOT NULL,
        -- By which exercises and checks: as the last command says.
        asked json NOT NULL,
        -- What the last command wanted graded anew, until it is.
        regrade text,
        milliseconds double precision NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        opened_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE flowlab.submission (
        run_id bigint NOT NULL REFERENCES flowlab.run ON DELETE CASCADE,
        index integer NOT NULL,
        -- Of its name, which may be longer than an index takes.
        key text NOT NULL,
        -- In the order of the class; null of one that the last command did not name.
        place integer,
        handed_in json NOT NULL,
        PRIMARY KEY (run_id, index),
        UNIQUE (run_id, key)
      );
      -- What is to be graded: the last that was handed in, with all that a worker needs.
      CREATE TABLE flowlab.answer (
        run_id bigint NOT NULL,
        index integer NOT NULL,
        exercise text NOT NULL,
        digest text NOT NULL,
        source json NOT NULL,
        -- By which it was last asked to be graded.
        job_id uuid UNIQUE,
        PRIMARY KEY (run_id, index, exercise),
        FOREIGN KEY (run_id, index) REFERENCES flowlab.submission ON DELETE CASCADE
      );
      -- What came of it. Nothing here is ever changed: what is graded anew has a row more.
      CREATE TABLE flowlab.result (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id uuid NOT NULL UNIQUE,
        run_id bigint NOT NULL,
        index integer NOT NULL,
        exercise text NOT NULL,
        digest text NOT NULL,
        -- Of the checks by which it was graded.
        checks text NOT NULL,
        sandbox text NOT NULL,
        -- Something of the grader's or the machine's stood in the way: no verdict.
        fault boolean NOT NULL,
        outcome json NOT NULL,
        graded_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (run_id, index) REFERENCES flowlab.submission ON DELETE CASCADE
      );
      CREATE INDEX ON flowlab.result (run_id, index, exercise);
      -- Of each answer the result that counts: the last verdict on what it says now, else the last fault.
      CREATE VIEW flowlab.standing AS
        SELECT answer.run_id, answer.index, answer.exercise,
               answer.job_id IS NOT NULL AND NOT EXISTS (
                 SELECT FROM flowlab.result WHERE result.job_id = answer.job_id
               ) AS open,
               last.checks, last.sandbox, last.fault, last.outcome
        FROM flowlab.answer LEFT JOIN LATERAL (
          SELECT * FROM flowlab.result
          WHERE result.run_id = answer.run_id AND result.index = answer.index
            AND result.exercise = answer.exercise AND result.digest = answer.digest
          ORDER BY fault, id DESC LIMIT 1
        ) AS last ON true;
    `,
  },
];

export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;
