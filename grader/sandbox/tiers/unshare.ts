/**
 * The room without bubblewrap, on any Linux: the same namespaces by util-linux's `unshare`, a root of our own built by
 * `mount`, entered by `chroot`, and every capability dropped by `setpriv` before Node starts.
 *
 * A chroot can be left only with CAP_SYS_CHROOT; it is gone with the rest, `no_new_privs` keeps it from coming back, and the
 * kernel refuses a new user namespace to a process in a chroot.
 */

import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Launch, SCRATCH_BYTES, systemProgram } from "../launch.ts";
import { type Bind, type Room, sharedLibraries } from "../room.ts";

/** util-linux and coreutils: part of every distribution but those built on busybox. */
export const UNSHARE_PROGRAMS = ["setpriv", "unshare", "mount", "chroot", "mkdir", "sh"] as const;
export type Programs = { readonly [name in (typeof UNSHARE_PROGRAMS)[number]]: string };

/** The programs this needs, or the names of those that are missing. */
export function unsharePrograms(): Programs | readonly string[] {
  const found = UNSHARE_PROGRAMS.map((name) => [name, systemProgram(name, existsSync)] as const);
  const missing = found.filter(([, path]) => !path).map(([name]) => name);
  return missing.length > 0 ? missing : (Object.fromEntries(found) as Programs);
}

/** Covered by the new root, in this mount namespace only; nothing that is bound lies below it. */
const ROOT = "/sys";
const SETPRIV = "/course/bin/setpriv";
const NAMESPACES = ["--user", "--map-root-user", "--mount", "--pid", "--ipc", "--uts", "--net", "--cgroup"];

export async function unshare(room: Room, programs: Programs): Promise<Launch> {
  const libraries = await sharedLibraries(programs.setpriv);
  const setpriv = { from: programs.setpriv, to: SETPRIV };
  const binds = unique([...room.binds, setpriv, ...libraries]);
  return {
    file: programs.setpriv,
    // --pdeathsig and --kill-child: the kernel ends all of it when the grader dies, however it dies.
    arguments: [
      ...[
        "--pdeathsig",
        "KILL",
        programs.unshare,
        ...NAMESPACES,
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
      ],
      ...["--", programs.sh, "-c", script(binds, programs), "sh", ...room.program],
    ],
    environment: room.environment,
  };
}

/** Runs as the first process of the namespaces, with full capabilities over them and none outside. */
function script(binds: readonly Bind[], { mount, mkdir, chroot }: Programs): string {
  const files = binds.filter(({ from }) => !statSync(from).isDirectory());
  const folders = binds.filter((bind) => !files.includes(bind)).map(({ to }) => to);
  const parents = [
    ...new Set([...folders, ...files.map(({ to }) => dirname(to)), ...["/proc", "/dev", "/tmp"]]),
  ];
  const table = [
    ...binds.map(({ from, to }) => line(from, to, "none", "bind,ro,nosuid,nodev")),
    line("proc", "/proc", "proc", "ro,nosuid,nodev,noexec"),
    line("tmpfs", "/tmp", "tmpfs", `size=${SCRATCH_BYTES},nr_inodes=1k,mode=1777,nosuid,nodev`),
  ];
  return [
    "set -e",
    `${mount} -t tmpfs -o mode=755,size=4m,nosuid,nodev tmpfs ${ROOT}`,
    `${mkdir} -p ${parents.map((path) => quote(ROOT + path)).join(" ")}`,
    ...files.map(({ to }) => `: > ${quote(ROOT + to)}`),
    // One table for one `mount`: a process for each line would double the start-up time.
    `printf '%s\\n' ${table.map(quote).join(" ")} > ${ROOT}/fstab`,
    `${mount} -a -T ${ROOT}/fstab`,
    `: > ${ROOT}/fstab`,
    `${mount} -o remount,bind,ro,nosuid,nodev ${ROOT}`,
    "set +e",
    // Not exec: a shell as process 1 waits for Node and passes its status on; Node as process 1 could not be aborted.
    `${chroot} ${ROOT} ${SETPRIV} --no-new-privs --bounding-set -all --inh-caps -all --ambient-caps -all ` +
      `--securebits +noroot,+noroot_locked "$@"`,
    "exit $?",
  ].join("\n");
}

/** A line of fstab(5). */
function line(from: string, to: string, type: string, options: string): string {
  const field = (path: string) =>
    path.replace(/[\s\\]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return `${field(from)} ${field(ROOT + to)} ${type} ${options} 0 0`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function unique(binds: readonly Bind[]): Bind[] {
  return [...new Map(binds.map((bind) => [bind.to, bind])).values()];
}
