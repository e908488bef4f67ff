import { asksForXla } from "../native.ts";
import { fuse } from "./fuse.ts";
import { type Node, type Source, sourcesOf } from "./ledger.ts";
import { type Frames, framesOf } from "./loop/frames.ts";
import { type Binding, messages } from "./native.ts";
import { attributeValue, definition, inputName, nodeName, shapeMessage, typeValue } from "./node-def.ts";

type Operation = Extract<Node, { kind: "operation" }>;
type Constant = Extract<Node, { kind: "constant" }>;

/** Name of the node that hands out the result's tensor at this place. */
export function resultName(index: number): string {
  return `result${index}`;
}

/**
 * A recording as a SavedModel: TensorFlow's file format for a graph.
 *
 * Only what the outputs depend on is written. Each output has a node of its own, since a session refuses to hand out
 * the very tensor that it is given.
 *
 * @returns The file's bytes, and the number of its nodes.
 */
export function savedModel(
  binding: Binding,
  nodes: readonly Node[],
  inputs: readonly number[],
  outputs: readonly Source[],
): { bytes: Uint8Array; count: number } {
  const { GraphDef, MetaGraphDef, SavedModel } = messages();
  const graph = new GraphDef();
  const fused = asksForXla() ? nodes : fuse(binding, nodes, reachable(nodes, outputs), outputs);
  const needed = reachable(fused, outputs);
  for (const input of inputs) needed.add(input);
  const frames = framesOf(fused);
  const list = [...needed]
    .sort((a, b) => a - b)
    .flatMap((index) => nodeDefs(binding, fused[index], index, frames));
  list.push(...frames.entrances());
  for (const [i, source] of outputs.entries()) list.push(identity(i, source));
  graph.setNodeList(list);
  const info = new MetaGraphDef.MetaInfoDef();
  info.setTagsList(["serve"]);
  const meta = new MetaGraphDef();
  meta.setMetaInfoDef(info);
  meta.setGraphDef(graph);
  const model = new SavedModel();
  model.setSavedModelSchemaVersion(1);
  model.addMetaGraphs(meta);
  return { bytes: model.serializeBinary(), count: list.length };
}

function reachable(nodes: readonly Node[], outputs: readonly Source[]): Set<number> {
  const found = new Set<number>();
  const open = outputs.map((source) => source.node);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    open.push(...sourcesOf(nodes[index]).map((source) => source.node));
  }
  return found;
}

function nodeDefs(binding: Binding, node: Node, index: number, frames: Frames) {
  if (node.kind === "operation") return [operation(binding, node, index, frames)];
  if (node.kind === "state") return frames.state(index, node);
  if (node.kind === "exit") return [frames.exit(index, node)];
  if (node.kind === "input") return [placeholder("Placeholder", nodeName(index), node.dtype)];
  // Behind a node that might be given another value, TensorFlow's rewriting of formulas does not see the number: it
  // would turn (x · 2) · 3 into x · 6, which rounds otherwise.
  const value = constant(`${nodeName(index)}_value`, node);
  const veil = placeholder("PlaceholderWithDefault", nodeName(index), node.dtype);
  veil.setInputList([value.getName()]);
  return [value, veil];
}

function operation(binding: Binding, node: Operation, index: number, frames: Frames) {
  const def = definition(node.name, nodeName(index));
  def.setInputList(node.inputs.map((source) => frames.inputName(source, index)));
  const attributes = def.getAttrMap();
  for (const attribute of node.attributes) attributes.set(attribute.name, attributeValue(binding, attribute));
  return def;
}

/** Of unknown shape, on which TensorFlow's rewriting of formulas depends too. */
function placeholder(kind: string, name: string, type: number) {
  const { AttrValue, TensorShape } = messages();
  const def = definition(kind, name);
  const [shape, unknown] = [new AttrValue(), new TensorShape()];
  unknown.setUnknownRank(true);
  shape.setShape(unknown);
  def.getAttrMap().set("dtype", typeValue(type));
  def.getAttrMap().set("shape", shape);
  return def;
}

function constant(name: string, { shape, dtype, bytes }: Constant) {
  const { AttrValue, Tensor } = messages();
  const def = definition("Const", name);
  const [value, tensor] = [new AttrValue(), new Tensor()];
  tensor.setDtype(dtype);
  tensor.setTensorShape(shapeMessage(shape));
  tensor.setTensorContent(bytes);
  value.setTensor(tensor);
  def.getAttrMap().set("dtype", typeValue(dtype));
  def.getAttrMap().set("value", value);
  return def;
}

function identity(index: number, source: Source) {
  const def = definition("Identity", resultName(index));
  def.setInputList([inputName(source)]);
  def.getAttrMap().set("T", typeValue(source.type));
  return def;
}
