import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { run, tail } from "../processes/child.js";
import { findPython } from "../processes/python.js";
import { stateFolder, venvProgram } from "../project.js";
import { filesUnder, writeWhole } from "../stamp.js";

export const tensorflowVersion = "2.21.0";

/**
 * Only libraries and headers are taken out of a wheel, so any Python's wheel will do.
 *
 * @type {Partial<Record<NodeJS.Architecture, { name: string, platform: string, sha256: string, megabytes: number }>>}
 */
const wheels = {
  x64: {
    name: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
    megabytes: 274,
  },
  arm64: {
    name: "tensorflow",
    platform: "manylinux_2_27_aarch64",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
    megabytes: 270,
  },
};

/** libtensorflow outlives `node_modules`: after `npm ci` only the addon is put back. */
export const tensorflowFolder = join(stateFolder, `tensorflow-${tensorflowVersion}`);

export const libraries = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

export const hasLibtensorflow = () => existsSync(join(tensorflowFolder, "include"));

/** The wheel for this machine, or undefined where none is published. */
export const wheelHere = () => (process.platform === "linux" ? wheels[process.arch] : undefined);

/**
 * Download the wheel and keep its two libraries and the C headers.
 *
 * @param {import("../progress.js").Progress} progress
 * @throws Error with the reason, in a sentence, if pip is missing or cannot download.
 */
export async function fetchLibtensorflow(progress) {
  if (hasLibtensorflow()) return;
  checkSpace();
  const draft = join(stateFolder, "tmp", "tensorflow");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, "pip"), { recursive: true });
  try {
    const python = await pythonWithPip();
    await download(python, draft, progress);
    progress.note("unpacking libtensorflow (850 MB)");
    await unpack(python, draft);
    rmSync(tensorflowFolder, { recursive: true, force: true });
    renameSync(join(draft, "tensorflow"), tensorflowFolder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Download, pip's copy of it and the unpacked libraries are on the disk at the same time. */
function checkSpace() {
  const { bavail, bsize } = statfsSync(stateFolder);
  const gigabytes = (bavail * bsize) / 1e9;
  if (gigabytes < 1.5)
    throw new Error(`libtensorflow needs 1.5 GB of disk space and ${gigabytes.toFixed(1)} GB are free`);
}

async function pythonWithPip() {
  const candidates = [venvProgram("python"), (await findPython())?.command].flatMap((each) =>
    each && existsSync(each) ? [each] : [],
  );
  if (candidates.length === 0) throw new Error("no Python to download libtensorflow with; install python3");
  for (const python of candidates) {
    if ((await run(python, ["-m", "pip", "--version"])).code === 0) return python;
  }
  throw new Error(
    "this Python has no pip to download libtensorflow with; install python3-pip or python3-venv",
  );
}

/**
 * @param {string} python
 * @param {string} draft
 * @param {import("../progress.js").Progress} progress
 */
async function download(python, draft, progress) {
  const wheel = wheelHere();
  if (wheel === undefined) throw new Error(`no wheel for ${process.platform} ${process.arch}`);
  const requirements = join(draft, "requirements.txt");
  writeWhole(requirements, `${wheel.name}==${tensorflowVersion} --hash=sha256:${wheel.sha256}\n`);
  const args = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"];
  args.push("--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform);
  args.push("--disable-pip-version-check", "--no-cache-dir", "--progress-bar", "off");
  args.push("--retries", "2", "--timeout", "20", "-d", draft, "-r", requirements);
  const watch = setInterval(() => {
    const megabytes = Math.round(sizeOf(draft) / 1e6);
    progress.note(`downloading libtensorflow, ${megabytes} of ${wheel.megabytes} MB`);
  }, 500);
  // pip downloads into TMPDIR first; beside the target it is measured, and removed with it.
  const result = await run(python, args, { env: { TMPDIR: join(draft, "pip") } });
  clearInterval(watch);
  if (result.code !== 0) {
    throw new Error(`libtensorflow ${tensorflowVersion} could not be downloaded: ${tail(result.output, 1)}`);
  }
}

/** @param {string} folder */
const sizeOf = (folder) =>
  filesUnder(folder, []).reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

const unpackScript = `
import sys, zipfile
wheel, target, *libraries = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        header = name.startswith("tensorflow/include/") and name.endswith(".h") and (
            "/include/tensorflow/c/" in name or "/platform/ctstring" in name or "/tsl/c/" in name)
        if header or name in ["tensorflow/" + library for library in libraries]:
            archive.extract(name, target)
`;

/**
 * @param {string} python
 * @param {string} draft
 */
async function unpack(python, draft) {
  const wheel = readdirSync(draft).find((name) => name.endsWith(".whl"));
  if (wheel === undefined)
    throw new Error("pip said that it downloaded libtensorflow, and there is no wheel");
  const result = await run(python, ["-c", unpackScript, join(draft, wheel), draft, ...libraries]);
  if (result.code !== 0) throw new Error(`libtensorflow could not be unpacked: ${tail(result.output, 1)}`);
}
