/** A PostgreSQL server of a test's own, in a folder that it removes: nothing of it is left, and nobody else's is touched. */

import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** The folder of `initdb` and `postgres`; Debian has them beside its path. */
export const postgresPrograms = (): string | undefined =>
  [...globSync("/usr/lib/postgresql/*/bin"), ...(process.env.PATH ?? "").split(delimiter)].find((folder) =>
    ["initdb", "postgres"].every((name) => existsSync(join(folder, name))),
  );

/** PostgreSQL refuses to run as root; its package brings a user for it. */
export function postgresUser(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((text) => text.split(":"))
    .find(([name]) => name === "postgres");
  return line && { uid: Number(line[2]), gid: Number(line[3]) };
}

export interface TestServer {
  readonly address: string;
  /** Ends it at once, as a power cut would but for what the system still holds. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Listens on a socket in its folder only. */
export async function startPostgres(): Promise<TestServer> {
  const programs = postgresPrograms();
  const user = postgresUser();
  if (programs === undefined || user === undefined)
    throw new Error("no PostgreSQL here; ask needingPostgres first");
  // Short, as the path of a socket may have a hundred characters only.
  const folder = mkdtempSync(join(tmpdir(), "flowlab-pg-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const options = { ...user, cwd: folder };
  const cluster = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"];
  execFileSync(join(programs, "initdb"), cluster, { ...options, stdio: "pipe" });
  let ended: Promise<unknown> = Promise.resolve();
  let server: ReturnType<typeof spawn> | undefined;
  const start = async (): Promise<void> => {
    server = spawn(join(programs, "postgres"), ["-D", data, "-k", folder, "-c", "listen_addresses="], {
      ...options,
      stdio: "ignore",
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.once("exit", () => resolve());
    ended = promise;
    await answers(programs, folder);
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    server?.kill(signal);
    await ended;
  };
  await start();
  return {
    address: `postgres://postgres@${encodeURIComponent(folder)}/postgres`,
    start,
    kill: () => stop("SIGKILL"),
    async remove() {
      // "Immediate": what it holds is thrown away anyway.
      await stop("SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(programs: string, folder: string): Promise<void> {
  for (const started = performance.now(); ; await sleep(50)) {
    try {
      await promisify(execFile)(join(programs, "pg_isready"), ["-h", folder]);
      return;
    } catch (error) {
      if (performance.now() - started > 30_000) throw error;
    }
  }
}
