import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { availableBackends, engine } from "flowlab";
import type { Config } from "../lib/ground/config.ts";
import { peersPython, root } from "./peers.ts";
import type { EngineResult, ReportLine } from "./result.ts";
import type { Workload } from "./workloads.ts";

/** A program that does a job, or why it cannot. */
export interface Engine {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Threads that the program is told to use, where it can be told. */
  readonly threads: number;
  readonly skipped?: string;
  /** Whether it has a flow at all; it has all if left out. */
  has?(workload: Workload): boolean;
}

/** What nflows, normflows and zuko have, with the same sizes: see peers/library_peer.py. */
function isInLibraries({ kind, options }: Workload): boolean {
  const { type } = (options.transformer ?? {}) as Partial<Config>;
  if (kind === "transformerCoupling") return type === "quadraticSpline" || type === "cubicSpline";
  return ["maf", "splineCoupling", "planar", "radial", "iResNet"].includes(kind);
}

/** What is written in PyTorch and JAX for this comparison: see peers/architectures.py. */
const isWritten = ({ kind }: Workload): boolean => kind !== "iResNet";

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
    ...threads.map((count) => ({
      ...peer(nameOf("PyTorch eager", count), count, "torch_peer.py", "eager", `${count}`),
      has: isWritten,
    })),
    ...threads.map((count) => ({
      ...peer(nameOf("torch.compile", count), count, "torch_peer.py", "compile", `${count}`),
      has: isWritten,
    })),
    ...threads.map((count) => ({
      ...peer(nameOf("nflows, normflows or zuko", count), count, "library_peer.py", `${count}`),
      has: isInLibraries,
    })),
    { ...peer("JAX jit", Math.max(...threads), "jax_peer.py"), has: isWritten },
  ];
}

/**
 * Threads, and a cache of compiled code that is empty at first: else a first step would be timed with what an earlier
 * run left, or fail on what an interrupted one left half-written.
 */
function peerSettings([program]: readonly string[], folder: string, threads: number): Record<string, string> {
  if (program === process.execPath) return {};
  return { OMP_NUM_THREADS: `${threads}`, TORCHINDUCTOR_CACHE_DIR: join(folder, `inductor-${threads}`) };
}

const nameOf = (name: string, threads: number) =>
  `${name}, ${threads} ${threads === 1 ? "thread" : "threads"}`;

/** A program at its work, which stands still but when it has the turn. */
export interface RunningEngine {
  readonly name: string;
  /**
   * Lets it work until it gives the turn back.
   *
   * @returns What it reported; undefined when it has ended.
   */
  turn(): Promise<readonly ReportLine[] | undefined>;
  /** All that it reported, once it has ended. */
  result(): Promise<EngineResult>;
}

/**
 * Prepares one engine for the jobs in some folders, which it does one after another; its program starts with its first turn.
 *
 * @param workload What a program that breaks off is said to have failed on.
 */
export function startEngine(
  { name, command, environment, threads, skipped }: Engine,
  folders: readonly [string, ...string[]],
  workload: string,
): RunningEngine {
  if (skipped !== undefined) {
    return { name, turn: async () => undefined, result: async () => ({ engine: name, lines: [], skipped }) };
  }
  const [program, ...args] = command.map((part) => (part === "JOB" ? folders.join(delimiter) : part));
  const env = {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: "3",
    ...peerSettings(command, folders[0], threads),
    ...environment,
  };
  const lines: ReportLine[] = [];
  let complaint = "";
  const launch = () => {
    const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const stop = () => void child.kill();
    process.once("exit", stop);
    child.stderr.on("data", (text) => {
      complaint = (complaint + text).slice(-2000);
    });
    // A program that has ended tells why by its code, not by the pipe that it left.
    child.stdin.on("error", () => {});
    const ended = new Promise<number | null>((resolve) => {
      child.on("error", () => resolve(-1));
      child.on("close", resolve);
    });
    void ended.then(() => process.off("exit", stop));
    const reports = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, reports, ended };
  };
  let started: ReturnType<typeof launch> | undefined;
  const turn = async () => {
    if (started === undefined) started = launch();
    else started.child.stdin.write("\n");
    const reported: ReportLine[] = [];
    for (;;) {
      const next = await started.reports.next();
      if (next.done === true) return reported.length === 0 ? undefined : reported;
      if (!next.value.startsWith("{")) continue;
      const line = JSON.parse(next.value) as ReportLine;
      if (line.measure === "turn") return reported;
      reported.push(line);
      lines.push(line);
    }
  };
  const result = async () => {
    const code = await started?.ended;
    if (code === 0) return { engine: name, lines };
    const said = complaint.trim().split("\n");
    const reason = `ended with ${code}: ${said.findLast((line) => line.includes("Error")) ?? said.at(-1)}`;
    // Who said nothing could not start at all.
    if (lines.length === 0) return { engine: name, lines, skipped: reason };
    return { engine: name, lines: [...lines, { workload, measure: "failed" as const, reason }] };
  };
  return { name, turn, result };
}
