import { afterEach, beforeAll, beforeEach, describe } from "vitest";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { testAccuracy, testZeros } from "./accuracy.ts";
import { testConfig } from "./config.ts";
import { testEdges } from "./edges.ts";
import { CASES } from "./families.ts";
import { testGradients } from "./gradients.ts";
import { testRobustness } from "./robustness.ts";
import { testContext, testNoContext, testShapes } from "./shapes.ts";
import { type Subject, subject } from "./subject.ts";

/** Plain JavaScript computes as wasm does, only slower: the fast ones stand for it. */
const backends = fastBackends();

describe.each(backends)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  describe.each(CASES)("%s", (_, described) => {
    let s: Subject;
    beforeEach(() => {
      s = subject(described);
    });
    testAccuracy(() => s);
    testGradients(() => s);
    if (described.jacobian) testZeros(() => s);
    if (described.edges) testEdges(() => s);
    if (described.context) testContext(() => s);
    else if (!described.withoutConfig) testNoContext(() => s);
    testShapes(() => s);
    testRobustness(() => s);
    testConfig(() => s);
  });
});
