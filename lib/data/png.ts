import { PNG } from "pngjs";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aWhole, bytesOfFile, checkKind, demand } from "../ground/arguments/kinds.ts";

/** A picture as bytes, [height, width, channels] row by row; channels are grey (1) or red, green, blue (3). */
export interface Picture {
  /** Pixels. */
  readonly height: number;
  /** Pixels. */
  readonly width: number;
  readonly channels: 1 | 3;
  /** height · width · channels bytes. */
  readonly bytes: Uint8Array;
}

/**
 * Decodes a PNG file of any kind (palette, grey, 16 bits …) to 8 bits; transparent pixels are laid on black.
 *
 * It has one channel if the file is grey, otherwise three.
 *
 * @throws Error if the bytes are no complete PNG file.
 */
export function decodePng(file: Uint8Array): Picture {
  checkKind("decodePng", "file", file, demand(bytesOfFile));
  const png = PNG.sync.read(Buffer.from(file));
  const { width, height, data } = png;
  // The decoder's declaration leaves out what it has read from the header.
  const { color } = png as unknown as { color: boolean };
  const channels = color ? 3 : 1;
  const bytes = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = data[4 * pixel + 3] / 255;
    for (let c = 0; c < channels; c++) {
      bytes[pixel * channels + c] = Math.round(opacity * data[4 * pixel + c]);
    }
  }
  return { width, height, channels, bytes };
}

/**
 * Encodes a picture as a PNG file, one of one channel as a grey one: {@link decodePng} gives the same picture back.
 *
 * @throws RangeError if there are not height · width · channels bytes.
 */
export function encodePng(picture: Picture): Uint8Array {
  const pixels = demand(aWhole);
  checkOptions(
    "encodePng",
    picture,
    "encodePng({ height: 1, width: 1, channels: 1, bytes: new Uint8Array(1) })",
    {
      height: pixels,
      width: pixels,
      channels: pixels,
      bytes: demand(bytesOfFile),
    },
  );
  const { width, height, channels, bytes } = picture;
  if (bytes.length !== width * height * channels) {
    throw new RangeError(
      `encodePng: expected ${width}×${height}×${channels} = ${width * height * channels} bytes; got ${bytes.length}`,
    );
  }
  const png = new PNG({ width, height });
  png.data = Buffer.from(bytes);
  const colorType = channels === 1 ? 0 : 2;
  return PNG.sync.write(png, { colorType, inputColorType: colorType, inputHasAlpha: false });
}
