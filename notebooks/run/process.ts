import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Connection } from "../kernel/protocol/wire.ts";
import { kernelSpec } from "../kernel/spec.js";

export interface ProcessOptions {
  /** Folder from which cells import; Jupyter uses the notebook's. */
  cwd?: string;
  /** The course's folder, or a kit's; by default the one that this file is in. */
  course?: string;
  env?: NodeJS.ProcessEnv;
}

/** The process of a kernel. */
export interface KernelProcess {
  readonly pid: number | undefined;
  readonly connection: Connection;
  kill(): void;
  /** What the process itself has written: nothing of it is a cell's. */
  log(): string;
  /** Resolves to the exit code, null if the process was killed or never came to be. */
  readonly exited: Promise<number | null>;
}

/** A port that nobody listens on; the server that found it must be closed. */
async function reservePort() {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("Expected a TCP port");
  return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function createConnection(): Promise<Connection> {
  const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;
  const reserved = await Promise.all(names.map(reservePort));
  const ports = Object.fromEntries(names.map((name, i) => [name, reserved[i]?.port])) as {
    [name in (typeof names)[number]]: number;
  };
  await Promise.all(reserved.map(({ close }) => close()));
  return { transport: "tcp", ip: "127.0.0.1", ...ports, key: randomUUID(), signature_scheme: "hmac-sha256" };
}

/** Starts a kernel as its kernel spec says, on free ports. */
export async function spawnKernel(options: ProcessOptions): Promise<KernelProcess> {
  const connection = await createConnection();
  const folder = mkdtempSync(path.join(tmpdir(), "flowlab-kernel-"));
  const file = path.join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const spec = kernelSpec(options.course);
  const [node, ...args] = spec.argv.map((arg) => (arg === "{connection_file}" ? file : arg));
  const child = spawn(node as string, args, {
    cwd: options.cwd ?? process.cwd(),
    // What is run here is nobody's work: it is remembered only where that is asked for.
    env: {
      FLOWLAB_PROGRESS: "off",
      ...(options.env ?? process.env),
      ...spec.env,
      JPY_PARENT_PID: String(process.pid),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  child.stdout.on("data", (data) => written.push(String(data)));
  child.stderr.on("data", (data) => written.push(String(data)));
  const exited = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      written.push(error.message);
      resolve(null);
    });
    child.once("exit", resolve);
  });
  void exited.then(() => rmSync(folder, { recursive: true, force: true }));
  const kill = () => void child.kill("SIGKILL");
  return { pid: child.pid, connection, kill, log: () => written.join(""), exited };
}
