/** Texts and names of exercises as a kit's compiled modules hold them: not readable by accident, and no secret from whoever wants to read. */

import { deflateRawSync, inflateRawSync } from "node:zlib";

export const packTexts = (texts: readonly string[]): string =>
  deflateRawSync(JSON.stringify(texts), { level: 9 }).toString("base64");

/** Each module of a kit calls it once, when it is loaded. */
export const unpackTexts = (packed: string): string[] =>
  JSON.parse(inflateRawSync(Buffer.from(packed, "base64")).toString("utf8"));
