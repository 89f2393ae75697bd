import onnxProto from 'onnx-proto';
import { categoryFeatures, categoryOffsets, numberFeatures } from '../linear/design.ts';
import type { CategoryFeature, NumberFeature } from '../linear/features.ts';
import type { LinearModel } from '../linear/model.ts';
import { integer, integerList, ML_DOMAIN, node, textList } from './nodes.ts';
import type { Initializer } from './tensors.ts';
import { declaration, doubles, integers, strings, TYPES } from './tensors.ts';

const { onnx } = onnxProto;

export interface Graph {
  bytes: Uint8Array;
  /** the outputs' names: chosen so that no column of the data has them */
  outputs: { label: string; probabilities: string };
}

interface Parts {
  nodes: ReturnType<typeof node>[];
  constants: Initializer[];
  /** a name inside the graph that no column has */
  inner(name: string): string;
}

/**
 * The whole way from raw values to a class, as one graph, so that what is served is what was evaluated:
 *
 *   numbers [N,1] float ─ Concat ─ Cast(double) ─ −mean ÷deviation ─ NaN→0 ─ MatMul ─┐
 *   texts [N,1] ─ LabelEncoder each ─ Concat ─ Gather rows of weights ─ ReduceSum ───┼─ Sum ─ Softmax ─ probabilities
 *   bias ────────────────────────────────────────────────────────────────────────────┘            └─ ArgMax ─ label
 *
 * Inside it is double precision: rounding then differs from the trainer's by nothing that could be seen in a float32 answer.
 */
export function writeGraph(model: LinearModel): Graph {
  const names = new Set(model.features.map((feature) => feature.name));
  const parts: Parts = { nodes: [], constants: [], inner: (name) => unused(`crisol/${name}`, names) };
  const outputs = { label: unused('label', names), probabilities: unused('probabilities', names) };
  const terms = [biasTerm(model, parts)];
  const numbers = numberFeatures(model.features);
  const categories = categoryFeatures(model.features);
  if (numbers.length > 0) terms.push(numberTerm(model, numbers, parts));
  if (categories.length > 0) terms.push(categoryTerm(model, categories, parts));
  answer(model, terms, outputs, parts);
  return { bytes: encode(model, outputs, parts), outputs };
}

function unused(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? unused(`${name}_`, taken) : name;
}

function biasTerm(model: LinearModel, { constants, inner }: Parts): string {
  const classes = model.classes.length;
  constants.push(doubles(inner('bias'), [1, classes], model.weights.subarray(0, classes)));
  return inner('bias');
}

function numberTerm(model: LinearModel, numbers: NumberFeature[], { nodes, constants, inner }: Parts): string {
  const [count, classes] = [numbers.length, model.classes.length];
  constants.push(
    doubles(
      inner('means'),
      [1, count],
      numbers.map((feature) => feature.mean),
    ),
    doubles(
      inner('deviations'),
      [1, count],
      numbers.map((feature) => feature.deviation),
    ),
    doubles(inner('zero'), [], [0]),
    doubles(inner('number weights'), [count, classes], model.weights.subarray(classes, (1 + count) * classes)),
  );
  nodes.push(
    node(
      'Concat',
      numbers.map((feature) => feature.name),
      inner('numbers'),
      [integer('axis', 1)],
    ),
    node('Cast', [inner('numbers')], inner('wide'), [integer('to', TYPES.double)]),
    node('Sub', [inner('wide'), inner('means')], inner('centred')),
    node('Div', [inner('centred'), inner('deviations')], inner('scaled')),
    node('IsNaN', [inner('scaled')], inner('missing')),
    node('Where', [inner('missing'), inner('zero'), inner('scaled')], inner('standardised')),
    node('MatMul', [inner('standardised'), inner('number weights')], inner('number term')),
  );
  return inner('number term');
}

function categoryTerm(model: LinearModel, categories: CategoryFeature[], { nodes, constants, inner }: Parts): string {
  const classes = model.classes.length;
  const first = 1 + numberFeatures(model.features).length;
  const rows = model.weights.length / classes - first;
  // one row of zeros at the end: the weights of a value that the training rows did not have
  const table = Float64Array.from([...model.weights.subarray(first * classes), ...new Array<number>(classes).fill(0)]);
  constants.push(doubles(inner('category weights'), [rows + 1, classes], table), integers(inner('category axis'), [1]));
  const offsets = categoryOffsets(model.features);
  const codes = categories.map((feature, index) => {
    const code = inner(`code ${index}`);
    const from = (offsets[index] ?? 0) - first;
    const attributes = [
      textList('keys_strings', feature.values),
      integerList(
        'values_int64s',
        feature.values.map((_, position) => from + position),
      ),
      integer('default_int64', rows),
    ];
    nodes.push(node('LabelEncoder', [feature.name], code, attributes, ML_DOMAIN));
    return code;
  });
  nodes.push(
    node('Concat', codes, inner('codes'), [integer('axis', 1)]),
    node('Gather', [inner('category weights'), inner('codes')], inner('gathered'), [integer('axis', 0)]),
    node('ReduceSum', [inner('gathered'), inner('category axis')], inner('category term'), [integer('keepdims', 0)]),
  );
  return inner('category term');
}

function answer(
  model: LinearModel,
  terms: string[],
  outputs: Graph['outputs'],
  { nodes, constants, inner }: Parts,
): void {
  constants.push(strings(inner('classes'), model.classes));
  nodes.push(
    node('Sum', terms, inner('logits')),
    node('Softmax', [inner('logits')], inner('exact'), [integer('axis', 1)]),
    node('Cast', [inner('exact')], outputs.probabilities, [integer('to', TYPES.float)]),
    // from the rounded probabilities, so that the label is always the largest of what the caller sees
    node('ArgMax', [outputs.probabilities], inner('top'), [integer('axis', 1), integer('keepdims', 0)]),
    node('Gather', [inner('classes'), inner('top')], outputs.label, [integer('axis', 0)]),
  );
}

function encode(model: LinearModel, outputs: Graph['outputs'], { nodes, constants }: Parts): Uint8Array {
  const input = model.features.map((feature) =>
    declaration(feature.name, feature.kind === 'number' ? TYPES.float : TYPES.string, [null, 1]),
  );
  const output = [
    declaration(outputs.label, TYPES.string, [null]),
    declaration(outputs.probabilities, TYPES.float, [null, model.classes.length]),
  ];
  const proto = onnx.ModelProto.create({
    irVersion: 8,
    producerName: 'crisol',
    opsetImport: [
      { domain: '', version: 13 },
      { domain: ML_DOMAIN, version: 2 },
    ],
    graph: { name: 'logistic regression', node: nodes, initializer: constants, input, output },
  });
  return onnx.ModelProto.encode(proto).finish();
}
