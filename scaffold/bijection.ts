import {
  addCall,
  addCase,
  addExport,
  addSize,
  addToReadme,
  addToRegistry,
  CALLS,
  refuseTaken,
  SIZES,
} from "./library.ts";
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
      [CALLS]: addCall(course, name, optionsText([...sizes(kind.event), ["seed", 1]])),
      ...(kind.event && { [SIZES]: addSize(course, name, lengths(kind.event)) }),
      "README.md": addToReadme(course, name, kind.row),
    },
    next: [
      `write the formulas in lib/bijections/${folder}/${file}.ts, and once more in float64 in its case in ${cases}`,
      `npx vitest run lib/bijections/contract lib/completeness.test.ts -t "${words(file)}|says TODO"`,
    ],
  };
}

const lengths = ({ length }: readonly number[]): string[] =>
  length === 0 ? [] : length === 1 ? ["dimensions"] : ["height", "width", "channels"];

/** The options that say how large an event is, and how large this one is. */
const sizes = (event: readonly number[] = []): [option: string, size: number][] =>
  lengths(event).map((length, i) => [length, event[i]]);

/** `{ dimensions: 3 }` */
const optionsText = (options: readonly (readonly [option: string, value: number])[]): string =>
  `{ ${options.map(([option, value]) => `${option}: ${value}`).join(", ")} }`;

function source(name: string, file: string, event: readonly number[] = []): string {
  const options = lengths(event);
  const types = [...options.map((length) => `readonly ${length}: number`), "readonly seed?: number"];
  const isVector = event.length === 1;
  const kinds = `{ ${[...options.map((length) => `${length}: aNumber`), "seed: aSeed"].join(", ")} }`;
  const check = isVector
    ? `checkVectorOptions("${name}", options, ${kinds})`
    : `checkOptions("${name}", options, "${name}(${event.length > 0 ? optionsText(sizes(event)) : "{ seed: 1 }"})", ${kinds})`;
  const count = options.at(-1);
  const start = `random(seed).fork("${words(file)}").normal(${count ?? 1}, 0, 0.01)`;
  const tensor = count === undefined ? `tf.scalar(${start}[0])` : `tf.tensor1d(${start})`;
  const checkFrom = isVector
    ? `import { checkVectorOptions } from "../building/check-dimensions.ts";\n`
    : `import { checkOptions } from "../../ground/arguments/check-options.ts";\n`;
  const kindsFrom = `import { ${options.length > 0 ? "aNumber, " : ""}aSeed } from "../../ground/arguments/kinds.ts";\n`;
  return `import { tf } from "../../engine/tf.ts";
${checkFrom}${kindsFrom}import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";

/**
 * TODO: what it does, in one line.
 *
 * TODO: x = f(z);  logDet = log |det ∂x/∂z| nats;  the shapes.
 *
 * @param options.seed TODO: what it determines; 0 if left out.
 *
 * TODO: @throws what it refuses, and @see where it comes from.
 */
export function ${name}(options: { ${types.join("; ")} }${event.length > 0 ? "" : " = {}"}): Bijection {
  ${check};
  const { ${[...options, "seed = 0"].join(", ")} } = options;
  // TODO: its parameters; for those that start as 0 or 1, and without any, leave out the seed.
  const scale = tf.tidy(() => tf.variable(${tensor}));
  return bijection({
    name: "${words(file)}",
    config: { type: "${name}", ${[...options, "seed"].join(", ")} },
    event: [${options.join(", ")}],
    forward: (_z) => {
      throw new Error("TODO: ${name}: x = f(z) as value, and log |det ∂x/∂z| as logDet");
    },
    inverse: (_x) => {
      throw new Error("TODO: ${name}: z = f⁻¹(x) as value, and log |det ∂z/∂x| as logDet");
    },
    // TODO: how much a direction stretches distances at most, as of x = exp(scale)·z here; leave it out where no bound is known.
    // lipschitz: (direction) => largest(() => tf.exp(direction === "forward" ? scale : tf.neg(scale))),
    variables: { scale },
  });
}
`;
}

function contractCase(name: string, file: string, event?: readonly number[]): string {
  const size = event?.reduce((product, length) => product * length, 1);
  const where = event ? `event: [${event.join(", ")}],\n    z: points(${size}),` : "z: LINE,";
  return `  "${words(file)}": {
    create: () => scatter(${name}(${event ? optionsText(sizes(event)) : ""})),
    ${where}
    extremeZ: FAR,
    extremeX: FAR,
    // Numbers of each of its variables, in their order; of the scalar one, a list of one. An event is a list of its numbers:
    // of one number, forward: ([z]) => [/* x */]. Where each is mapped by itself, return
    // elementwise({ forward: (z) => /* x */, inverse: (x) => /* z */ }) of ./float64/scalar-map.ts.
    reference: ([scale]) => ({
      forward: (z) => {
        throw new Error(\`TODO: ${name}: x of the event [\${z}] in float64, by other code, here with scale \${scale}\`);
      },
      inverse: (x) => {
        throw new Error(\`TODO: ${name}: z of the event [\${x}] in float64, by other code, here with scale \${scale}\`);
      },
    }),
  },
`;
}
