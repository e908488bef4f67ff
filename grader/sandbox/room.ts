/**
 * The room a learner's code runs in: what it can see, and nothing else.
 *
 * The same for every kind of sandbox: the pinned Node and the shared libraries that it links, `node_modules`, flowlab and the
 * harness, all read-only, under `/course`. Neither checks nor solutions, no shell, no home, no `/etc`. The submission is not a
 * file at all: its text is sent over the channel.
 */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { ask } from "./ask.ts";

export interface Bind {
  readonly from: string;
  readonly to: string;
}

export interface Room {
  readonly binds: readonly Bind[];
  /** Node and its arguments as seen from inside. */
  readonly program: readonly string[];
  readonly environment: { readonly [name: string]: string };
}

export interface NodeLimits {
  /** Heap limit of V8 in megabytes. */
  readonly heapMB: number;
}

const INSIDE = "/course";

/**
 * Of the library only what is compiled is in the room. The other flags are a second fence; the room does not rely on them.
 */
export function nodeFlags(readable: readonly string[], { heapMB }: NodeLimits): string[] {
  return [
    "--conditions=flowlab:compiled",
    "--permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    "--disallow-code-generation-from-strings",
    "--no-warnings",
    `--max-old-space-size=${heapMB}`,
  ];
}

export const ENVIRONMENT = {
  HOME: "/tmp",
  PATH: `${INSIDE}/bin`,
  LANG: "C.UTF-8",
  FLOWLAB_BACKEND: "wasm",
} as const;

/** Where things are on this machine. */
export interface Places {
  readonly node: string;
  readonly nodeModules: string;
  readonly flowlab: string;
  readonly grader: string;
}

/** @throws Error if the grader has not been compiled or installed. */
export function places(): Places {
  const grader = ancestor(import.meta.dirname, (folder) => packageName(folder) === "flowlab-grader");
  const nodeModules = join(
    ancestor(grader, (folder) => existsSync(join(folder, "node_modules/flowlab"))),
    "node_modules",
  );
  if (!existsSync(join(grader, "dist/harness/main.js"))) {
    throw new Error("the grader has not been compiled: run `npm run compile`");
  }
  const pinned = join(nodeModules, "node/bin/node");
  return {
    node: realpathSync(existsSync(pinned) ? pinned : process.execPath),
    nodeModules,
    flowlab: realpathSync(join(nodeModules, "flowlab")),
    grader,
  };
}

/** A room with these Node arguments; without any it starts the harness. */
export async function room(limits: NodeLimits, script?: readonly string[]): Promise<Room> {
  const at = places();
  const binds = [
    { from: at.node, to: `${INSIDE}/bin/node` },
    { from: at.nodeModules, to: `${INSIDE}/node_modules` },
    { from: join(at.flowlab, "package.json"), to: `${INSIDE}/lib/package.json` },
    { from: join(at.flowlab, "dist"), to: `${INSIDE}/lib/dist` },
    { from: join(at.grader, "package.json"), to: `${INSIDE}/grader/package.json` },
    { from: join(at.grader, "dist/harness"), to: `${INSIDE}/grader/dist/harness` },
    // Only if npm could not hoist everything.
    ...(existsSync(join(at.flowlab, "node_modules"))
      ? [{ from: join(at.flowlab, "node_modules"), to: `${INSIDE}/lib/node_modules` }]
      : []),
    ...(await sharedLibraries(at.node)),
  ];
  return {
    binds,
    program: [
      `${INSIDE}/bin/node`,
      ...nodeFlags([`${INSIDE}/*`], limits),
      ...(script ?? [`${INSIDE}/grader/dist/harness/main.js`]),
    ],
    environment: ENVIRONMENT,
  };
}

const libraries = new Map<string, Promise<Bind[]>>();

/** The shared libraries that a program of this machine's links, found as its loader finds them. */
export function sharedLibraries(program: string): Promise<Bind[]> {
  const known = libraries.get(program) ?? linkedFiles(program);
  libraries.set(program, known);
  return known;
}

async function linkedFiles(program: string): Promise<Bind[]> {
  const stdout = await ask("ldd", [program]);
  // "libm.so.6 => /lib/libm.so.6 (0x…)" or, for the loader itself, "/lib64/ld-linux-x86-64.so.2 (0x…)"
  const paths = [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map((match) => match[1] as string);
  const cache = "/etc/ld.so.cache";
  return [...new Set(paths), ...(existsSync(cache) ? [cache] : [])].map((path) => ({
    from: realpathSync(path),
    to: path,
  }));
}

function packageName(folder: string): unknown {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).name : undefined;
}

function ancestor(from: string, fits: (folder: string) => boolean): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (fits(folder)) return folder;
    if (folder === dirname(folder))
      throw new Error(`the grader's packages are not installed above ${from}: run \`npm ci\``);
  }
}
