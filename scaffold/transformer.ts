import { addCall, addCase, addExport, addToReadme, addToRegistry, CALLS, refuseTaken } from "./library.ts";
import { checkFileName, functionName, words } from "./names.ts";
import { type Course, insertBefore, type Plan } from "./plan.ts";

const CASES = "lib/bijections/contract/coupling.cases.ts";
const TEST = "lib/transformers/transformer.test.ts";

/** A transformer of which the formulas are missing, under the contract in a coupling. */
export function planTransformer(course: Course, file: string): Plan {
  checkFileName("transformer", file);
  const name = functionName("transformer", file);
  refuseTaken("transformer", course, name);
  const exact = `exact${name[0].toUpperCase()}${name.slice(1)}`;
  const importing = `import { ${name} } from`;
  return {
    created: {
      [`lib/transformers/${file}.ts`]: source(name, file),
      [`lib/bijections/contract/float64/${file}.ts`]: reference(name, exact),
    },
    changed: {
      "lib/index.ts": addExport(course, name, `transformers/${file}.ts`),
      "lib/transformers/registry.ts": addToRegistry(course, "lib/transformers/registry.ts", "BUILDERS", {
        name,
        from: `./${file}.ts`,
      }),
      [TEST]: addCase(
        course,
        TEST,
        `${importing} "./${file}.ts";\n`,
        "TRANSFORMERS",
        `  "${words(file)}": () => ${name}(),\n`,
      ),
      [CASES]: insertBefore(
        course,
        CASES,
        /^import /m,
        `import { ${exact} } from "./float64/${file}.ts";\n`,
        addCase(
          course,
          CASES,
          `${importing} "../../transformers/${file}.ts";\n`,
          "couplingCases",
          contractCase(name, file, exact),
        ),
      ),
      [CALLS]: addCall(course, name, ""),
      "README.md": addToReadme(course, name, "coupling, autoregressive", "transformers:"),
    },
    next: [
      `write the formulas in lib/transformers/${file}.ts, and once more in lib/bijections/contract/float64/${file}.ts`,
      `npx vitest run lib/transformers lib/bijections/contract lib/completeness.test.ts -t "${words(file)}|says TODO"`,
    ],
  };
}

const source = (name: string, file: string) => `import { tf } from "../engine/tf.ts";
import { checkParameters, type Transformed, type Transformer } from "./transformer.ts";

/** TODO: how many one number takes. */
const PARAMETERS = 1;

/**
 * TODO: what it does, in one line.
 *
 * TODO: x = f(z; θ), increasing;  logDet = log ∂x/∂z nats. What the parameters θ are; where they are 0, f is the identity.
 *
 * @throws ShapeError when applied with another number of parameters.
 * TODO: @see where it comes from.
 */
export function ${name}(): Transformer {
  const apply = (params: tf.Tensor, map: () => Transformed) =>
    tf.tidy(() => {
      checkParameters("${words(file)}", params, PARAMETERS);
      return map();
    });
  return {
    parameters: PARAMETERS,
    config: { type: "${name}" },
    forward: (_z, params) =>
      apply(params, () => {
        throw new Error("TODO: ${name}: x = f(z; params) as value, and log ∂x/∂z as logDet");
      }),
    inverse: (_x, params) =>
      apply(params, () => {
        throw new Error("TODO: ${name}: z = f⁻¹(x; params) as value, and log ∂z/∂x as logDet");
      }),
  };
}
`;

const reference = (name: string, exact: string) => `import type { Scalar } from "./scalar-map.ts";

/** TODO: the formula of ${name}, once more in double precision and by other code. */
export const ${exact}: Scalar = {
  parameters: 1,
  at: () => {
    throw new Error("TODO: ${name}: the map of one number under its parameters, in float64");
  },
};
`;

const contractCase = (name: string, file: string, exact: string) => `  "${words(file)} coupling": {
    create: () => steer(halfMask(4, "second"), ${name}()),
    reference: (parameters, context) => exactSteered(weights(parameters), ${exact}, (i) => i >= 2, context),
    ...vectors(4),
    jacobian: (i, j) => i === j || (i >= 2 && j < 2),
  },
`;
