/**
 * tslab's converter (TypeScript to JavaScript, declarations carried from cell to cell) and executor, with the
 * compiler options of this project and with source maps. tslab's own message handling is not used.
 */
import { createRequire, SourceMap } from "node:module";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type {
  CompletionInfo,
  Converter,
  ConvertResult,
  createConverter,
  Diagnostic,
} from "tslab/dist/converter.js";
import type { createExecutor, Executor } from "tslab/dist/executor.js";
import { createLightProgram } from "./light-program.ts";
import { assignInBody } from "./loop-targets.ts";
import { withMissingArgument } from "./missing-argument.ts";
import { withOtherDoor } from "./other-door.ts";
import { visitWithShorthand } from "./shorthand.ts";
import { mergeTimers, type Timers } from "./timers.ts";
import { createTopLevelAwait, type TopLevelAwait } from "./top-level-await.ts";
import { declareAll, withoutUnnameable } from "./unnameable.ts";

export type { CompletionInfo, Diagnostic, Executor };

/** Translates a zero-based position in the compiled cell to one in the cell; undefined if there is none. */
export type PositionMap = (line: number, column: number) => { line: number; column: number } | undefined;

/** What compiling a cell led to. */
export interface Compiled {
  diagnostics: readonly Diagnostic[];
  lastExpressionVar: string | undefined;
  position: PositionMap;
}

/** How the executor reports: the value of the last expression, something thrown, a finished compilation. */
export interface Listener {
  onCompiled(compiled: Compiled): void;
  onValue(value: unknown): void;
  onThrown(error: unknown): void;
  /** Loads a module that a cell imports. */
  onLoad<T>(name: string, load: () => T): T;
  /** Script name of the cell in stack traces. */
  scriptName(): string;
}

export interface Tslab {
  executor: Executor;
  /** Compiles without running, so that the compiler has read the libraries before the first cell needs them. */
  warmUp(code: string): void;
  isComplete(code: string): { completed: boolean; indent?: string };
  /** Makes tslab's own `display` publish through this kernel. */
  connectDisplay(write: (data: TslabDisplay, update: boolean) => void): void;
}

export interface TslabDisplay {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}

/** The executor wraps a cell in a function, on the line of its first statement. */
const wrapperLength = "(function(exports, require) { ".length;
/** The converter puts `export {};` on a line of its own before a cell. */
const linesBeforeCell = 1;
const inlineMap = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** Declarations of what Node can do and tslab's compiler has not heard of. */
const newerTypes = path.join(import.meta.dirname, "es2024");

/** Declarations that are compiled along with every cell, so that the compiler does not forget them. */
const courseTypes = path.join(import.meta.dirname, "course");

/** Where the compiler finds the course's packages for a notebook that lies elsewhere; Node finds them by NODE_PATH. */
const installed = path.join(import.meta.dirname, "../../../node_modules");
const coursePackages = {
  flowlab: ["flowlab"],
  "flowlab/*": ["flowlab/*"],
  "flowlab-grader": ["flowlab-grader"],
};

const require = createRequire(import.meta.url);

function splitMap(code: string): { code: string; map: SourceMap | undefined } {
  const match = inlineMap.exec(code);
  if (match?.[1] === undefined) return { code, map: undefined };
  const payload = JSON.parse(Buffer.from(match[1], "base64").toString("utf8"));
  return { code: code.slice(0, match.index), map: new SourceMap(payload) };
}

function lookUp(map: SourceMap, line: number, column: number) {
  const entry = map.findEntry(line, column);
  return "originalLine" in entry ? { line: entry.originalLine, column: entry.originalColumn } : undefined;
}

/**
 * Loads tslab over a copy of its compiler in which four functions are replaced: one takes the compiler's
 * options, which tslab has no setting for (it is not strict and knows only ES2022), and lets it have timers and light programs, one keeps the maps
 * of both compilation steps and mends the heads of loops, one mends shorthand properties, one names missing arguments and finds awaits.
 */
function loadTslab() {
  const compilerPath = require.resolve("@tslab/typescript-for-tslab");
  const ts: typeof TypeScript = require(compilerPath);
  let maps: SourceMap[] = [];
  let program: TypeScript.BuilderProgram | undefined;
  const visitEachChild = visitWithShorthand(ts, () => program?.getProgram().getTypeChecker());
  const createWatchCompilerHost = (
    files: string[],
    options: TypeScript.CompilerOptions,
    system: Timers,
    ...rest: unknown[]
  ) => {
    const { setTimeout, clearTimeout } = system;
    Object.assign(system, mergeTimers({ setTimeout, clearTimeout }));
    const ours = {
      strict: true,
      lib: ["lib.es2023.d.ts"],
      types: ["node", newerTypes, courseTypes],
      baseUrl: installed,
      paths: coursePackages,
      inlineSourceMap: true,
    };
    const host = Reflect.apply(ts.createWatchCompilerHost, ts, [
      files,
      { ...options, ...ours },
      system,
      ...rest,
    ]);
    const createProgram = createLightProgram(ts);
    host.createProgram = (...args: Parameters<typeof createProgram>) => {
      program = createProgram(...args);
      if (program) declareAll(program.getProgram());
      return program;
    };
    return host;
  };
  const transpileModule = (source: string, options: TypeScript.TranspileOptions) => {
    const toModule = splitMap(source);
    const compilerOptions = { ...options.compilerOptions, inlineSourceMap: true };
    const transformers = { before: [assignInBody(ts)] };
    const output = ts.transpileModule(toModule.code, { ...options, compilerOptions, transformers });
    const toScript = splitMap(output.outputText);
    maps = [toScript.map, toModule.map].filter((map) => map !== undefined);
    return { ...output, outputText: toScript.code };
  };
  // tslab calls this function, which is not among the compiler's declared ones.
  type OfFiles = (program: TypeScript.Program, files: TypeScript.SourceFile[]) => TypeScript.Diagnostic[];
  const { getPreEmitDiagnosticsOfFiles: ofFiles } = ts as unknown as {
    getPreEmitDiagnosticsOfFiles: OfFiles;
  };
  const awaits = createTopLevelAwait(ts);
  // The cell is the first of the files; the others are local files that it imports.
  const getPreEmitDiagnosticsOfFiles: OfFiles = (of, files) => {
    const [cell] = files;
    const found = ofFiles(of, files).map((diagnostic) => withOtherDoor(withMissingArgument(diagnostic), of));
    return cell ? awaits.review(cell, withoutUnnameable(of, cell, found)) : found;
  };
  const loaded = require.cache[compilerPath];
  if (loaded === undefined) throw new Error(`Expected ${compilerPath} to be loaded`);
  loaded.exports = {
    ...ts,
    createWatchCompilerHost,
    getPreEmitDiagnosticsOfFiles,
    transpileModule,
    visitEachChild,
  };
  return {
    converter: require("tslab/dist/converter") as {
      createConverter: typeof createConverter;
      isCompleteCode: Tslab["isComplete"];
    },
    executor: require("tslab/dist/executor") as { createExecutor: typeof createExecutor },
    display: require("tslab/dist/jupyter") as { lastWriteDisplayData: unknown },
    takeMaps: () => maps.splice(0),
    awaits,
  };
}

function positionMap(output: string | undefined, maps: readonly SourceMap[]): PositionMap {
  const lines = output?.split("\n").length ?? 0;
  return (line, column) => {
    if (line >= lines) return undefined; // The executor's call of the wrapper.
    let position: { line: number; column: number } | undefined = { line, column };
    if (line === 0) position.column = Math.max(0, column - wrapperLength);
    for (const map of maps) position = position && lookUp(map, position.line, position.column);
    return position && { line: position.line - linesBeforeCell, column: position.column };
  };
}

/** Wraps tslab's converter so that the listener learns what the executor only prints. */
function listening(
  inner: Converter,
  listener: Listener,
  takeMaps: () => SourceMap[],
  awaits: TopLevelAwait,
): Converter {
  return {
    ...inner,
    convert(previous, source): ConvertResult {
      takeMaps();
      const result = awaits.complete(inner.convert(previous, source));
      const { diagnostics, lastExpressionVar, output } = result;
      listener.onCompiled({ diagnostics, lastExpressionVar, position: positionMap(output, takeMaps()) });
      return output ? { ...result, output: `${output}\n//# sourceURL=${listener.scriptName()}` } : result;
    },
    addModule(name, content, meta) {
      const diagnostics = inner.addModule(name, content, meta);
      listener.onCompiled({ diagnostics, lastExpressionVar: undefined, position: () => undefined });
      return diagnostics;
    },
  };
}

/** A TypeScript session that resolves modules from the working folder. Takes about half a second. */
export function createTslab(listener: Listener): Tslab {
  const tslab = loadTslab();
  const { createConverter, isCompleteCode } = tslab.converter;
  const inner = createConverter({ isJS: false, isBrowser: false });
  const node = listening(inner, listener, tslab.takeMaps, tslab.awaits);
  const converters = { node, browser: node, close: () => inner.close() };
  const executor = tslab.executor.createExecutor(process.cwd(), converters, {
    log: (value: unknown) => listener.onValue(value),
    // Diagnostics are printed with a format and arguments; the listener has them already, with positions.
    error: (...args: unknown[]) => args.length === 1 && listener.onThrown(args[0]),
  });
  const cells = (globalThis as unknown as { __tslab__: { require: NodeJS.Require } }).__tslab__;
  cells.require = new Proxy(cells.require, {
    apply: (require, self, inputs: [string]) =>
      listener.onLoad(inputs[0], () => Reflect.apply(require, self, inputs)),
  });
  return {
    executor,
    warmUp: (code) => void inner.convert("", code),
    isComplete: isCompleteCode,
    connectDisplay(write) {
      tslab.display.lastWriteDisplayData = write;
    },
  };
}

/** `require` as cells have it: modules are looked up from the notebook's folder. */
export const requireFromNotebook = createRequire(path.join(process.cwd(), "cell.js"));
