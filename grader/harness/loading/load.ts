/**
 * The learner's program as modules.
 *
 * Type annotations are blanked out by Node, which keeps every line and column. What the text declares without `export` is found
 * too: a learner who forgot the keyword has still solved the problem.
 */

import { registerHooks } from "node:module";
import { SUBMISSION } from "../address.ts";
import { frame } from "../frame.ts";
import { failure } from "../module.ts";
import { hasOwn } from "../pristine.ts";
import { type Program, type ProgramModule, placeText, shownName, withShownNames } from "../program.ts";
import type { Answer } from "../protocol.ts";
import { javaScript } from "./java-script.ts";

type Failure = Omit<Extract<Answer, { ok: false }>, "id">;
type Loaded = { readonly ok: true; readonly provided: Record<string, unknown> } | Failure;

const DECLARED = "__flowlabDeclared";
const TENSORFLOW = "file:///tensorflow/tfjs.js";
/** What an exercise may import by name; Node's own modules are allowed and find nothing to do in a sandbox. */
const PACKAGES = ["flowlab", "@tensorflow/tfjs"];
const PARTS = ["flowlab", "flowlab/data", "flowlab/figure", "flowlab/notebook"];

/**
 * @param names What the exercise asks for.
 * @param forbidden Modules that contain the answer.
 * @param address Below which the modules are loaded: a module is loaded once under one address, whatever its text is later.
 */
export async function loadSubmission(
  program: Program,
  names: readonly string[],
  forbidden: readonly string[],
  address = SUBMISSION,
): Promise<Loaded> {
  const sources = new Map<string, string>();
  let current = program.modules[0] as ProgramModule;
  try {
    for (const module of program.modules) {
      current = module;
      const code = module.script ?? javaScript(module.code);
      sources.set(
        address + module.path,
        program.entries.includes(module.path) ? declaring(code, names) : code,
      );
    }
    const tensorFlow = [...sources.values()].some((code) => code.includes("@tensorflow/tfjs"));
    served?.deregister();
    served = serve(sources, tensorFlow ? await tensorFlowModule() : "", forbidden, address);
    const provided: Record<string, unknown> = {};
    for (const path of program.entries) {
      current = program.modules.find((module) => module.path === path) ?? current;
      take(await import(address + path), names, provided);
    }
    return { ok: true, provided };
  } catch (error) {
    return await loadFailure(error, moduleAt(error, program, address) ?? current);
  }
}

/** The module in which a syntax error was found: not the one that was asked for, but one that it imports. */
function moduleAt(error: unknown, { modules }: Program, address: string): ProgramModule | undefined {
  const stack = String((error as { stack?: unknown } | null)?.stack);
  return stack.startsWith(address)
    ? modules.find(({ path }) => stack.startsWith(`${address + path}:`))
    : undefined;
}

/** Adds an export through which declarations can be read; `typeof` also answers for a name that nobody declared. */
function declaring(code: string, names: readonly string[]): string {
  const getters = names.map(
    (name) => `get ${name}() { return typeof ${name} === "undefined" ? undefined : ${name}; }`,
  );
  return `${code}\n;export const ${DECLARED} = { ${getters.join(", ")} };\n`;
}

/** Adds what a module has of the names asked, in place of what an earlier one had. */
function take(
  module: Record<string, unknown>,
  names: readonly string[],
  provided: Record<string, unknown>,
): void {
  const declared = module[DECLARED] as Record<string, unknown>;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = hasOwn(module, name) ? module[name] : declared[name];
    if (value !== undefined || !hasOwn(provided, name)) provided[name] = value;
  }
}

let served: ReturnType<typeof registerHooks> | undefined;

/** Makes the texts importable under their addresses, and decides what they may import in turn. */
function serve(
  sources: ReadonlyMap<string, string>,
  tensorFlow: string,
  forbidden: readonly string[],
  address: string,
): ReturnType<typeof registerHooks> {
  return registerHooks({
    resolve(specifier, context, next) {
      const isLearners = context.parentURL?.startsWith(SUBMISSION) === true;
      if (specifier === "@tensorflow/tfjs" && isLearners) specifier = TENSORFLOW;
      // A program's modules name each other as if it had the room to itself.
      const own =
        isLearners && specifier.startsWith(SUBMISSION)
          ? address + specifier.slice(SUBMISSION.length)
          : specifier;
      if (sources.has(own) || specifier === TENSORFLOW)
        return { url: own, format: "module", shortCircuit: true };
      const here = { ...context, parentURL: import.meta.url };
      if (context.parentURL === TENSORFLOW) return next(specifier, here);
      if (!isLearners) return next(specifier, context);
      const beside = besideUrl(specifier, context.parentURL as string, sources);
      if (beside !== undefined) return { url: beside, format: "module", shortCircuit: true };
      const refusal = refuse(specifier, forbidden);
      if (refusal) throw new Refused(refusal, (context.parentURL as string).slice(address.length));
      const resolved = next(specifier, here);
      if (forbidden.some((module) => resolved.url === resolveUrl(module)))
        throw new Refused(refuseAnswer(specifier), (context.parentURL as string).slice(address.length));
      return resolved;
    },
    load(url, context, next) {
      const source = url === TENSORFLOW ? tensorFlow : sources.get(url);
      return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
    },
  });
}

/** A file that was handed in beside the one that imports it: `./helpers`, `./helpers.ts`, or `./helpers.js` as TypeScript has it. */
function besideUrl(
  specifier: string,
  parent: string,
  sources: ReadonlyMap<string, string>,
): string | undefined {
  if (!/^\.{1,2}\//.test(specifier)) return undefined;
  const { href } = new URL(specifier, parent);
  const candidates = [href, `${href}.ts`, href.replace(/\.m?js$/, ".ts"), `${href}/index.ts`];
  return candidates.find((url) => sources.has(url));
}

/** TensorFlow.js as flowlab has set it up, under its own name: a second copy would have no backend. */
async function tensorFlowModule(): Promise<string> {
  const { tf } = await import("flowlab");
  const names = Object.keys(tf).filter((name) => name !== "default");
  const exports = names.map((name, i) => `const v${i} = tf.${name};\nexport { v${i} as ${name} };`);
  return `import { tf } from "flowlab";\nexport default tf;\n${exports.join("\n")}\n`;
}

class Refused extends Error {
  /** The path of the module that imports. */
  readonly by: string;

  constructor(why: string, by: string) {
    super(why);
    this.by = by;
  }
}

function refuse(specifier: string, forbidden: readonly string[]): string | undefined {
  if (forbidden.some((module) => specifier === module || specifier.startsWith(`${module}/`)))
    return refuseAnswer(specifier);
  if (/^(\.{0,2}\/|file:)/.test(specifier)) {
    return `it imports "${specifier}", which was not handed in beside it: put what it needs into this file, or hand that file in too`;
  }
  if (/^(data|blob|https?):/.test(specifier))
    return `it imports "${specifier}"; an exercise cannot import from an address`;
  if (
    specifier.startsWith("node:") ||
    PACKAGES.some((name) => specifier === name || specifier.startsWith(`${name}/`))
  )
    return undefined;
  return `it imports "${specifier}"; an exercise can import ${PACKAGES.join(" and ")}`;
}

const refuseAnswer = (specifier: string) =>
  `it imports "${specifier}", which contains the answer: write it yourself`;

function resolveUrl(module: string): string | undefined {
  try {
    return import.meta.resolve(module);
  } catch {
    return undefined;
  }
}

async function loadFailure(error: unknown, { path, code: source }: ProgramModule): Promise<Failure> {
  const name = shownName(path);
  if (error instanceof Refused)
    return { ok: false, trouble: "load", message: `${shownName(error.by)} was not run: ${error.message}` };
  const told = failure(error);
  if (told.trouble === "unsolved") return told;
  const { code, stack } = error as { code?: unknown; stack?: unknown };
  const place =
    code === "ERR_INVALID_TYPESCRIPT_SYNTAX" || told.message.startsWith("SyntaxError")
      ? syntaxPlace(String(stack))
      : undefined;
  if (place) {
    const reason = withShownNames(
      told.message.replace(/^SyntaxError( \[\w+\])?: /, "") + (await importRemedy(told.message)),
    );
    const where = placeText(name, place.line, place.column);
    return { ok: false, trouble: "load", message: `${where}: ${reason}\n\n${frame(source, place)}` };
  }
  if (code === "ERR_INTERNAL_ASSERTION")
    return { ok: false, trouble: "load", message: `${name} cannot be read as TypeScript` };
  const message = `${name} fails when it is loaded: ${told.message}`;
  return { ok: false, trouble: "load", message, ...(told.trace && { trace: told.trace }) };
}

/** A name may be exported by another part of flowlab; and the notebook's compiler drops imports of types by itself, where Node asks that they are marked. */
async function importRemedy(message: string): Promise<string> {
  const [, module = "", name] = /'([^']+)' does not provide an export named '([^']+)'/.exec(message) ?? [];
  if (name === undefined) return "";
  for (const other of module.startsWith("flowlab") ? PARTS : [])
    if (hasOwn(await import(other), name)) return `; import ${name} from "${other}"`;
  return `; if ${name} is a type, import it with "import { type ${name} }"`;
}

/** Both Node and V8 begin the stack of a syntax error with "…:line", some source and a caret below the place. */
function syntaxPlace(stack: string): { line: number; column: number } | undefined {
  const seen = /^[^\n]*:(\d+)\n(?:[^\n]*\n)+?([ \t]*)\^+[ \t]*\n/.exec(stack);
  return seen ? { line: Number(seen[1]), column: (seen[2] as string).length + 1 } : undefined;
}
