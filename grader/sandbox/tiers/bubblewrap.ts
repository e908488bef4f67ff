/**
 * The room by bubblewrap (https://github.com/containers/bubblewrap).
 */

import { ask } from "../ask.ts";
import { type Launch, SCRATCH_BYTES } from "../launch.ts";
import type { Room } from "../room.ts";

/**
 * @param bwrap Path of the program.
 * @param help What `bwrap --help` prints: older versions lack some options.
 */
export function bubblewrap(room: Room, bwrap: string, help: string): Launch {
  const has = (option: string) => help.includes(option);
  return {
    file: bwrap,
    arguments: [
      ...[
        "--unshare-user",
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
      ],
      ...(has("--disable-userns") ? ["--disable-userns"] : []),
      ...["--uid", "65534", "--gid", "65534", "--hostname", "sandbox"],
      ...["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
      ...room.binds.flatMap(({ from, to }) => ["--ro-bind", from, to]),
      ...["--proc", "/proc", "--remount-ro", "/proc"],
      // No devices: Node needs none, and a grader that runs as root owns them, so that a program inside could chmod them.
      ...["--dir", "/dev"],
      // Versions before 0.7 cannot bound a tmpfs: there /tmp is part of the read-only root.
      ...(has("--size") ? ["--size", String(SCRATCH_BYTES), "--tmpfs", "/tmp"] : ["--dir", "/tmp"]),
      ...["--remount-ro", "/", "--chdir", "/tmp", "--"],
      ...room.program,
    ],
    environment: room.environment,
  };
}

export async function bubblewrapHelp(bwrap: string): Promise<string> {
  return ask(bwrap, ["--help"]);
}
