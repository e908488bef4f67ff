/** Reads `course.yaml`. Everything that is wrong in it is said at once, each with its line, what was expected, and the remedy. */

import { isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from "yaml";
import { chapters } from "../chapters.ts";
import { nearNames } from "../near-names.ts";
import { divide, type Fraction, fraction, ONE } from "./fraction.ts";
import {
  type Assignment,
  type AttemptRule,
  CourseFileError,
  type Extension,
  type LateRule,
  type Rules,
} from "./rules.ts";
import { durationIn, offsetAt, timeIn } from "./times.ts";

/** What of the course's exercises the file may name. */
export interface Known {
  readonly id: string;
  readonly path: string;
}

/** @param exercises All that the course has. @throws CourseFileError */
export function readCourseFile(text: string, path: string, exercises: readonly Known[]): Rules {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const wrong = document.errors.map(
    ({ pos, message }) =>
      `${path}, line ${lines.linePos(pos[0]).line}: expected YAML; ${message}. Correct it there`,
  );
  if (wrong.length > 0) throw new CourseFileError(wrong.join("\n"));
  const reader = new Reader(path, lines, exercises);
  const rules = reader.rules(document.contents);
  if (reader.wrong.length > 0) throw new CourseFileError(reader.wrong.join("\n"));
  return rules;
}

function didYouMean(text: string, known: readonly string[]): string {
  const [near] = nearNames(text, known, 1);
  return near === undefined ? "" : `. Did you mean ${near}?`;
}

type Fields = ReadonlyMap<string, Node>;

const KEYS = {
  file: [
    ...["title", "timezone", "points", "exercises", "assignments", "drop-assignments"],
    ...["due", "late", "drop", "attempts", "extensions", "missing"],
  ],
  exercise: ["points", "weight"],
  assignment: ["chapters", "exercises", "due", "late", "drop"],
  late: ["per-day", "of", "grace", "cap", "until", "unknown"],
  attempts: ["most", "per-extra"],
  extension: ["who", "assignment", "due", "later"],
} as const;

class Reader {
  readonly wrong: string[] = [];
  readonly #path: string;
  readonly #lines: LineCounter;
  readonly #exercises: readonly Known[];
  #zone: string | undefined;

  constructor(path: string, lines: LineCounter, exercises: readonly Known[]) {
    this.#path = path;
    this.#lines = lines;
    this.#exercises = exercises;
  }

  rules(contents: ParsedNode | null): Rules {
    const fields = contents ? this.#fields(contents, "file") : new Map<string, Node>();
    this.#zone = this.#read(fields, "timezone", (node) => this.#timezone(node));
    const title = this.#read(fields, "title", (node) => this.#text(node, "a title"));
    const points = this.#read(fields, "points", (node) => this.#above0(node, "points"));
    const late = this.#read(fields, "late", (node) => this.#late(node));
    const attempts = this.#read(fields, "attempts", (node) => this.#attempts(node));
    const assignments = this.#assignments(fields, late);
    const missing = this.#read(fields, "missing", (node) => this.#oneOf(node, ["blank", "zero"] as const));
    return {
      path: this.#path,
      ...(title !== undefined && { title }),
      ...(this.#zone !== undefined && { zone: this.#zone }),
      ...(points && { points }),
      exercises: this.#read(fields, "exercises", (node) => this.#weights(node)) ?? new Map(),
      assignments,
      dropAssignments: this.#read(fields, "drop-assignments", (node) => this.#whole(node)) ?? 0,
      ...(attempts && { attempts }),
      extensions: this.#read(fields, "extensions", (node) => this.#extensions(node, assignments)) ?? [],
      missing: missing ?? "blank",
    };
  }

  /** Without assignments everything is one, with the deadline at the top. */
  #assignments(fields: Fields, late: LateRule | undefined): Assignment[] {
    const due = this.#read(fields, "due", (node) => this.#time(node));
    const drop = this.#read(fields, "drop", (node) => this.#whole(node)) ?? 0;
    const rest = { ...(due !== undefined && { due }), ...(late && { late }) };
    const node = fields.get("assignments");
    if (!node) return [{ name: "", drop, ...rest }];
    const taken = new Map<string, string>();
    const found = [...this.#entries(node, "names of assignments")].map(([name, one]) => {
      const own = this.#fields(one, "assignment");
      const exercises = this.#exercisesOf(own, one);
      for (const id of exercises) {
        const other = taken.get(id);
        if (other !== undefined)
          this.#refuse(
            one,
            `expected each exercise in one assignment; ${id} is in ${other} and in ${name}. Remove one`,
          );
        taken.set(id, name);
      }
      const ownDue = this.#read(own, "due", (at) => this.#time(at)) ?? due;
      const ownLate = this.#read(own, "late", (at) => this.#late(at)) ?? late;
      return {
        name,
        exercises,
        drop: this.#read(own, "drop", (at) => this.#whole(at)) ?? drop,
        ...(ownDue !== undefined && { due: ownDue }),
        ...(ownLate && { late: ownLate }),
      };
    });
    return found;
  }

  #exercisesOf(fields: Fields, at: Node): string[] {
    const named = this.#list(fields.get("exercises")).flatMap((node) => this.#exercise(node) ?? []);
    const inChapters = this.#list(fields.get("chapters")).flatMap((node) => {
      const text = this.#text(node, "a chapter") ?? "";
      const slug = chapters
        .map((chapter) => chapter.slug)
        .find((one) => one === text || one.startsWith(`${text.padStart(2, "0")}-`));
      if (slug === undefined) {
        this.#refuse(
          node,
          `expected a chapter, such as "01" or ${chapters[0]?.slug}; got ${JSON.stringify(text)}`,
        );
        return [];
      }
      return this.#exercises.filter(({ path }) => path.startsWith(`${slug}/`)).map(({ id }) => id);
    });
    const all = [...new Set([...inChapters, ...named])];
    if (all.length === 0)
      this.#refuse(at, "expected chapters or exercises of this assignment; got none. Name them");
    return all;
  }

  #exercise(node: Node): string | undefined {
    const id = this.#text(node, "an exercise");
    return id === undefined ? undefined : this.#exerciseNamed(id, node);
  }

  #exerciseNamed(id: string, node: Node): string | undefined {
    if (this.#exercises.some((one) => one.id === id)) return id;
    const ids = this.#exercises.map((one) => one.id);
    this.#refuse(
      node,
      `expected an exercise of the course, in quotes as "16.1"; got ${JSON.stringify(id)}${didYouMean(id, ids)}`,
    );
    return undefined;
  }

  #weights(node: Node): Rules["exercises"] {
    const found = new Map<string, { points: Fraction } | { weight: Fraction }>();
    for (const [id, one] of this.#entries(node, "exercises")) {
      if (this.#exerciseNamed(id, one) === undefined) continue;
      const fields = this.#fields(one, "exercise");
      const points = this.#read(fields, "points", (at) => this.#number(at));
      const weight = this.#read(fields, "weight", (at) => this.#number(at));
      if (points && weight) this.#refuse(one, `expected points or weight for ${id}; got both. Remove one`);
      else if (points) found.set(id, { points });
      else if (weight) found.set(id, { weight });
    }
    return found;
  }

  #late(node: Node): LateRule | undefined {
    const fields = this.#fields(node, "late");
    const perDay = this.#read(fields, "per-day", (at) => this.#share(at));
    if (!perDay) {
      if (!fields.has("per-day")) this.#refuse(node, "expected per-day, such as 10%; there is none. Add it");
      return undefined;
    }
    const until = this.#read(fields, "until", (at) => this.#duration(at));
    const unknown = this.#read(fields, "unknown", (at) => this.#duration(at));
    return {
      perDay,
      of: this.#read(fields, "of", (at) => this.#oneOf(at, ["earned", "maximum"] as const)) ?? "earned",
      grace: this.#read(fields, "grace", (at) => this.#duration(at)) ?? 0,
      cap: this.#read(fields, "cap", (at) => this.#share(at)) ?? ONE,
      ...(until !== undefined && { until }),
      ...(unknown !== undefined && { unknown }),
    };
  }

  #attempts(node: Node): AttemptRule | undefined {
    const fields = this.#fields(node, "attempts");
    const most = this.#read(fields, "most", (at) => this.#whole(at));
    const perExtra = this.#read(fields, "per-extra", (at) => this.#share(at));
    if (most !== undefined && perExtra) return { most, perExtra };
    if (!fields.has("most") || !fields.has("per-extra"))
      this.#refuse(node, "expected most, such as 3, and per-extra, such as 5%; one is missing. Add it");
    return undefined;
  }

  #extensions(node: Node, assignments: readonly Assignment[]): Extension[] {
    return this.#list(node).flatMap((one) => {
      const fields = this.#fields(one, "extension");
      const who = this.#read(fields, "who", (at) => this.#text(at, "an id, login, e-mail address or name"));
      const due = this.#read(fields, "due", (at) => this.#time(at));
      const later = this.#read(fields, "later", (at) => this.#duration(at));
      const assignment = this.#read(fields, "assignment", (at) =>
        this.#oneOf(
          at,
          assignments.map(({ name }) => name).filter((name) => name !== ""),
        ),
      );
      if (!fields.has("who"))
        this.#refuse(one, "expected who, an id, login, e-mail address or name; there is none. Add it");
      if (fields.has("due") === fields.has("later"))
        this.#refuse(
          one,
          "expected due, a deadline, or later, such as 2 days; there is not one of them. Give one",
        );
      if (who === undefined) return [];
      const rest = { ...(assignment !== undefined && { assignment }), ...(due !== undefined && { due }) };
      return [{ who, line: this.#line(one), ...rest, ...(later !== undefined && { later }) }];
    });
  }

  #fields(node: Node, kind: keyof typeof KEYS): Fields {
    const known: readonly string[] = KEYS[kind];
    const fields = this.#entries(node, known.join(", "));
    for (const [key, at] of fields)
      if (!known.includes(key))
        this.#refuse(
          at,
          `expected one of ${known.join(", ")}; got ${JSON.stringify(key)}${didYouMean(key, known)}`,
        );
    return fields;
  }

  #entries(node: Node, what: string): Map<string, Node> {
    if (!isMap(node)) {
      this.#refuse(node, `expected lines of the form name: value (${what}); got ${this.#shown(node)}`);
      return new Map();
    }
    const found = new Map<string, Node>();
    for (const { key, value } of node.items) {
      // 16.10 would be the number 16.1.
      const name = isScalar(key) ? (typeof key.value === "string" ? key.value : String(key.source)) : "";
      const at = (value ?? key) as Node;
      if (isScalar(key) && typeof key.value === "number" && String(key.value) !== key.source)
        this.#refuse(
          key,
          `expected a name in quotes; ${key.source} is read as the number ${key.value}. Write "${key.source}"`,
        );
      found.set(name, at);
    }
    return found;
  }

  #list(node: Node | undefined): Node[] {
    if (!node) return [];
    if (isSeq(node)) return node.items as Node[];
    this.#refuse(node, `expected a list, as ["01", "02"]; got ${this.#shown(node)}`);
    return [];
  }

  #read<Value>(fields: Fields, key: string, read: (node: Node) => Value | undefined): Value | undefined {
    const node = fields.get(key);
    return node && read(node);
  }

  /** As it is written, so that 16.10 stays what it is. */
  #source(node: Node): string | undefined {
    if (!isScalar(node) || node.value === null) return undefined;
    return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
  }

  #text(node: Node, what: string): string | undefined {
    const text = this.#source(node)?.trim();
    if (text !== undefined && text !== "") return text;
    return this.#refuse(node, `expected ${what}; got ${this.#shown(node)}`);
  }

  #number(node: Node): Fraction | undefined {
    const text = this.#source(node)?.trim() ?? "";
    if (/^\d{1,6}(?:\.\d{1,4})?$/.test(text)) return fraction(Number(text));
    return this.#refuse(node, `expected a number such as 2 or 1.5; got ${this.#shown(node)}`);
  }

  #above0(node: Node, what: string): Fraction | undefined {
    const value = this.#number(node);
    return value?.over === 0n ? this.#refuse(node, `expected ${what} above 0; got 0`) : value;
  }

  #whole(node: Node): number | undefined {
    const text = this.#source(node)?.trim() ?? "";
    if (/^\d{1,3}$/.test(text)) return Number(text);
    return this.#refuse(node, `expected a whole number such as 1; got ${this.#shown(node)}`);
  }

  #share(node: Node): Fraction | undefined {
    const [, number] = /^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(this.#source(node)?.trim() ?? "") ?? [];
    if (number !== undefined && Number(number) <= 100) return divide(fraction(Number(number)), fraction(100));
    return this.#refuse(
      node,
      `expected a share from 0% to 100%; got ${this.#shown(node)}. Write it with its sign, as 10%`,
    );
  }

  #duration(node: Node): number | undefined {
    const duration = durationIn(this.#source(node) ?? "");
    if (duration !== undefined) return duration;
    return this.#refuse(
      node,
      `expected a length of time such as 15 minutes, 12 hours or 2 days; got ${this.#shown(node)}`,
    );
  }

  #time(node: Node): number | undefined {
    const read = timeIn(this.#source(node) ?? "", this.#zone);
    if ("instant" in read) return read.instant;
    if (read.missing === "zone")
      return this.#refuse(
        node,
        `expected a zone for ${this.#shown(node)}; there is none. Add a line timezone: Europe/Berlin, or write 2026-11-10 23:59+01:00`,
      );
    return this.#refuse(node, `expected a time such as 2026-11-10 23:59; got ${this.#shown(node)}`);
  }

  #timezone(node: Node): string | undefined {
    const zone = this.#source(node) ?? "";
    try {
      offsetAt(0, zone);
      return zone;
    } catch {
      return this.#refuse(
        node,
        `expected a time zone such as Europe/Berlin or UTC; got ${this.#shown(node)}`,
      );
    }
  }

  #oneOf<Word extends string>(node: Node, words: readonly Word[]): Word | undefined {
    const text = this.#source(node)?.trim();
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const choice =
      words.length === 0 ? "no assignment, as the file names none" : `one of ${words.join(", ")}`;
    return this.#refuse(node, `expected ${choice}; got ${this.#shown(node)}`);
  }

  #shown(node: Node): string {
    if (isMap(node)) return "names with values";
    if (isSeq(node)) return "a list";
    return JSON.stringify(this.#source(node) ?? "").slice(0, 80);
  }

  #line = (node: Node): number => this.#lines.linePos(node.range?.[0] ?? 0).line;

  #refuse(node: Node, message: string): undefined {
    this.wrong.push(`${this.#path}, line ${this.#line(node)}: ${message}`);
    return undefined;
  }
}
