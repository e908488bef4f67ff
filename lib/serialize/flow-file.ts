import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Bijection } from "../bijections/bijection.ts";
import { checkBijection } from "../bijections/building/check-bijection.ts";
import { buildDistribution } from "../distributions/build.ts";
import { type Flow, flow } from "../flows/flow.ts";
import { checkHas, checkPath } from "../ground/arguments/check-options.ts";
import {
  anObject,
  aTensor,
  aText,
  bytesOfFile,
  checkKind,
  demand,
  listOf,
} from "../ground/arguments/kinds.ts";
import { writeAtomically } from "../ground/write-atomically.ts";
import { bijectionFrom } from "./registry.ts";
import { decodeSafetensors, encodeSafetensors, type Safetensors } from "./safetensors.ts";
import { assignWeights, readWeights, type Weighted } from "./weights.ts";

const FORMAT = "flowlab";
/** What is written. Files of version 1, whose tensors have names by their order, are read as well. */
const VERSION = 2;

/** A file that is not a saved flow, or not that of the flow at hand. It says what is wrong; nothing was changed. */
export class FlowFileError extends Error {
  override readonly name = "FlowFileError";
}

/**
 * Saves a flow: its architecture, the weights, and what is kept with them (running statistics, whether it has been
 * initialized from data).
 *
 * The file is in the safetensors format, which Python reads (`safetensors.numpy.load_file`): a tensor is called
 * by its place, such as `3.coupling.weights.0`: the first weights of the part that is applied fourth. In its metadata,
 * `format` is "flowlab", `version` "2", `flow` the JSON { base, bijection } of the two configs, and `sha256` the checksum of all
 * tensors' bytes. It is written beside the path first and then renamed: at any moment the path holds the old file
 * or the new one, complete.
 *
 * @throws FlowFileError if a part was not made by a factory of this library, or occurs more than once: see
 *   {@link saveWeights}.
 * @throws FlowFileError if the file cannot be written.
 */
export function saveFlow(model: Flow, path: string): void {
  checkHas("saveFlow", model, ["base", "bijection", "variables"], "a flow, flow(base, bijection)");
  checkWeighted("saveFlow", model);
  checkKind("saveFlow", "the base", model.base, demand(anObject));
  checkBijection("saveFlow", model.bijection);
  checkPath("saveFlow", path, 'saveFlow(model, "model.safetensors")');
  const { base, bijection } = model;
  if (!base.config) {
    const what = base.lacking ? `${base.lacking} of the base distribution` : "the base distribution";
    throw new FlowFileError(`${what} has no config; ${INSTEAD}`);
  }
  if (!bijection.config) throw new FlowFileError(`${findUnsavable(bijection)} has no config; ${INSTEAD}`);
  const architecture = JSON.stringify({ base: base.config, bijection: bijection.config });
  checkRebuilt(model, flowFrom(architecture));
  write(model, path, { flow: architecture });
}

const INSTEAD = "use saveWeights and, with a flow made in the same way, loadWeights";

/**
 * Loads a flow that {@link saveFlow} has saved. On the same backend it gives the same log-densities to the last bit.
 *
 * @throws FlowFileError if the file is missing, truncated, damaged, of another kind, or of a later version.
 */
export function loadFlow(path: string): Flow {
  checkPath("loadFlow", path, 'loadFlow("model.safetensors")');
  return flowOf(read(path), path, "loadFlow");
}

/**
 * A flow from the bytes of a file that {@link saveFlow} has written, as {@link loadFlow} gives it: for files that came over
 * a network or out of an archive. What a file says is data: it names layers of this library, and nothing of it is run.
 *
 * @param name What messages call the file; "the file" if left out.
 * @throws FlowFileError as {@link loadFlow}.
 */
export function decodeFlow(bytes: Uint8Array, name = "the file"): Flow {
  checkKind("decodeFlow", "bytes", bytes, demand(bytesOfFile));
  checkKind("decodeFlow", "name", name, aText);
  return flowOf(decode(bytes, name), name, "decodeFlow");
}

function flowOf({ tensors, metadata }: Safetensors, path: string, who: string): Flow {
  if (metadata.flow === undefined) {
    throw new FlowFileError(
      `${who}: expected a saved flow; ${path} holds weights without an architecture: make the flow and use loadWeights`,
    );
  }
  return explainErrors(path, () => {
    const model = flowFrom(metadata.flow);
    try {
      assignWeights(model, tensors, true);
    } catch (error) {
      model.dispose();
      throw error;
    }
    return model;
  });
}

/**
 * Saves only the variables and the state of a flow or a bijection, of any architecture: see {@link saveFlow}.
 *
 * @throws FlowFileError if the file cannot be written.
 */
export function saveWeights(model: Weighted, path: string): void {
  checkWeighted("saveWeights", model);
  checkPath("saveWeights", path, 'saveWeights(model, "model.safetensors")');
  write(model, path, {});
}

/**
 * Sets the variables and the state of a flow or a bijection to those of a file from {@link saveWeights} or
 * {@link saveFlow}.
 *
 * @throws FlowFileError if the file cannot be read, or its tensors do not fit. The model is then unchanged.
 */
export function loadWeights(model: Weighted, path: string): void {
  checkWeighted("loadWeights", model);
  checkPath("loadWeights", path, 'loadWeights(model, "model.safetensors")');
  const { tensors } = read(path);
  explainErrors(path, () => assignWeights(model, tensors));
}

function checkWeighted(who: string, model: Weighted): void {
  checkHas(who, model, ["variables"], "a flow or a bijection, such as realNVP({ dimensions: 2 })");
  const variables = listOf(aTensor);
  checkKind(who, "the variables", model.variables, demand(variables));
  checkKind(who, "the state", model.state, variables);
}

function write(model: Weighted, path: string, metadata: Readonly<Record<string, string>>): void {
  const tensors = readWeights(model);
  const about = { format: FORMAT, version: String(VERSION), ...metadata, sha256: checksum(tensors) };
  const content = encodeSafetensors({ tensors, metadata: about });
  try {
    writeAtomically(path, content);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy =
      code === "ENOENT" ? `make the folder ${dirname(path)} first` : "choose a place where it can";
    throw new FlowFileError(`${path} cannot be written (${code}): ${remedy}`, { cause: error });
  }
}

function read(path: string): Safetensors {
  return decode(
    explainErrors(path, () => readFileSync(path)),
    path,
  );
}

function decode(bytes: Uint8Array, path: string): Safetensors {
  const file = explainErrors(path, () => decodeSafetensors(bytes));
  const { format, version, sha256 } = file.metadata;
  if (format !== FORMAT) throw new FlowFileError(`${path} was not saved by saveFlow or saveWeights`);
  if (version !== "1" && version !== String(VERSION)) {
    throw new FlowFileError(
      `${path} has version ${version} of the format, this library reads versions 1 and ${VERSION}; update it`,
    );
  }
  if (sha256 !== checksum(file.tensors)) {
    throw new FlowFileError(`${path} is damaged: its tensors do not have the checksum that it states`);
  }
  return file;
}

function flowFrom(architecture: string): Flow {
  const { base, bijection } = JSON.parse(architecture);
  return flow(buildDistribution(base), bijectionFrom(bijection));
}

/** A flow that could be saved but not loaded again would be lost: it is made a second time to see. */
function checkRebuilt(model: Flow, again: Flow): void {
  const shapes = ({ variables, state = [] }: Weighted) =>
    JSON.stringify([variables, state].map((list) => list.map(({ shape }) => shape)));
  const same = shapes(model) === shapes(again);
  again.dispose();
  if (same) return;
  throw new FlowFileError(
    `saveFlow: the configs of this flow describe one with other variables: a part may occur in it more than once; ${INSTEAD}`,
  );
}

/** The innermost part without a config, or what it was made with that has none. */
function findUnsavable(bijection: Bijection, place = ""): string {
  const { parts = [], inside, lacking } = bijection;
  const at = parts.findIndex(({ config }) => config === undefined);
  if (at >= 0) return findUnsavable(parts[at], ` (${at + 1} of ${parts.length} in its chain)`);
  if (inside && !inside.bijection.config) return findUnsavable(inside.bijection);
  const own = `the part "${bijection.name ?? "bijection"}"`;
  return lacking ? `the ${lacking} of ${own}${place}` : own;
}

function checksum(tensors: Safetensors["tensors"]): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(tensors).sort()) {
    const { values } = tensors[name];
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex");
}

/** What is thrown inside, with the file's name in front. */
function explainErrors<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof FlowFileError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "there is no such file" : (error as Error).message;
    throw new FlowFileError(`${path} cannot be loaded: ${reason}`, { cause: error });
  }
}
