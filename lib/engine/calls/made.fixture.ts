import { type Calls, call, variant } from "./call.fixture.ts";

/** Operations that make numbers of nothing. */
export const MADE: Calls = {
  buffer: [
    call((t) => {
      const b = t.buffer([2, 2]);
      b.set(3.5, 1, 0);
      return b.toTensor();
    }),
  ],
  cosineWindow: [call((t) => t.cosineWindow(5, 0.5, 0.5))],
  eye: [call((t) => t.eye(2, 3)), variant("of a batch", (t) => t.eye(2, 2, [2]))],
  fill: [call((t) => t.fill([2, 3], 1.5)), variant("of whole numbers", (t) => t.fill([2], 3, "int32"))],
  linspace: [call((t) => t.linspace(0, 1, 5)), variant("of one", (t) => t.linspace(2, 3, 1))],
  ones: [call((t) => t.ones([2, 3])), variant("of truth values", (t) => t.ones([2], "bool"))],
  range: [
    call((t) => t.range(0, 5)),
    variant("by steps", (t) => t.range(5, 0, -1.5)),
    variant("of whole numbers", (t) => t.range(0, 4, 1, "int32")),
  ],
  scalar: [call((t) => t.scalar(1.5)), variant("a whole number", (t) => t.scalar(7, "int32"))],
  tensor: [
    call((t) =>
      t.tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
    variant("of truth values", (t) => t.tensor([true, false])),
  ],
  tensor1d: [call((t) => t.tensor1d([1, 2]))],
  tensor2d: [call((t) => t.tensor2d([[1, 2]]))],
  tensor3d: [call((t) => t.tensor3d([[[1, 2]]]))],
  tensor4d: [call((t) => t.tensor4d([[[[1, 2]]]]))],
  tensor5d: [call((t) => t.tensor5d([[[[[1, 2]]]]]))],
  tensor6d: [call((t) => t.tensor6d([[[[[[1, 2]]]]]]))],
  variable: [
    call((t) => {
      const v = t.variable(t.tensor([1, 2]));
      const copy = t.clone(v);
      v.dispose();
      return copy;
    }),
  ],
  zeros: [call((t) => t.zeros([2, 3])), variant("of whole numbers", (t) => t.zeros([2], "int32"))],
  "signal.hammingWindow": [call((t) => t.signal.hammingWindow(6))],
  "signal.hannWindow": [call((t) => t.signal.hannWindow(6))],
};
