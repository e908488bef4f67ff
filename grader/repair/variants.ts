/**
 * One program that is any of many variants of a learner's: each expression that an edit replaces asks a table which of its texts
 * counts. So all of them are loaded once, and trying the next one is a call.
 */

import { SUBMISSION } from "../harness/address.ts";
import { type FunctionKind, fn, number, parameter } from "../harness/kinds.ts";
import type { Program, ProgramModule } from "../harness/program.ts";
import { children, type Node, type Tree } from "../program/syntax.ts";
import type { Edit } from "./edits/edit.ts";

/** Chosen so that no learner has it; the search gives up on a program that does. */
export const CHOOSE = "flowlabChooseVariant";
const TABLE = "flowlabVariant";
const MODULE = "flowlab-variant.ts";

/**
 * Takes the number of an edit and of a second one, -1 for none, and how many turns loops and functions may take together: an edit can make one
 * endless.
 */
export const chooseVariant: FunctionKind = fn(
  [parameter("edit", number), parameter("second", number), parameter("turns", number)],
  number,
);

export interface EditedModule {
  readonly module: ProgramModule;
  readonly tree: Tree;
  readonly edits: readonly Edit[];
}

/** @param edited The modules in which something is changed; edits are counted through all of them, in this order. */
export function variantProgram(program: Program, edited: readonly EditedModule[]): Program {
  const slots = new Map<Node, { at: number; texts: string[] }>();
  const table: (readonly number[])[] = [];
  for (const { edits } of edited)
    for (const { places } of edits)
      table.push(
        places.flatMap(({ node, text }) => {
          const slot = slots.get(node) ?? { at: slots.size, texts: [] };
          slots.set(node, slot);
          slot.texts.push(text);
          return [slot.at, slot.texts.length];
        }),
      );
  const texts = new Map(
    edited.map(({ module, tree }, i) => [module.path, renderVariant(module.code, tree.program, slots, i)]),
  );
  const modules = program.modules.map(({ path, code }) => ({ path, code: texts.get(path) ?? code }));
  return {
    modules: [...modules, { path: MODULE, code: chooser(table, slots.size) }],
    entries: [MODULE, ...program.entries],
  };
}

const HEADER = `import { at as ${TABLE}, enter as ${TABLE}Enter, turn as ${TABLE}Turn } from "${SUBMISSION}${MODULE}"; `;

function chooser(table: readonly (readonly number[])[], size: number): string {
  return `// Nobody reads what a variant prints, and a million turns that print take minutes.
for (const name of ["log", "info", "warn", "error", "debug", "dir", "table"] as const) console[name] = () => {};
export const at: number[] = new Array(${size}).fill(0);
const table: number[][] = ${JSON.stringify(table)};
// Until a variant is chosen the module is loaded, and a loop at its top may run.
let left = 1e6;
// The loops that may still go on, outer ones first, and the turns of each.
let open: { place: string; turns: number }[] = [];
export function enter(place: string): void {
  const again = open.findIndex((loop) => loop.place === place);
  if (again >= 0) open.length = again;
  open.push({ place, turns: 0 });
}
export function turn(place?: string): boolean {
  if (place !== undefined) {
    // Those inside of it have ended; one with a label has not been entered.
    if (open.some((loop) => loop.place === place)) while (open[open.length - 1].place !== place) open.pop();
    else open.push({ place, turns: 0 });
    open[open.length - 1].turns += 1;
  }
  left -= 1;
  if (left >= 0) return true;
  const most = open.reduce((a, b) => (b.turns > a.turns ? b : a), { place: "", turns: 0 });
  throw new Error("${ENDLESS} " + most.place + " " + most.turns);
}
export function ${CHOOSE}(edit: number, second: number, turns: number): number {
  at.fill(0);
  left = turns;
  open = [];
  for (const places of [edit, second].filter((i) => i >= 0).map((i) => table[i]))
    for (let i = 0; i < places.length; i += 2) at[places[i]] = places[i + 1];
  return edit;
}
`;
}

/** What a loop says that has used up all turns; after it the number of its module, its place in the text, and its turns. */
export const ENDLESS = "flowlab: turns used up by";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const LOOPS = new Set(["WhileStatement", "DoWhileStatement", "ForStatement"]);

function renderVariant(
  code: string,
  program: Node,
  slots: ReadonlyMap<Node, { at: number; texts: string[] }>,
  number: number,
): string {
  const placeOf = (loop: Node) => JSON.stringify(`${number}:${loop.range[0]}`);
  const render = (node: Node, parent: Node | undefined): string => {
    let text = "";
    let from = node.range[0];
    for (const child of children(node).sort((a, b) => a.range[0] - b.range[0])) {
      // Of `{ z }` name and value are one.
      if (child.range[0] < from) continue;
      text += code.slice(from, child.range[0]) + render(child, node);
      from = child.range[1];
    }
    text += code.slice(from, node.range[1]);
    const slot = slots.get(node);
    if (slot) text = choose(slot, text, parent);
    if (parent && LOOPS.has(parent.type) && parent.test === node)
      return `(${TABLE}Turn(${placeOf(parent)}) && (${text}))`;
    // `for (;;)` has no condition to count in.
    if (parent?.type === "ForStatement" && !parent.test && parent.body === node)
      return `{ ${TABLE}Turn(${placeOf(parent)}); ${text} }`;
    if (LOOPS.has(node.type) && parent?.type !== "LabeledStatement")
      return `{ ${TABLE}Enter(${placeOf(node)}); ${text} }`;
    // An edit can make a function call itself, and twice each time.
    const isBody = parent !== undefined && FUNCTIONS.has(parent.type) && parent.body === node;
    if (!isBody) return text;
    return node.type === "BlockStatement"
      ? `{ ${TABLE}Turn(); ${text.slice(1)}`
      : `${TABLE}Turn() && (${text})`;
  };
  return HEADER + code.slice(0, program.range[0]) + render(program, undefined) + code.slice(program.range[1]);
}

function choose(
  { at, texts }: { at: number; texts: string[] },
  own: string,
  parent: Node | undefined,
): string {
  const [last] = texts.slice(-1) as [string];
  const others = texts.slice(0, -1).map((text, i) => `${TABLE}[${at}] === ${i + 1} ? (${text}) : `);
  const choice = `(!${TABLE}[${at}] ? (${own}) : ${others.join("")}(${last}))`;
  // A line that begins with a parenthesis would call what the line above ends with.
  return parent?.type === "ExpressionStatement" ? `void ${choice}` : choice;
}
