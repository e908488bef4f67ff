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
        -- Of what is graded and by which checks: the same command finds its run again.
        fingerprint text NOT NULL UNIQUE,
        about json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE flowlab.submission (
        run_id bigint NOT NULL REFERENCES flowlab.run ON DELETE CASCADE,
        index integer NOT NULL,
        handed_in json NOT NULL,
        PRIMARY KEY (run_id, index)
      );
      -- A row as soon as an answer is asked to be graded; its outcome once it is.
      CREATE TABLE flowlab.answer (
        run_id bigint NOT NULL,
        index integer NOT NULL,
        exercise text NOT NULL,
        job_id uuid NOT NULL UNIQUE,
        outcome json,
        graded_at timestamptz,
        PRIMARY KEY (run_id, index, exercise),
        FOREIGN KEY (run_id, index) REFERENCES flowlab.submission ON DELETE CASCADE
      );
    `,
  },
];

export const LATEST_VERSION = MIGRATIONS.at(-1)?.version ?? 0;
