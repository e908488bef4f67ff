/**
 * Which sandbox this machine has. Each is tried for real: a file that says that it is installed proves nothing, because
 * containers and distributions often forbid the namespaces that it needs.
 */

import { existsSync, readFileSync } from "node:fs";
import { startChild } from "./child.ts";
import { type Launch, systemProgram, TIERS, type Tier } from "./launch.ts";
import { type NodeLimits, places, room } from "./room.ts";
import { bubblewrap, bubblewrapHelp } from "./tiers/bubblewrap.ts";
import { none } from "./tiers/none.ts";
import { SANDBOX_EXEC, sandboxExec } from "./tiers/sandbox-exec.ts";
import { unshare, unsharePrograms } from "./tiers/unshare.ts";

/** Why a tier cannot be had, and what would change that. */
export interface Unavailable {
  readonly tier: Tier;
  readonly reason: string;
  readonly remedy?: string;
}

export interface Sandbox {
  readonly tier: Tier;
  /** Whether this project has run its hostile submissions in it. */
  readonly tested: boolean;
  /** One sentence for a report. */
  readonly reason: string;
  /** What would give a better one. */
  readonly remedy?: string;
  /** Better tiers that cannot be had. */
  readonly better: readonly Unavailable[];
  /** The command that starts the harness, or Node with this script, in the sandbox. */
  launch(limits: NodeLimits, script?: readonly string[]): Promise<Launch>;
}

type Start = Sandbox["launch"];

const REASONS: { readonly [tier in Tier]: string } = {
  bubblewrap: "bubblewrap: namespaces of its own, no network, a read-only view of the library",
  unshare: "util-linux unshare: namespaces of its own, no network, a read-only view of the library",
  "sandbox-exec": "macOS sandbox-exec: no network, no files but the library (not tested by this project)",
  none: "no sandbox: only Node's permission model, which is no boundary for hostile code",
};

let detected: Promise<Sandbox> | undefined;

/**
 * The best sandbox that works here; found once for each process.
 *
 * @param forced A tier to use instead; by default what `FLOWLAB_SANDBOX` says.
 * @throws Error if the forced tier is unknown or cannot be had.
 */
export function detectSandbox(forced = process.env.FLOWLAB_SANDBOX): Promise<Sandbox> {
  if (forced) return forcedSandbox(forced);
  detected ??= best();
  return detected;
}

async function forcedSandbox(name: string): Promise<Sandbox> {
  const tier = TIERS.find((known) => known === name);
  if (!tier) throw new Error(`FLOWLAB_SANDBOX: "${name}" is no sandbox; known: ${TIERS.join(", ")}`);
  const found = await attempt(tier);
  if (typeof found === "function") return sandbox(tier, found, []);
  const remedy = found.remedy ? ` ${found.remedy}` : "";
  throw new Error(`the sandbox ${tier} was asked for and cannot be had: ${found.reason}.${remedy}`);
}

async function best(): Promise<Sandbox> {
  const better: Unavailable[] = [];
  for (const tier of TIERS) {
    const found = await attempt(tier);
    if (typeof found === "function") return sandbox(tier, found, better);
    better.push(found);
  }
  throw new Error(`Node cannot be started as a child process: ${better.at(-1)?.reason}`);
}

function sandbox(tier: Tier, launch: Start, better: readonly Unavailable[]): Sandbox {
  const remedy = tier === "none" ? better.find((one) => one.remedy)?.remedy : undefined;
  return {
    tier,
    tested: tier !== "sandbox-exec",
    reason: REASONS[tier],
    ...(remedy && { remedy }),
    better,
    launch,
  };
}

async function attempt(tier: Tier): Promise<Start | Unavailable> {
  const start = await starter(tier);
  if (typeof start !== "function") return { tier, ...start };
  const fault = await probe(start);
  return fault === undefined ? start : { tier, reason: fault, ...remedyFor(tier) };
}

/** How a tier starts a program, or what is missing on this machine. */
async function starter(tier: Tier): Promise<Start | { reason: string; remedy?: string }> {
  if (tier === "none") return async (limits, script) => none(places(), limits, script);
  if (tier === "sandbox-exec") {
    if (!existsSync(SANDBOX_EXEC)) return { reason: "only macOS has it" };
    return async (limits, script) => sandboxExec(places(), limits, script);
  }
  if (process.platform !== "linux") return { reason: "only Linux has it", ...elsewhere() };
  if (tier === "unshare") {
    const programs = unsharePrograms();
    if (Array.isArray(programs))
      return { reason: `${programs.join(", ")} not found`, remedy: "Install util-linux and coreutils." };
    return async (limits, script) =>
      unshare(await room(limits, script), programs as Exclude<typeof programs, readonly string[]>);
  }
  const bwrap = systemProgram("bwrap", existsSync);
  if (!bwrap) return { reason: "bwrap not found", remedy: "Install the package bubblewrap." };
  const help = await bubblewrapHelp(bwrap);
  return async (limits, script) => bubblewrap(await room(limits, script), bwrap, help);
}

/** Says "ready" over the channel, as the harness would. */
const PROBE = ["--eval", 'require("node:fs").writeSync(3, "ready")'];

/** Starts a trivial child. @returns What went wrong, if something did. */
async function probe(start: Start): Promise<string | undefined> {
  const child = await startChild(await start({ heapMB: 64 }, PROBE), { memoryMB: 256, cpuSeconds: 10 });
  const patience = setTimeout(() => child.stop(), 10_000);
  let said = "";
  child.channel.on("data", (chunk: Buffer) => {
    said += chunk.toString("latin1", 0, 16);
  });
  const ending = await child.ended;
  clearTimeout(patience);
  // Our terminal was closed before the child had left its session: that says nothing about the sandbox.
  if (ending.cause === "exit" && ending.signal === "SIGHUP") return probe(start);
  return said === "ready"
    ? undefined
    : (child.output().trim().split("\n").at(-1) || "it starts nothing").slice(0, 300);
}

/** What usually stands in the way of namespaces. */
function remedyFor(tier: Tier): { remedy?: string } {
  if (tier === "none" || tier === "sandbox-exec") return {};
  const restricted = setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") === "1";
  if (restricted) {
    return {
      remedy:
        "AppArmor forbids user namespaces: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or install a profile for bwrap.",
    };
  }
  if (setting("/proc/sys/kernel/unprivileged_userns_clone") === "0") {
    return {
      remedy: "The kernel forbids user namespaces: `sudo sysctl -w kernel.unprivileged_userns_clone=1`.",
    };
  }
  if (setting("/proc/sys/user/max_user_namespaces") === "0") {
    return { remedy: "The kernel forbids user namespaces: `sudo sysctl -w user.max_user_namespaces=10000`." };
  }
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) {
    return {
      remedy:
        "This is a container: start it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined`.",
    };
  }
  return {};
}

function elsewhere(): { remedy?: string } {
  return process.platform === "win32"
    ? { remedy: "Grade other people's work in WSL 2 or in a Linux container." }
    : {};
}

function setting(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
}
