import { inspect } from "node:util";

/** Representations of one value, by media type. */
export type MimeBundle = Record<string, unknown>;

/** Method by which an object shows itself, the same that Deno's kernel calls: without arguments, and on objects only. */
const displayMethod = Symbol.for("Jupyter.display");

function isBundle(value: unknown): value is MimeBundle {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function showsItself(value: unknown): value is { [displayMethod](): unknown } {
  if (typeof value !== "object" || value === null) return false;
  return typeof Reflect.get(value, displayMethod) === "function";
}

/** Short text for viewers that know none of a bundle's richer types. */
function label(value: object): string {
  return `[${value.constructor?.name ?? "object"}]`;
}

/**
 * The bundle as Jupyter's messages can carry it: what is not a string is plain JSON.
 * @throws TypeError if a representation has none (a bigint, a cycle), instead of failing where it is sent
 */
export function toJsonBundle(bundle: MimeBundle): MimeBundle {
  const plain = Object.entries(bundle).map(([type, part]) => {
    if (typeof part === "string") return [type, part];
    try {
      return [type, JSON.parse(JSON.stringify(part ?? null))];
    } catch (error) {
      const why = (error instanceof Error ? error.message : String(error)).split("\n")[0];
      throw new TypeError(`"${type}" of a displayed value must be a string or plain JSON: ${why}`);
    }
  });
  return Object.fromEntries(plain);
}

/**
 * How a value is shown: by its own `Jupyter.display` method, else as Node's console prints it.
 * @throws TypeError if the method answers anything but a bundle that can be sent
 */
export async function toMimeBundle(value: unknown): Promise<MimeBundle> {
  if (!showsItself(value)) return { "text/plain": inspect(value) };
  const bundle: unknown = await value[displayMethod]();
  if (!isBundle(bundle)) {
    const got = inspect(bundle, { depth: 0 });
    throw new TypeError(`[Symbol.for("Jupyter.display")]() must return an object of media types; got ${got}`);
  }
  return toJsonBundle("text/plain" in bundle ? bundle : { "text/plain": label(value), ...bundle });
}
