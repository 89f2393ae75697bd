import type { onnx as Onnx } from 'onnx-proto';
import onnxProto from 'onnx-proto';
import type { Signature } from '../../../../schemas/model.ts';
import { writeModelFolder } from './vector-model.ts';

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

/** The smallest classifier there is: one number `x`, classes no and yes, P(yes) = 1 / (1 + exp(−slope·x)). */
export function tinyOnnx(slope: number): Uint8Array {
  const floats = (name: string, values: number[]) => ({ name, type: AttributeType.FLOATS, floats: values });
  const text = (value: string) => new TextEncoder().encode(value);
  const classify = {
    opType: 'LinearClassifier',
    domain: 'ai.onnx.ml',
    input: ['x'],
    output: ['label', 'probabilities'],
    attribute: [
      floats('coefficients', [0, slope]),
      floats('intercepts', [0, 0]),
      { name: 'classlabels_strings', type: AttributeType.STRINGS, strings: ['no', 'yes'].map(text) },
      { name: 'post_transform', type: AttributeType.STRING, s: text('SOFTMAX') },
    ],
  };
  const model = onnx.ModelProto.create({
    irVersion: 8,
    producerName: 'test',
    opsetImport: [
      { domain: '', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    graph: {
      name: 'tiny',
      node: [classify],
      input: [tensor('x', DataType.FLOAT, [null, 1])],
      output: [tensor('label', DataType.STRING, [null]), tensor('probabilities', DataType.FLOAT, [null, 2])],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

export const TINY_SIGNATURE: Signature = {
  inputs: [{ name: 'x', kind: 'number', min: -10, max: 10, integer: false, example: 1 }],
  target: 'answer',
  classes: ['no', 'yes'],
  outputs: { label: 'label', probabilities: 'probabilities' },
};

export function writeTinyModel(folder: string, slope: number): Promise<string> {
  return writeModelFolder(folder, tinyOnnx(slope), TINY_SIGNATURE);
}

export function tinyProbability(slope: number, x: number): number {
  return 1 / (1 + Math.exp(-slope * x));
}

function tensor(name: string, elemType: number, dims: (number | null)[]): Onnx.IValueInfoProto {
  const dim = dims.map((size) => (size === null ? { dimParam: 'rows' } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
