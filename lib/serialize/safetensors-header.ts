/** Why the header of a file is none. */
export class HeaderError extends Error {
  override readonly name = "HeaderError";
}

/** What JSON is made of, in a text that is known to be JSON: strings, brackets, colons and commas, other values. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * The header's JSON, read as strictly as the format demands: no name stands in an object twice, of which `JSON.parse`
 * would take the last one, and names are text that UTF-8 can hold. Numbers that are not written as whole ones, 4.0
 * or 4e0, become NaN.
 *
 * @throws HeaderError otherwise.
 * @see The format's description, https://huggingface.co/docs/safetensors: "duplicate keys are disallowed"
 */
export function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let header: Record<string, unknown>;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text, wholeOnly as (key: string, value: unknown) => unknown);
  } catch (cause) {
    throw new HeaderError("its header is no JSON", { cause });
  }
  checkNames(text);
  return header;
}

/** Knows how a number is written, which the type of a reviver does not say. */
function wholeOnly(_key: string, value: unknown, written: { source?: string }): unknown {
  return typeof value === "number" && !/^\d+$/.test(written.source ?? "") ? Number.NaN : value;
}

function checkNames(text: string): void {
  /** The names so far in each object that is open; none in an array. */
  const open: (Set<string> | undefined)[] = [];
  let string = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const names = open.at(-1);
      if (names?.has(string)) throw new HeaderError(`its header has the name "${string}" twice`);
      names?.add(string);
    } else if (token.startsWith('"')) {
      string = JSON.parse(token);
      if (!string.isWellFormed()) throw new HeaderError(`its header has half a character in ${token}`);
    }
  }
}
