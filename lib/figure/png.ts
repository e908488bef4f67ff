import { PNG } from "pngjs";
import { encodePng } from "../data/png.ts";

/** A picture of red, green and blue bytes, and of opacity if there are four for each pixel; row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** width · height · 3 bytes, or 4. */
  readonly data: Uint8Array;
}

/** The picture as a PNG in a `data:` address, for an `href` or plotly's `source`. */
export function pngAddress(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(png(picture)).toString("base64")}`;
}

/** The picture as a PNG file. */
export function png({ width, height, data }: Picture): Uint8Array {
  if (data.length !== 4 * width * height) return encodePng({ width, height, channels: 3, bytes: data });
  const file = new PNG({ width, height });
  file.data = Buffer.from(data);
  return PNG.sync.write(file);
}
