import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { availableBackends, engine } from "../lib/index.ts";
import { peersPython, root } from "./peers.ts";
import type { EngineResult, ReportLine } from "./result.ts";

/** A program that does a job, or why it cannot. */
export interface Engine {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Threads that the program is told to use, where it can be told. */
  readonly threads: number;
  readonly skipped?: string;
}

/** All engines of the comparison, ours first; PyTorch once for each of these numbers of threads. */
export function engines(threads: readonly number[]): Engine[] {
  const backends: readonly string[] = availableBackends();
  const ours = (name: string, backend: string, mode: string, environment = {}): Engine => ({
    name: `flowlab ${name}`,
    command: [process.execPath, join(root, "bench/flowlab.ts"), "JOB", mode],
    environment: { FLOWLAB_BACKEND: backend, ...environment },
    threads: 1,
    ...(backends.includes(backend)
      ? {}
      : { skipped: `the backend ${backend} does not start: ${engine.reason}` }),
  });
  const peer = (name: string, count: number, script: string, ...args: string[]): Engine => ({
    name,
    threads: count,
    command: [peersPython, join(root, "bench/peers", script), "JOB", ...args],
    ...(existsSync(peersPython) ? {} : { skipped: "not installed; run: node bench/setup-peers.ts" }),
  });
  return [
    ours("compiled", "tensorflow", "compiled"),
    ours("compiled with XLA", "tensorflow", "compiled", { FLOWLAB_XLA: "1" }),
    ours("eager, tfjs-node", "tensorflow", "eager"),
    ours("wasm", "wasm", "eager"),
    ...threads.map((count) =>
      peer(named("PyTorch eager", count), count, "torch_peer.py", "eager", `${count}`),
    ),
    ...threads.map((count) =>
      peer(named("torch.compile", count), count, "torch_peer.py", "compile", `${count}`),
    ),
    peer("JAX jit", Math.max(...threads), "jax_peer.py"),
  ];
}

/**
 * Threads, and a cache of compiled code that is empty at first: else a first step would be timed with what an earlier
 * run left, or fail on what an interrupted one left half-written.
 */
function peerSettings([program]: readonly string[], folder: string, threads: number): Record<string, string> {
  if (program === process.execPath) return {};
  return { OMP_NUM_THREADS: `${threads}`, TORCHINDUCTOR_CACHE_DIR: join(folder, "inductor") };
}

const named = (name: string, threads: number) =>
  `${name}, ${threads} ${threads === 1 ? "thread" : "threads"}`;

/** Runs one engine on a job, calling back with each result as it comes. */
export async function runEngine(
  { name, command, environment, threads, skipped }: Engine,
  folder: string,
  onLine: (line: ReportLine) => void,
): Promise<EngineResult> {
  if (skipped !== undefined) return { engine: name, lines: [], skipped };
  const [program, ...args] = command.map((part) => (part === "JOB" ? folder : part));
  const env = {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: "3",
    ...peerSettings(command, folder, threads),
    ...environment,
  };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => void child.kill();
  process.once("exit", stop);
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint = (complaint + text).slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(-1));
    child.on("close", resolve);
  });
  const lines: ReportLine[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    if (!text.startsWith("{")) continue;
    const line = JSON.parse(text) as ReportLine;
    lines.push(line);
    onLine(line);
  }
  const code = await ended;
  process.off("exit", stop);
  if (code === 0) return { engine: name, lines };
  const why = complaint.trim().split("\n").at(-1) ?? "";
  return { engine: name, lines, skipped: `ended with ${code}: ${why}` };
}
