// node leash.js <program> [arguments]: run a program until it ends, or until standard input does.
//
// Set-up holds the other end of the input. If it is killed outright, its npm or pip would work on in a folder that
// the next set-up works in too; so they end with it.
import { spawn, spawnSync } from "node:child_process";

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, {
  stdio: ["ignore", "inherit", "inherit"],
  shell: process.env.FLOWLAB_LEASH_SHELL === "1",
  windowsHide: true,
});

process.stdin.on("end", endGroup).on("error", endGroup).resume();
child.on("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on("close", (code) => process.exit(code ?? 1));

/** Set-up made this process the leader of a group, which the program and all it starts belong to. */
function endGroup() {
  if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(process.pid), "/T", "/F"]);
  else process.kill(-process.pid, "SIGKILL");
}
