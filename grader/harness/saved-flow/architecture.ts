/**
 * The architecture that a saved flow states, looked at before anything is built of it: a file of a hundred bytes may ask for more
 * weights than there is memory. What it asks for within these bounds is bounded by the sandbox.
 */

/** Of the JSON that describes layers. A Glow of 32 steps takes 20,000 characters. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_DEPTH = 24;
const MOST_ENTRIES = 32_768;
/** Layers of one network, channels, steps, lengths of an event: whole numbers, but for seeds. */
const LARGEST_SIZE = 1024;

/** What a file asks for is more than a flow of this course needs, or no architecture at all. */
export class ArchitectureError extends Error {
  override readonly name = "ArchitectureError";
}

/**
 * @param text The JSON that `saveFlow` keeps as `flow` in the file's metadata.
 * @throws ArchitectureError
 */
export function checkArchitecture(text: string): void {
  if (text.length > MOST_CHARACTERS)
    throw new ArchitectureError(
      `its architecture is described in ${text.length} characters; at most ${MOST_CHARACTERS} are read: use fewer layers`,
    );
  let entries = 0;
  const open: { readonly value: unknown; readonly place: string; readonly depth: number }[] = [
    { value: parse(text), place: "", depth: 0 },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, place, depth } = next;
    entries += 1;
    if (entries > MOST_ENTRIES)
      throw new ArchitectureError(
        `its architecture has more than ${MOST_ENTRIES} entries: use fewer layers, or smaller ones`,
      );
    if (depth > MOST_DEPTH)
      throw new ArchitectureError(
        `its layers are nested more than ${MOST_DEPTH} deep: put them side by side in one chain`,
      );
    if (typeof value === "number") checkSize(value, place);
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value))
      open.push({
        value: inner,
        place: Array.isArray(value) ? `${place}[${name}]` : place === "" ? name : `${place}.${name}`,
        depth: depth + 1,
      });
  }
}

function parse(text: string): unknown {
  let flow: unknown;
  try {
    flow = JSON.parse(text);
  } catch {
    throw new ArchitectureError("its architecture is no JSON: save the flow once more, with saveFlow");
  }
  const { base, bijection } = (flow ?? {}) as Record<string, unknown>;
  if (isObject(base) && isObject(bijection)) return flow;
  throw new ArchitectureError(
    "its architecture is not one of a base and a bijection: save the flow once more, with saveFlow",
  );
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkSize(value: number, place: string): void {
  if (Math.abs(value) <= LARGEST_SIZE || /(^|\.)seed$/.test(place)) return;
  throw new ArchitectureError(
    `its architecture has ${value} at ${place.slice(-80)}; at most ${LARGEST_SIZE} is read`,
  );
}
