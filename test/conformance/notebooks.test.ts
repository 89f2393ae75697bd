import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOTEBOOK_PROGRAM } from '../../daemon/pipelines/notebooks/program.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { RunDetail } from '../../schemas/wire/tracking.ts';
import { Cli } from '../contract/cli/cli.ts';
import { openElsewhere } from '../contract/pipelines/executor/elsewhere.ts';
import { ExecutorHouse } from '../contract/pipelines/executor/house.ts';
import { TestDaemon } from '../support/daemon.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';
import { python } from './servers.ts';

const YAML = `
version: 1
name: books
params: {depth: 3}
steps:
  explore:
    run: notebook books/explore.ipynb built/explore.ipynb depth=\${{ params.depth }} label='it''s'
  broken:
    run: notebook books/broken.ipynb
  plain:
    run: notebook books/explore.ipynb --depth 3
  secret:
    run: notebook books/secret.ipynb word=\${{ env.NOTEBOOK_WORD }}
`.replace("'it''s'", '"two words"');

const code = (source: string, tags: string[] = []) => ({
  cell_type: 'code',
  source,
  metadata: { tags },
  outputs: [],
  execution_count: null,
});
const notebook = (...cells: object[]): string =>
  JSON.stringify({
    cells,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
const explore = (more = '') =>
  notebook(
    { cell_type: 'markdown', source: '# Explore', metadata: {} },
    code("depth = 1\nlabel = 'none'", ['parameters']),
    code(
      `import mlflow, pathlib\nprint('depth is', depth, label, pathlib.Path.cwd().name)\nmlflow.log_metric('depth', depth)${more}`,
    ),
    code('depth * 2'),
  );

const SECRET = `import os, pathlib
print('told', word, 'CRISOL_STEP_SETTINGS' in os.environ)
print(*(pathlib.Path(f'/proc/{one}/cmdline').read_text() for one in (os.getpid(), os.getppid())))`;

let cli: Cli;
let daemon: TestDaemon;
beforeAll(async () => {
  const workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML } });
  symlinkSync(dirname(dirname(python())), workspace.path('.venv'));
  workspace.write('books/explore.ipynb', explore());
  workspace.write('books/broken.ipynb', notebook(code('x = 1'), code('\n\nraise ValueError(f"bad {x}")'), code('x')));
  workspace.write('books/secret.ipynb', notebook(code(SECRET)));
  cli = new Cli(workspace);
  daemon = await TestDaemon.start(workspace.folder, { env: { NOTEBOOK_WORD: 'swordfish' } });
});
afterAll(async () => {
  await daemon.stop();
  cli.workspace.dispose();
});

async function run(step: string) {
  const { stderr, stdout } = await cli.run('run', step);
  const { runs } = await daemon.get<{ runs: PipelineRun[] }>('pipelines');
  const [newest] = runs;
  const ran = newest?.steps.find(({ name }) => name === step);
  if (!newest || !ran) throw new Error(`${step} has not run: ${stderr}`);
  const { stdout: log } =
    ran.started_at === null || ran.cached ? { stdout: '' } : await cli.run('logs', newest.run_id, step);
  return { run: newest, step: ran, log, said: stdout };
}

const artifacts = async (runId: string) => {
  const answer = await daemon.get<{ files?: { path: string }[] }>(`/api/2.0/mlflow/artifacts/list?run_id=${runId}`);
  return answer.files?.map(({ path }) => path) ?? [];
};

it('a notebook runs with its parameters, shows what its cells give, and logs to its step’s run', async () => {
  const { run: pipeline, step, log } = await run('explore');
  expect([step.state, step.reason]).toEqual(['succeeded', 'no earlier result']);
  expect(log).toContain('::group::Parameters: # Parameters of this run\n');
  expect(log).toMatch(/::group::Cell 2 of 3: import mlflow, pathlib\n(.*\n)*depth is 3 two words books\n/);
  expect(log).toMatch(/::group::Cell 3 of 3: depth \* 2\n6\n::endgroup::/);
  const { metrics } = await daemon.get<RunDetail>(`runs/${pipeline.run_id}`);
  expect(metrics.map(({ key, value }) => [key, value])).toEqual([['depth', 3]]);
  expect(await artifacts(step.child_run_id ?? '')).toEqual(['explore.ipynb']);
  const { cells } = JSON.parse(cli.workspace.read('built/explore.ipynb'));
  expect(cells[2]).toMatchObject({ metadata: { tags: ['injected-parameters'] } });
  expect(cells[4].outputs[0].data['text/plain']).toEqual(['6']);
});

it('what its cells gave is no reason to run it again, what is written in them is', async () => {
  await run('explore');
  const saved = JSON.parse(explore());
  saved.cells[2].execution_count = 7;
  saved.cells[2].outputs = [{ output_type: 'stream', name: 'stdout', text: ['depth is 1'] }];
  cli.workspace.write('books/explore.ipynb', JSON.stringify(saved, null, 1));
  expect((await run('explore')).step).toMatchObject({ cached: true, reason: 'nothing changed' });
  cli.workspace.write('books/explore.ipynb', explore('\nprint("more")'));
  expect((await run('explore')).step).toMatchObject({
    cached: false,
    reason: expect.stringContaining('explore.ipynb'),
  });
});

it('a cell that fails is told with its number and its error, and the notebook is kept with the run', async () => {
  const { step, log } = await run('broken');
  expect(step.reason).toBe('it ended with exit code 1: CellError: cell 2 of 3: ValueError: bad 1');
  expect(log).toContain('Traceback');
  expect(await artifacts(step.child_run_id ?? '')).toEqual(['broken.ipynb']);
});

it('a parameter is no argument, which other users could read', async () => {
  const { log } = await run('secret');
  expect(log).toContain('told swordfish False\n');
  expect(log.split('told swordfish')[1]).toContain('ipykernel_launcher');
  expect(log.split('told swordfish')[1]).not.toContain('swordfish');
});

it('words that are no parameters are told', async () => {
  const { step } = await run('plain');
  expect(step.reason).toBe('it could not be started: a notebook takes its parameters as `name=value`, not `--depth`');
});

it('a Python without Jupyter is told what to install', async () => {
  // -S: as if nothing were installed
  const bare = spawn(python(), ['-S', '-c', NOTEBOOK_PROGRAM, 'a.ipynb', '']);
  const [said, [exit]] = await Promise.all([text(bare.stderr), once(bare, 'exit')]);
  expect([said.trim(), exit]).toEqual([
    `Notebooks need nbclient and ipykernel. Install them: ${python()} -m pip install nbclient ipykernel`,
    1,
  ]);
});

it('on another machine it is carried out there, and comes back as it is written', async () => {
  const house = new ExecutorHouse((workspace) => openElsewhere(workspace, python()));
  try {
    house.workspace.write('books/a.ipynb', notebook(code('depth = 1', ['parameters']), code('depth * 2')));
    const work = {
      kind: 'notebook',
      path: 'books/a.ipynb',
      output: 'built/a.ipynb',
      parameters: { depth: 3 },
    } as const;
    const ended = await house.run('', { work, reads: ['books/a.ipynb'], writes: ['built/a.ipynb'] });
    expect(ended).toMatchObject({ code: 0, log: expect.stringContaining('\n6\n') });
    expect(JSON.parse(house.workspace.read('built/a.ipynb')).cells[2].outputs[0].data['text/plain']).toEqual(['6']);
  } finally {
    await house.dispose();
  }
});
