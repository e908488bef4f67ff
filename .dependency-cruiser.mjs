/**
 * Which room a file stands in, and that imports only lead down: `npm run rooms` prints circles and arrows upwards.
 */

/**
 * The rooms from the ground up. A file may import from its own room and from those before it. A new folder of lib gets
 * its place here.
 */
export const rooms = [
  "lib/ground/",
  "lib/engine/",
  "lib/random/",
  "lib/linear-algebra/",
  "lib/distributions/",
  "lib/transformers/",
  "lib/conditioners/",
  "lib/bijections/bijection.ts",
  "lib/bijections/domain.ts",
  "lib/bijections/building/",
  "lib/bijections/composition/",
  "lib/bijections/elementwise/",
  "lib/bijections/linear/",
  "lib/bijections/residual/",
  "lib/bijections/normalization/",
  "lib/bijections/coupling/",
  "lib/bijections/autoregressive/",
  "lib/bijections/image/",
  "lib/flows/",
  "lib/serialize/",
  "lib/training/",
  "lib/data/",
  "lib/figure/",
  "lib/notebook/",
  "lib/index.ts",
  "solutions/",
  "grader/",
  "notebooks/",
  "scaffold/",
  "setup/",
];

/** @param {readonly string[]} paths */
const pattern = (paths) => `^(${paths.map((path) => path.replaceAll(".", "\\.")).join("|")})`;

/** They take what they need for their task: examples of everything. */
const TESTS = "\\.(test|fixture)\\.ts$|^lib/bijections/contract/|^notebooks/kernel/testing/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "circle",
      comment: "files that need each other: give what both need a file of its own",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...rooms.slice(0, -1).map((room, i) => ({
      name: "upwards",
      comment: `${room} may not know what stands above it: move what it needs down`,
      severity: /** @type {const} */ ("error"),
      from: { path: pattern([room]), pathNot: TESTS },
      to: { path: pattern(rooms.slice(i + 1)) },
    })),
  ],
  options: {
    // It reads the sources as they are, so that an import of a type is an arrow, too.
    parser: "swc",
    // flowlab and flowlab-grader by their names lead to sources, as for Node without a condition.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "default"] },
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "\\.d\\.ts$|(^|/)dist/|^grader/fixtures/(submissions|leftovers|answers)/" },
  },
};
