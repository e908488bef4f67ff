import type { Source } from "./ledger.ts";
import { type Attribute, type Binding, messages } from "./native.ts";

/** Name of the node at this place; its first output is also called so. */
export function nodeName(index: number): string {
  return `n${index}`;
}

/** A node without inputs and attributes. */
export function definition(kind: string, name: string) {
  const { NodeDef } = messages();
  const def = new NodeDef();
  def.setOp(kind);
  def.setName(name);
  return def;
}

/** What a node that takes this output calls it. */
export function inputName({ node, output }: Source): string {
  return output === 0 ? nodeName(node) : `${nodeName(node)}:${output}`;
}

/** An attribute that is a type. */
export function typeValue(type: number) {
  const { AttrValue } = messages();
  const value = new AttrValue();
  value.setType(type);
  return value;
}

/** A shape as TensorFlow writes it. */
export function shapeMessage(shape: readonly number[]) {
  const { TensorShape } = messages();
  const result = new TensorShape();
  result.setDimList(
    shape.map((length) => {
      const dimension = new TensorShape.Dim();
      dimension.setSize(length);
      return dimension;
    }),
  );
  return result;
}

/** An attribute of a recorded operation. */
export function attributeValue(binding: Binding, { name, type, value }: Attribute) {
  const { AttrValue } = messages();
  const result = new AttrValue();
  const list = Array.isArray(value) && type !== binding.TF_ATTR_SHAPE ? new AttrValue.ListValue() : undefined;
  if (list) result.setList(list);
  switch (type) {
    case binding.TF_ATTR_STRING:
      list
        ? list.setSList((value as string[]).map((text) => Buffer.from(text)))
        : result.setS(Buffer.from(String(value)));
      break;
    case binding.TF_ATTR_INT:
      list ? list.setIList(value) : result.setI(value);
      break;
    case binding.TF_ATTR_FLOAT:
      list ? list.setFList(value) : result.setF(value);
      break;
    case binding.TF_ATTR_BOOL:
      list ? list.setBList(value) : result.setB(value);
      break;
    case binding.TF_ATTR_TYPE:
      list ? list.setTypeList(value) : result.setType(value);
      break;
    case binding.TF_ATTR_SHAPE:
      result.setShape(shapeMessage(value as number[]));
      break;
    default:
      throw new Error(`the attribute ${name} has the unknown type ${type}`);
  }
  return result;
}
