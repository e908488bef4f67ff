// node bench/setup-peers.ts: install PyTorch and JAX for the comparison, and three libraries of flows on PyTorch, into
// .setup/bench-venv (on Linux about 6 GB, because the PyTorch of the package index brings its libraries for graphics cards
// and does not start without them).
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { peersFolder, peersPython, root } from "./peers.ts";

function run(program: string, args: readonly string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (status === 0) return;
  const reason = error?.message ?? `it ended with ${status}`;
  console.error(`${[program, ...args].join(" ")} failed: ${reason}. The benchmark runs without the peers.`);
  process.exit(1);
}

if (!existsSync(peersPython)) {
  const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");
  run(python, ["-m", "venv", peersFolder]);
}
run(peersPython, [
  "-m",
  "pip",
  "install",
  "--disable-pip-version-check",
  "-r",
  join(root, "bench/peers/requirements.txt"),
]);
run(peersPython, [
  "-c",
  "import torch, jax, nflows.transforms, normflows, zuko; print('PyTorch', torch.__version__, '· JAX', jax.__version__)",
]);
