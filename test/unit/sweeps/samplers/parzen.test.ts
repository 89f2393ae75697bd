import { describe, expect, test } from 'vitest';
import { ChoiceKernels } from '../../../../daemon/sweeps/samplers/tpe/choices.ts';
import type { ParzenOptions } from '../../../../daemon/sweeps/samplers/tpe/kernels.ts';
import { NumberKernels } from '../../../../daemon/sweeps/samplers/tpe/numbers.ts';
import { observationWeights, Parzen } from '../../../../daemon/sweeps/samplers/tpe/parzen.ts';
import { mostPromising } from '../../../../daemon/sweeps/samplers/tpe/tpe.ts';
import type { Point, Space } from '../../../../daemon/sweeps/space/dimension.ts';
import type { Case } from '../../../support/vectors.ts';
import { casesOf, isClose, numbersOf } from '../../../support/vectors.ts';
import { dimensionOf } from '../spaces.ts';

const cases = (kind: string) =>
  casesOf('sweep-tpe')
    .filter(({ name }) => name.startsWith(kind))
    .map((one) => [one.name, one] as const);

const optionsOf = ({ params }: Case): ParzenOptions => ({
  priorWeight: Number(params.prior_weight),
  magicClip: params.magic_clip === true,
  endpoints: params.endpoints === true,
});

const only = (values: unknown): Point[] => numbersOf(values).map((value) => new Map([['x', value]]));

function expectClose(got: Iterable<number>, expected: unknown, { tolerance }: Case, what: string): void {
  const [values, wanted] = [[...got], numbersOf(expected)];
  expect(values, what).toHaveLength(wanted.length);
  for (const [index, value] of values.entries())
    expect(isClose(value, wanted[index], tolerance), `${what} ${index}: ${value}, not ${wanted[index]}`).toBe(true);
}

/** Which of several equal observations comes first is nobody's promise: their widths are compared in any order. */
const byCentre = (centres: Iterable<number>, widths: Iterable<number>): number[] => {
  const wide = [...widths];
  return [...centres]
    .map((centre, k) => [centre, wide[k] as number] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, width]) => width);
};

describe('what observations make likely equals the reference values', () => {
  test.for(cases('parzen/'))('%s', ([, one]) => {
    const space: Space = new Map([['x', dimensionOf(one.input.space)]]);
    const parzen = new Parzen(space, only(one.input.observations), optionsOf(one));
    const { weights, mus, sigmas, truncated_to, category_weights, log_density } = one.expected;
    expectClose(parzen.weights, weights, one, 'weight');
    const axis = parzen.axes.get('x');
    if (axis instanceof NumberKernels) {
      expectClose(axis.centres, mus, one, 'centre');
      expectClose(byCentre(axis.centres, axis.widths), byCentre(numbersOf(mus), numbersOf(sigmas)), one, 'width');
      expectClose(axis.range, truncated_to, one, 'range');
    }
    if (axis instanceof ChoiceKernels)
      for (const [k, row] of (category_weights as number[][]).entries())
        expectClose(axis.weightsOf(k), row, one, `weights of kernel ${k}`);
    const { at, value } = log_density as Record<string, unknown>;
    expectClose(
      only(at).map((point) => parzen.logDensity(point)),
      value,
      one,
      'log density',
    );
  });

  test.for(cases('joint/'))('%s', ([, { input, expected, ...one }]) => {
    const names = Object.keys(input.space as object);
    const space: Space = new Map(names.map((name) => [name, dimensionOf(Object(input.space)[name])]));
    const points = (columns: unknown): Point[] =>
      numbersOf(Object(columns)[names[0] as string]).map(
        (_, row) => new Map(names.map((name) => [name, Number(Object(columns)[name][row])])),
      );
    const parzen = new Parzen(space, points(input.observations), optionsOf({ input, expected, ...one }));
    const densities = points(input.candidates).map((point) => parzen.logDensity(point));
    expectClose(densities, expected.log_density, { input, expected, ...one }, 'log density');
  });
});

describe('of several candidates the one is chosen that the reference chooses', () => {
  test.for(cases('acquisition/'))('%s', ([, one]) => {
    const space: Space = new Map([['x', dimensionOf(one.input.space)]]);
    const [likely, unlikely] = [one.input.below, one.input.above].map(
      (observed) => new Parzen(space, only(observed), optionsOf(one)),
    );
    if (!likely || !unlikely) throw new Error('two mixtures');
    const candidates = only(one.input.candidates);
    const { scores, chosen } = mostPromising(likely, unlikely, candidates);
    expectClose(scores, one.expected.log_l_minus_log_g, one, 'score');
    expect(candidates.indexOf(chosen)).toBe(one.expected.chosen_index);
  });
});

test.for(cases('observation_weights'))(
  'the oldest observations count less and less as there are more: %s',
  ([, one]) => {
    const got = numbersOf(one.input.n).map(observationWeights);
    for (const [index, row] of got.entries())
      expectClose(row, (one.expected.weights as unknown[])[index], one, 'weight');
  },
);
