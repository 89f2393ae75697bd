import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;

/** Operators beside ONNX' own: text to number. */
export const ML_DOMAIN = 'ai.onnx.ml';

type Attribute = InstanceType<typeof onnx.AttributeProto>;

export function node(opType: string, inputs: string[], output: string, attributes: Attribute[] = [], domain = '') {
  return onnx.NodeProto.create({
    opType,
    name: `${opType} ${output}`,
    input: inputs,
    output: [output],
    attribute: attributes,
    domain,
  });
}

export function integer(name: string, value: number): Attribute {
  return onnx.AttributeProto.create({ name, type: AttributeType.INT, i: value });
}

export function integerList(name: string, values: readonly number[]): Attribute {
  return onnx.AttributeProto.create({ name, type: AttributeType.INTS, ints: [...values] });
}

export function textList(name: string, values: readonly string[]): Attribute {
  return onnx.AttributeProto.create({
    name,
    type: AttributeType.STRINGS,
    strings: values.map((value) => Buffer.from(value)),
  });
}
