import { afterAll, describe, expect, test } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const PIPELINE = `version: 1
name: match-outcome
params: params.yaml
steps:
  prepare: {run: python prepare.py, outs: [build/train.csv, "\${{ env.HOME }}.txt"]}
  train:
    run: python train.py --depth \${{ matrix.depth }}
    deps: build/train.csv
    matrix: {depth: "\${{ params.depths }}"}
    outs: "build/model-\${{ matrix.depth }}"
  report: {run: "python report.py \${{ steps.train.best.outs[0] }}"}
`;

const workspace = new TempWorkspace({ files: { 'crisol.yaml': PIPELINE, 'params.yaml': 'depths: [3, 5]\n' } });
const cli = new Cli(workspace);
afterAll(() => cli.dispose());

describe('crisol graph', () => {
  test('draws the pipeline, and leaves no daemon and no folder behind', async () => {
    expect(await cli.run('graph')).toEqual({ code: 0, stdout: '●  prepare\n●  train ×2\n●  report\n', stderr: '' });
    const spread = '●  prepare\n├─╮\n● │  train (3)\n│ ●  train (5)\n├─╯\n●  report\n';
    expect(await cli.run('graph', '--spread')).toMatchObject({ stdout: spread });
    expect(await cli.run('graph', '--param', 'depths=[1]', 'train', '--spread')).toMatchObject({
      stdout: '●  prepare\n●  train (1)\n',
    });
    expect(await cli.run('graph', '--format', 'mermaid', 'train')).toMatchObject({
      stdout: 'flowchart TD\n  s1["prepare"]\n  s2["train ×2"]\n  s1 --> s2\n',
    });
    expect(workspace.has('.crisol')).toBe(false);
    expect(await cli.run('status')).toMatchObject({ code: 3 });
  });

  test('tells it in JSON, without a value of the environment', async () => {
    const { stdout } = await cli.run('graph', '--json', 'prepare');
    expect(JSON.parse(stdout)).toEqual({
      name: 'match-outcome',
      steps: [
        {
          name: 'prepare',
          of: 'prepare',
          matrix: null,
          variants: 1,
          needs: [],
          reads: [],
          writes: ['build/train.csv', `$${'{{ env.HOME }}'}.txt`],
          condition: null,
        },
      ],
    });
    expect((await cli.run('graph', '--format', 'json', 'prepare')).stdout).toBe(stdout);
  });

  test('names the steps that there are when it is asked for another, and what is wrong with a file', async () => {
    expect(await cli.run('graph', 'trian')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^PIPELINE_STEP_UNKNOWN: There is no step "trian"; there are: prepare, train, report\./,
      ),
    });
    workspace.write('crisol.yaml', PIPELINE.replace('params.depths', 'params.depth'));
    expect(await cli.run('graph')).toMatchObject({ code: 2, stderr: expect.stringContaining('PIPELINE_FILE_INVALID') });
  });
});
