import { expect, test } from 'vitest';
import { plannedInfo } from '../../../../daemon/pipelines/planning/planned-info.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { planOf } from '../../../../schemas/language/plan/plan.ts';

const FILE = `version: 1
steps:
  prepare:
    run: python prepare.py \${{ env.TOKEN }}
    outs: ["data/\${{ env.PLACE }}.csv"]
  split: {uses: split, with: {data: data/a.csv, train: build/train.parquet, test: build/test.parquet, by: season}, needs: [prepare]}
`;

test('steps tell what they run and where they stand, and no value of the environment', () => {
  const { model } = parsePipelineFile(FILE, { role: 'main' });
  const env = { TOKEN: '\u0001env:TOKEN\u0001', PLACE: '\u0001env:PLACE\u0001' };
  const plan = planOf(model, { params: {}, env });
  expect(plannedInfo(plan.steps, model)).toEqual([
    {
      name: 'prepare',
      of: 'prepare',
      needs: [],
      reads: [],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as crisol.yaml writes it
      writes: ['data/${{ env.PLACE }}.csv'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as crisol.yaml writes it
      command: 'python prepare.py ${{ env.TOKEN }}',
      line: 3,
    },
    {
      name: 'split',
      of: 'split',
      needs: ['prepare'],
      reads: ['data/a.csv'],
      writes: ['build/train.parquet', 'build/test.parquet'],
      uses: 'split',
      line: 6,
    },
  ]);
});

test('variants tell of which step they are', () => {
  const { model } = parsePipelineFile('version: 1\nsteps:\n  a: {run: echo, matrix: {n: [1, 2]}}\n', { role: 'main' });
  expect(plannedInfo(planOf(model, {}).steps, model)).toMatchObject([
    { name: 'a (1)', of: 'a', command: 'echo', line: 3 },
    { name: 'a (2)', of: 'a', command: 'echo', line: 3 },
  ]);
});

test('of a file with parts no line is told: it is counted in another one', () => {
  const { model } = parsePipelineFile('version: 1\ninclude: [a.crisol.yaml]\nsteps:\n  a: {run: echo}\n', {
    role: 'main',
  });
  expect(plannedInfo(planOf(model, {}).steps, model)).toEqual([
    { name: 'a', of: 'a', needs: [], reads: [], writes: [], command: 'echo' },
  ]);
});
