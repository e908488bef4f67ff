import { type LoopState, type Node, type Source, sourcesOf } from "../ledger.ts";
import { messages } from "../native.ts";
import { definition, inputName, nodeName, typeValue } from "../node-def.ts";

/** A node as TensorFlow's protocol buffers have it; the generated classes have no declarations. */
type NodeDef = ReturnType<typeof definition>;

/** How the nodes of loops are written, and what they take from outside. */
export interface Frames {
  /** What this node calls an output of another one: within a loop, what comes from outside enters it first. */
  inputName(source: Source, index: number): string;
  /** The nodes of a loop's tensor. */
  state(index: number, node: LoopState): NodeDef[];
  exit(index: number, node: Extract<Node, { kind: "exit" }>): NodeDef;
  /** What has entered loops. */
  entrances(): NodeDef[];
}

/**
 * Loops by TensorFlow's control flow, in which a loop is a frame: tensors enter it, are merged with what the last round
 * gave, go on to the next round or leave, as the condition says.
 *
 * An operation is within a loop if it depends on a tensor of it; all others are computed once, before it.
 *
 * @see Yu et al. 2018, "Dynamic control flow in large-scale machine learning", arXiv:1805.01772.
 */
export function framesOf(nodes: readonly Node[]): Frames {
  /** Of each node, the loop that it is in, named by the node that says whether the loop goes on. */
  const loops: (number | undefined)[] = [];
  for (const [index, node] of nodes.entries()) {
    if (node.kind === "state") loops[index] = node.goesOn;
    else if (node.kind === "operation") {
      loops[index] = sourcesOf(node)
        .map((source) => loops[source.node])
        .find((loop) => loop !== undefined);
    }
  }
  const entered = new Map<string, NodeDef>();
  const within = (source: Source, loop: number | undefined): string => {
    if (loop === undefined || loops[source.node] === loop) return inputName(source);
    const name = `${nodeName(source.node)}_${source.output}_in_${loop}`;
    if (!entered.has(name)) entered.set(name, enter(name, source, loop, true));
    return name;
  };
  /** What comes from outside is there in every round, and would begin another one for ever: it waits for this round. */
  const again = (name: string, next: Source, loop: number, type: number): NodeDef[] => {
    const own = loops[next.node] === loop;
    const source = own ? inputName(next) : `${name}_again`;
    return [
      ...(own ? [] : [nodeOfType("Identity", source, [within(next, loop), `^${name}`], type)]),
      nodeOfType("NextIteration", `${name}_next`, [source], type),
    ];
  };
  return {
    inputName: (source, index) => within(source, loops[index]),
    state(index, { start, next, goesOn, dtype }) {
      const [name, condition] = [nodeName(index), `${nodeName(goesOn)}_condition`];
      const merge = nodeOfType("Merge", `${name}_merge`, [`${name}_enter`, `${name}_next`], dtype);
      merge.getAttrMap().set("N", whole(2));
      return [
        enter(`${name}_enter`, start, goesOn, false),
        merge,
        nodeOfType("Switch", `${name}_switch`, [`${name}_merge`, condition], dtype),
        nodeOfType("Identity", name, [`${name}_switch:1`], dtype),
        ...again(name, next, goesOn, dtype),
        ...(index === goesOn ? [plain("LoopCond", condition, [`${name}_merge`])] : []),
      ];
    },
    exit: (index, { state, dtype }) =>
      nodeOfType("Exit", nodeName(index), [`${nodeName(state)}_switch`], dtype),
    entrances: () => [...entered.values()],
  };
}

function enter(name: string, source: Source, loop: number, isConstant: boolean): NodeDef {
  const { AttrValue } = messages();
  const def = nodeOfType("Enter", name, [inputName(source)], source.type);
  const [frame, constant] = [new AttrValue(), new AttrValue()];
  frame.setS(Buffer.from(`loop${loop}`));
  constant.setB(isConstant);
  def.getAttrMap().set("frame_name", frame);
  def.getAttrMap().set("is_constant", constant);
  // One round after the other: each needs what the last one gave, and rounds that overlap take more memory.
  def.getAttrMap().set("parallel_iterations", whole(1));
  return def;
}

function nodeOfType(kind: string, name: string, inputs: readonly string[], type: number): NodeDef {
  const def = plain(kind, name, inputs);
  def.getAttrMap().set("T", typeValue(type));
  return def;
}

function plain(kind: string, name: string, inputs: readonly string[]): NodeDef {
  const def = definition(kind, name);
  def.setInputList([...inputs]);
  return def;
}

function whole(value: number) {
  const { AttrValue } = messages();
  const result = new AttrValue();
  result.setI(value);
  return result;
}
