/** What a name means in a notebook's cell: its declaration, of all that the cells have. */

import type { Facts, Import, Piece } from "./facts.ts";

export interface Cell {
  /** Where it is, for messages and stacks: `ada.ipynb, cell 7`. */
  readonly label: string;
  readonly text: string;
  /** Undefined for what cannot be parsed, which declares nothing. */
  readonly facts: Facts | undefined;
}

export interface Answer {
  /** Cells that are run as they are, as places in the list of cells, in order. */
  readonly parts: readonly number[];
  /** Where the answer is: what is in force there counts. */
  readonly at: number;
  /** What is asked. */
  readonly names: readonly string[];
}

export interface Declared {
  readonly cell: number;
  readonly what: Piece | Import;
}

/** The declaration that a name means in a cell; undefined if no cell declares it. */
export type Resolve = (name: string, cell: number) => Declared | undefined;

/** In its own cell the cell's; elsewhere the answer's own, else the last above the answer, else the first below. */
export function resolver(cells: readonly Cell[], { parts, at }: Answer): Resolve {
  const places = cells.map((_cell, place) => place).filter((place) => !parts.includes(place));
  return (name, cell) => {
    const declaredIn = (place: number): Declared[] => {
      const there = cells[place];
      // Parsing what does not even have the name in it would take the longer, the larger the notebook.
      const what =
        place === cell || there?.text.includes(name) ? there?.facts?.declares.get(name) : undefined;
      return what && !(what.kind === "import" && what.typeOnly) ? [{ cell: place, what }] : [];
    };
    return (
      declaredIn(cell)[0] ??
      parts.toReversed().flatMap(declaredIn)[0] ??
      places
        .filter((place) => place < at)
        .toReversed()
        .flatMap(declaredIn)[0] ??
      places.filter((place) => place >= at).flatMap(declaredIn)[0]
    );
  };
}
