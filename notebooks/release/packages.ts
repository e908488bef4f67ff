/** The packages of a kit: those that its own files import, as the course's lock file has them. */

/** Of a package in a lock file. */
interface Locked {
  dependencies?: Names;
  devDependencies?: Names;
  optionalDependencies?: Names;
  peerDependencies?: Names;
  peerDependenciesMeta?: { [name: string]: { optional?: boolean } };
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  [field: string]: unknown;
}
type Names = { [name: string]: string };

export interface LockFile {
  packages: { [path: string]: Locked };
  [field: string]: unknown;
}

export interface PackageFile {
  dependencies?: Names;
  devDependencies?: Names;
  [field: string]: unknown;
}

/** What of a package's dependencies is imported. */
export const keepImported = (names: Names = {}, isImported: (name: string) => boolean): Names =>
  Object.fromEntries(Object.entries(names).filter(([name]) => isImported(name)));

/**
 * A lock file for other dependencies of the course and its workspaces: the same versions, and nothing that they do not need.
 *
 * @param own The changed entries, by their paths: `""` for the course, `grader`.
 * @throws Error if the lock file lacks a package.
 */
export function pruneLock(lock: LockFile, own: { readonly [path: string]: PackageFile }): LockFile {
  const packages: LockFile["packages"] = { ...lock.packages };
  for (const [path, { dependencies = {}, devDependencies = {} }] of Object.entries(own)) {
    const entry: Locked = { ...packages[path], dependencies, devDependencies };
    if (Object.keys(devDependencies).length === 0) delete entry.devDependencies;
    if (Object.keys(dependencies).length === 0) delete entry.dependencies;
    packages[path] = entry;
  }
  const { needed, optional } = reach(packages);
  const kept = Object.keys(packages)
    .filter((path) => needed.has(path) || optional.has(path))
    .map((path) => [path, asNeeded(packages[path] as Locked, needed.has(path))] as const);
  return { ...lock, packages: Object.fromEntries(kept) };
}

function asNeeded({ dev: _, devOptional: __, optional: ___, ...entry }: Locked, isNeeded: boolean): Locked {
  return isNeeded ? entry : { ...entry, optional: true };
}

/** Which packages the course needs, and which others it takes where they can be had. */
function reach(packages: LockFile["packages"]): { needed: Set<string>; optional: Set<string> } {
  const needed = new Set<string>();
  const optional = new Set<string>();
  const waiting: { path: string; isNeeded: boolean }[] = [{ path: "", isNeeded: true }];
  // The workspaces are installed whether or not the course names them.
  for (const [path, { link, resolved }] of Object.entries(packages))
    if (link) waiting.push({ path, isNeeded: true }, { path: resolved as string, isNeeded: true });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, isNeeded } = next;
    if (needed.has(path) || (!isNeeded && optional.has(path))) continue;
    (isNeeded ? needed : optional).add(path);
    const entry = packages[path] as Locked;
    for (const [name, how] of namesOf(entry)) {
      const found = resolve(packages, path, name);
      if (found) waiting.push({ path: found, isNeeded: isNeeded && how === "needed" });
      else if (how === "needed")
        throw new Error(`package-lock.json has no ${name} for ${path || "the course"}`);
    }
  }
  return { needed, optional };
}

function* namesOf(entry: Locked): Generator<[name: string, how: "needed" | "optional"]> {
  const optional = entry.optionalDependencies ?? {};
  for (const name of Object.keys(entry.dependencies ?? {}))
    yield [name, name in optional ? "optional" : "needed"];
  for (const name of Object.keys(optional)) yield [name, "optional"];
  for (const name of Object.keys(entry.peerDependencies ?? {}))
    if (!entry.peerDependenciesMeta?.[name]?.optional) yield [name, "needed"];
}

/** As Node looks for it: in the folder's own `node_modules`, then in those above it. */
function resolve(packages: LockFile["packages"], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = above(folder)) {
    const path = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === "") return undefined;
  }
}

/** `node_modules/a` for `node_modules/a/node_modules/b`; the course for a workspace. */
function above(folder: string): string {
  const end = folder.lastIndexOf("/node_modules/");
  return end < 0 ? "" : folder.slice(0, end);
}
