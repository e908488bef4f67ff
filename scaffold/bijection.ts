import { addCase, addExport, addToReadme, addToRegistry, refuseTaken } from "./library.ts";
import { checkFileName, functionName, halves, words } from "./names.ts";
import { type Course, type Plan, Refused } from "./plan.ts";

interface Kind {
  /** The file of its cases, and the table in it. */
  readonly cases: string;
  /** Row of README's table. */
  readonly row: string;
  /** Shape of the events of its first case; none for maps of single numbers. */
  readonly event?: readonly number[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  elementwise: { cases: "elementwise", row: "elementwise" },
  linear: { cases: "linear", row: "linear", event: [4] },
  normalization: { cases: "linear", row: "normalization", event: [4] },
  residual: { cases: "residual", row: "residual", event: [3] },
  coupling: { cases: "coupling", row: "coupling, autoregressive", event: [3] },
  autoregressive: { cases: "autoregressive", row: "coupling, autoregressive", event: [3] },
  image: { cases: "image", row: "images", event: [2, 2, 3] },
};

/** A bijection of which the formulas are missing: its contract says so, case by case, until they are there. */
export function planBijection(course: Course, path: string): Plan {
  const [folder, file] = halves("bijection", path, "elementwise/cube-root");
  const kind = Object.hasOwn(KINDS, folder) ? KINDS[folder] : undefined;
  if (!kind) {
    throw new Refused(
      `bijection: expected a folder of lib/bijections that holds bijections: ${Object.keys(KINDS).join(", ")}; got "${folder}"`,
    );
  }
  checkFileName("bijection", file);
  const name = functionName("bijection", file);
  refuseTaken("bijection", course, name);
  const cases = `lib/bijections/contract/${kind.cases}.cases.ts`;
  return {
    created: { [`lib/bijections/${folder}/${file}.ts`]: source(name, file, kind.event) },
    changed: {
      "lib/index.ts": addExport(course, name, `bijections/${folder}/${file}.ts`),
      "lib/serialize/registry.ts": addToRegistry(course, "lib/serialize/registry.ts", "BIJECTIONS", {
        name,
        from: `../bijections/${folder}/${file}.ts`,
      }),
      [cases]: addCase(
        course,
        cases,
        `import { ${name} } from "../${folder}/${file}.ts";\n`,
        `${kind.cases}Cases`,
        contractCase(name, file, kind.event),
      ),
      "README.md": addToReadme(course, name, kind.row),
    },
    next: [
      `write the formulas in lib/bijections/${folder}/${file}.ts, and once more in float64 in its case in ${cases}`,
      `npx vitest run lib/bijections/contract lib/completeness.test.ts -t "${words(file)}|says TODO"`,
    ],
  };
}

const lengths = (event: readonly number[]): string[] =>
  event.length === 1 ? ["dimensions"] : ["height", "width", "channels"];

function source(name: string, file: string, event?: readonly number[]): string {
  const options = event ? lengths(event).join(", ") : "";
  const types = event
    ? `: { ${lengths(event)
        .map((length) => `${length}: number`)
        .join("; ")} }`
    : "";
  return `import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";

/**
 * TODO: what it does, in one line.
 *
 * TODO: x = f(z);  logDet = log |det ∂x/∂z| nats;  the shapes.
 *
 * TODO: @throws what it refuses, and @see where it comes from.
 */
export function ${name}(${event ? `{ ${options} }${types}` : ""}): Bijection {
  return bijection({
    name: "${words(file)}",
    config: { type: "${name}"${event ? `, ${options}` : ""} },
    event: [${options}],
    forward: () => {
      throw new Error("TODO: ${name}: x = f(z), and log |det ∂x/∂z|");
    },
    inverse: () => {
      throw new Error("TODO: ${name}: z = f⁻¹(x), and log |det ∂z/∂x|");
    },
  });
}
`;
}

function contractCase(name: string, file: string, event?: readonly number[]): string {
  const given = event
    ? `{ ${lengths(event)
        .map((length, i) => `${length}: ${event[i]}`)
        .join(", ")} }`
    : "";
  const size = event?.reduce((product, length) => product * length, 1);
  const where = event ? `event: [${event.join(", ")}],\n    z: points(${size}),` : "z: LINE,";
  return `  "${words(file)}": {
    create: () => scatter(${name}(${given})),
    ${where}
    extremeZ: FAR,
    extremeX: FAR,
    reference: () => ({
      forward: () => {
        throw new Error("TODO: ${name}: x of one event z in float64, by other code");
      },
      inverse: () => {
        throw new Error("TODO: ${name}: z of one event x in float64, by other code");
      },
    }),
  },
`;
}
