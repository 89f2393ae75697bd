import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordsOfTensors } from '../../../daemon/serving/host/oip/decode.ts';
import { modelMetadata, outputTensors } from '../../../daemon/serving/host/oip/encode.ts';
import type { Datatype, InferTensor } from '../../../schemas/external/oip.ts';
import { TINY_SIGNATURE } from '../../contract/serving/support/tiny-model.ts';
import { VECTOR_SIGNATURE } from '../../contract/serving/support/vector-model.ts';

const x = (datatype: Datatype, data: unknown[], shape = [data.length, 1]): InferTensor[] => [
  { name: 'x', datatype, shape, data },
];
const valuesOf = (tensors: InferTensor[]) => recordsOfTensors(tensors, TINY_SIGNATURE).map((record) => record.x);

test.each<[Datatype, unknown[]]>([
  ['FP32', [1.5, -2, null]],
  ['FP64', [1e-7, 3]],
  ['INT64', [-(2 ** 53), 7]],
  ['UINT8', [0, 255]],
  ['BOOL', [true, false]],
])('a number may come as %s', (datatype, data) => {
  expect(valuesOf(x(datatype, data))).toEqual(data);
});

test.each<[Datatype, unknown]>([
  ['FP32', '1'],
  ['INT64', 1.5],
  ['INT8', 128],
  ['UINT8', -1],
  ['BOOL', 1],
  ['FP64', { deep: {} }],
])('%s does not hold %j', (datatype, value) => {
  expect(() => valuesOf(x(datatype, [value]))).toThrow(`which is not ${datatype}`);
});

test('data may be flat or nested, for shapes [rows] and [rows, 1]', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (data) => {
      const nested = data.map((value) => [value]);
      expect(valuesOf(x('FP64', data))).toEqual(data);
      expect(valuesOf(x('FP64', data, [data.length]))).toEqual(data);
      expect(valuesOf(x('FP64', nested))).toEqual(data);
    }),
  );
});

test.each<[string, InferTensor[], string]>([
  ['more data than the shape says', x('FP32', [1, 2, 3], [2, 1]), 'has the shape [2,1] and 3 values'],
  ['less data', x('FP32', [1], [1_000_000_000, 1]), 'and 1 values'],
  ['a wide shape', x('FP32', [1, 2], [1, 2]), 'this model wants [rows, 1]'],
  ['a scalar', x('FP32', [1], []), 'this model wants [rows, 1]'],
  ['nesting of another shape', x('FP32', [[1, 2], [3]], [2, 1]), 'is not nested as its shape'],
  ['nesting for a flat shape', x('FP32', [[1], [2]], [2]), 'is not nested as its shape'],
  ['text for a number', x('BYTES', ['1']), 'is a number (FP32) for this model, not BYTES'],
  ['the same input twice', [...x('FP32', [1]), ...x('FP32', [1])], 'Input "x" is given twice'],
  ['an unknown input', [{ name: 'y', datatype: 'FP32', shape: [1], data: [1] }], 'Input "y" is not an input'],
])('%s is refused', (_, tensors, message) => {
  expect(() => valuesOf(tensors)).toThrow(message);
});

test('inputs are complete and equally long', () => {
  const column = (name: string, datatype: Datatype, ...data: unknown[]): InferTensor => {
    return { name, datatype, shape: [data.length, 1], data };
  };
  const two = [column('age', 'INT32', 1, 2), column('income', 'FP32', 1, 2), column('colour', 'BYTES', 'red', 'blue')];
  const plan = column('plan', 'BYTES', 'pro', 'pro');
  expect(() => recordsOfTensors(two, VECTOR_SIGNATURE)).toThrow('Input "plan" is missing');
  expect(() => recordsOfTensors([...two, column('plan', 'BYTES', 'pro')], VECTOR_SIGNATURE)).toThrow('has 1 rows');
  expect(recordsOfTensors([plan, ...two], VECTOR_SIGNATURE)[1]).toEqual({
    plan: 'pro',
    age: 2,
    income: 2,
    colour: 'blue',
  });
});

test('only the outputs that were asked for come back, in that order, with their parameters', () => {
  const outputs = { labels: ['yes'], probabilities: Float32Array.from([0.25, 0.75]) };
  expect(outputTensors(TINY_SIGNATURE, outputs, [{ name: 'probabilities', parameters: { note: 1 } }])).toEqual([
    { name: 'probabilities', datatype: 'FP32', shape: [1, 2], data: [0.25, 0.75], parameters: { note: 1 } },
  ]);
  expect(outputTensors(TINY_SIGNATURE, outputs, undefined).map(({ name }) => name)).toEqual(['label', 'probabilities']);
  expect(() => outputTensors(TINY_SIGNATURE, outputs, [{ name: 'toString' }])).toThrow('"toString" is not an output');
});

test('metadata tells a client what to send', () => {
  expect(modelMetadata({ model: 'tiny', version: 3, folder: '' }, TINY_SIGNATURE)).toEqual({
    name: 'tiny',
    versions: ['3'],
    platform: 'onnx_onnxv1',
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1] }],
    outputs: [
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
    ],
  });
});
