import { readFileSync } from 'node:fs';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkState } from '../../../schemas/wire/common.ts';
import { DriftReport, MonitorList } from '../../../schemas/wire/monitoring.ts';
import { ModelList, Promotion } from '../../../schemas/wire/registry.ts';
import { EndpointDetail, EndpointList, PredictAnswer } from '../../../schemas/wire/serving.ts';
import { RunList } from '../../../schemas/wire/tracking.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

/** What `run --json` promises. */
const RunAnswer = Type.Object({
  run_id: Type.String(),
  status: WorkState,
  steps: Type.Array(
    Type.Object({
      name: Type.String(),
      status: WorkState,
      cached: Type.Boolean(),
      reason: Type.String(),
      seconds: Type.Union([Type.Number(), Type.Null()]),
    }),
  ),
});

const cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME }));
const MATCH = {
  league: 'north',
  kickoff: 'evening',
  weather: 'rain',
  home_form: 2.1,
  away_form: 0.9,
  home_rest_days: 6,
  away_rest_days: 3,
  home_injuries: 0,
  away_injuries: 2,
  elo_difference: 180,
  expected_goals: 2.8,
};

// the sample goes all the way once; each test looks at another part of it
beforeAll(async () => {
  await cli.run('demo', 'project', '.');
});
afterAll(() => cli.dispose());

describe('the sample, from data to drift', () => {
  test('run carries out the whole pipeline and names its results', async () => {
    const first = await cli.json(RunAnswer, 'run');
    expect(first.status).toBe('succeeded');
    expect(first.steps.map(({ name, status }) => [name, status])).toEqual([
      ['split', 'succeeded'],
      ['train', 'succeeded'],
      ['evaluate', 'succeeded'],
      ['register', 'succeeded'],
    ]);

    const { code, stdout, stderr } = await cli.run('run', '--param', 'l2=100');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ {2}✓ split {5}cached\n {2}✓ train {5}\d.*\n {2}✓ evaluate {2}\d.*\n {2}✓ register/);
    expect(stdout).toMatch(
      /^✓ \S+ succeeded in \d\S*(?: m?s)? {2}f1_macro 0\.\d{4} {2}accuracy 0\.\d{4} {2}log_loss 0\.\d{4}\n$/,
    );
  });

  test('run takes names of steps, and brings what they need', async () => {
    const { steps } = await cli.json(RunAnswer, 'run', 'train');
    expect(steps.map(({ name }) => name)).toEqual(['split', 'train']);
    const { code, stderr } = await cli.run('run', 'trian');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^PIPELINE_STEP_UNKNOWN: .*trian/),
    });
  });

  test('a step that fails ends the command with 1 and shows its last words', async () => {
    const { code, stdout, stderr } = await cli.run('run', '--param', 'l2=much');
    expect(code).toBe(1);
    expect(stderr).toContain('✗ train');
    expect(stderr).toContain('– evaluate           skipped: `train` failed');
    expect(stdout).toMatch(/The last output of train:\n {2}INVALID_PARAMETER_VALUE: .*l2/);
    const [, runId = ''] = /crisol logs (\w+) train/.exec(stdout) ?? [];
    const logs = await cli.json(
      Type.Object({ run_id: Type.String(), step: Type.String(), text: Type.String() }),
      'logs',
      runId,
      'train',
    );
    expect(logs.text).toMatch(/^INVALID_PARAMETER_VALUE: /);
    expect((await cli.run('logs', runId, 'train')).stdout).toBe(`${logs.text.trimEnd()}\n`);
  });

  test('runs lists them, newest first', async () => {
    const { runs } = await cli.json(RunList, 'runs', '--experiment', 'match-outcome');
    expect(runs.map(({ state }) => state)).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded']);
    expect((await cli.json(RunList, 'runs', '--limit', '2')).runs).toEqual(runs.slice(0, 2));
    const lines = (await cli.run('runs')).stdout.split('\n');
    expect(lines[0]).toMatch(/^ {2}run +state +started +took +nested +id +metrics$/);
    expect(lines[1]).toContain(` ${runs[0]?.run_id.slice(0, 8)}`);
    expect(lines[1]).toMatch(/^✗ /);
  });

  test('runs shows what stands below them when it is asked for, under each in its order', async () => {
    const { runs } = await cli.json(RunList, 'runs', '--all', '--limit', '2');
    const [newest, ...below] = runs.slice(0, 1 + (runs[0]?.children ?? 0));
    expect(below.map(({ parent_run_id }) => parent_run_id)).toEqual(below.map(() => newest?.run_id));
    const names = (await cli.run('runs', '--all')).stdout.split('\n').map((line) => line.slice(0, 12).trimEnd());
    expect(names).toContain('  ✓ evaluate');
    expect(names.lastIndexOf('  ✓ split')).toBeLessThan(names.lastIndexOf('  ✓ register'));
  });

  test('a run is found by its name and by the beginning of its id', async () => {
    const { runs } = await cli.json(RunList, 'runs', '--filter', "status = 'FINISHED'");
    const { name = '', run_id = '' } = runs.at(-1) ?? {};
    const log = await cli.run('logs', run_id, 'train');
    expect(log.stdout).not.toBe('');
    expect((await cli.run('logs', name, 'train')).stdout).toBe(log.stdout);
    expect((await cli.run('logs', run_id.slice(0, 8), 'train')).stdout).toBe(log.stdout);
    const unknown = await cli.run('logs', 'brave-nobody', 'train');
    expect(unknown.stderr).toContain('There is no run "brave-nobody".');
    expect(unknown.code).toBe(2);
  });

  test('runs finds them by a filter, in any order, and says where a filter is wrong', async () => {
    const filter = "metrics.f1_macro > 0 AND status = 'FINISHED'";
    const { runs } = await cli.json(RunList, 'runs', '--filter', filter, '--order-by', 'metrics.f1_macro DESC');
    const scores = runs.map(({ metrics }) => Number(metrics.find(({ key }) => key === 'f1_macro')?.value));
    expect(scores).toHaveLength(2);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const one = ['--order-by', 'status DESC', '--order-by', 'start_time ASC', '--limit', '1'];
    const [first] = (await cli.json(RunList, 'runs', '--experiment', 'match-outcome', ...one)).runs;
    expect(first?.state).toBe('succeeded');
    expect((await cli.run('runs', '--filter', "run_name = 'nobody'")).stdout).toContain('No run fulfils the filter.');
    const wrong = await cli.run('runs', '--filter', 'f1 > 0');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/Invalid attribute key 'f1' specified.*character 1 /s);
  });

  test('models lists versions; promote says what will happen, wants a reason, and moves the stage', async () => {
    const [model] = (await cli.json(ModelList, 'models')).models;
    expect(model).toMatchObject({ name: 'match-outcome', versions: [{ version: 2 }, { version: 1 }] });

    const promote = (...more: string[]) => cli.run('promote', 'match-outcome', ...more);
    expect(await promote('1', '--to', 'staging')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^MODEL_REASON_MISSING: .*\n.*why.*--reason/),
    });
    const dry = await cli.json(Promotion, 'promote', 'match-outcome', 'v1', '--to', 'production', '--dry-run');
    expect(dry).toMatchObject({ version: 1, from: 'development', dry_run: true });
    expect(dry.checks.every(({ ok }) => ok)).toBe(true);
    expect((await cli.run('models')).stdout).not.toContain('production');

    const order = ['1', '--to', 'production', '--reason', 'sólo "ése"'];
    const done = await cli.json(Promotion, 'promote', 'match-outcome', ...order);
    expect(done).toMatchObject({ stage: 'production', dry_run: false, effects: dry.effects });
    expect((await cli.run('models')).stdout).toMatch(/v1 +production/);
    expect(await promote('1', '--to', 'production', '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^MODEL_STAGE_UNCHANGED: /),
    });
    expect(await promote('9', '--to', 'staging', '--reason', 'x')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no version 9/),
    });
    expect((await promote('2', '--to', 'production', '--reason', 'newer')).stdout).toMatch(
      /^match-outcome v2: development → production\n( {2}✓ .*\n)+( {2}· .*\n)+$/,
    );
  });

  test('serve starts the endpoint and prints a curl that works; a model can be named as well', async () => {
    const { code, stdout } = await cli.run('serve', 'match-outcome');
    expect(code).toBe(0);
    const [, url = '', token = '', record = ''] =
      /curl (\S+)\/predict -H 'Authorization: Bearer (\w+)'[\s\S]* -d '(.*)'/.exec(stdout) ?? [];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/predict`, { method: 'POST', headers, body: record });
    expect(await answer.json()).toMatchObject({ model: 'match-outcome', version: 2 });

    const other = await cli.json(EndpointDetail, 'serve', 'match-outcome/1');
    expect(other).toMatchObject({ name: 'match-outcome/1', state: 'ready', version: 1 });
    const { endpoints } = await cli.json(EndpointList, 'endpoints');
    expect(endpoints.map(({ name, state, version }) => [name, state, version])).toEqual([
      ['match-outcome', 'ready', 2],
      ['match-outcome/1', 'ready', 1],
    ]);
  });

  test('predict asks it: a record, a file, standard input, a list', async () => {
    const answer = await cli.json(PredictAnswer, 'predict', 'match-outcome', '--data', JSON.stringify(MATCH));
    expect(answer).toMatchObject({ label: 'home', version: 2 });
    cli.workspace.write('one match.json', JSON.stringify(MATCH));
    const fromFile = await cli.json(PredictAnswer, 'predict', 'match-outcome', '--data', '@one match.json');
    expect(fromFile.probabilities).toEqual(answer.probabilities);
    const words = await cli.start(['predict', 'match-outcome', '--data', '@-'], { input: JSON.stringify(MATCH) }).ended;
    expect(words.stdout).toMatch(/^home {2}home \d+\.\d % {2}\w+ \d+\.\d % {2}\w+ \d+\.\d % {2}\(v2, \d+\.\d ms\)\n$/);
    const list = await cli.run('predict', 'match-outcome', '--data', JSON.stringify([MATCH, MATCH]));
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
    const wrong = await cli.run('predict', 'match-outcome', '--data', '{"league": 3}');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/^ENDPOINT_INPUT_INVALID: .*league/) });
  });

  test('drifted traffic turns the monitor', async () => {
    const before = await cli.json(MonitorList, 'monitors');
    expect(before.monitors).toMatchObject([{ name: 'outcome-drift', state: 'waiting' }]);
    const sent = await cli.json(
      Type.Object({ requests: Type.Integer(), seconds: Type.Number() }),
      'demo',
      'traffic',
      '--drift',
    );
    expect(sent.requests).toBe(1500);
    const report = await waitFor(async () => {
      const found = await cli.json(DriftReport, 'monitor', 'outcome-drift');
      return found.state === 'drift' && found.sentence.includes('1,000 requests') && found;
    });
    expect(report.drifted.map(({ name }) => name).sort()).toEqual(['home_form', 'league']);
    const { stdout } = await cli.run('monitor', 'outcome-drift');
    expect(stdout).toMatch(
      /^2 of 11 columns drifted in the last 1,000 requests; most: \w+\n\ncolumn +state +test +statistic +p +effect +threshold\n/,
    );
    expect(stdout).toMatch(/^home_form +drift +KS +0\.\d{3} +< 0\.001 +KS 0\.\d{3} +0\.1$/m);
    // what it says to type next works where it was typed
    const { folder } = cli.workspace;
    const named = await cli.run('demo', 'traffic', '--count', '1', '--workspace', folder);
    expect(named.stdout).toContain(`\`crisol monitors --workspace "${folder}"\` shows it.`);
  });

  test('serve --stop ends it, and predict says how to start it again; of one that failed, why', async () => {
    expect(await cli.json(EndpointDetail, 'serve', 'match-outcome', '--stop')).toMatchObject({
      state: 'stopped',
      url: null,
    });
    const { code, stderr } = await cli.run('predict', 'match-outcome', '--data', '{}');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'ENDPOINT_NOT_READY: The endpoint match-outcome is stopped.\nStart it with `crisol serve NAME`, or with ▶ in the view Endpoints.\n',
    });
    const why = 'match-outcome@staging names no version';
    expect((await cli.run('serve', 'match-outcome@staging')).stderr).toContain(why);
    const asked = await cli.run('predict', 'match-outcome@staging', '--data', '{}');
    expect(asked.stderr).toContain(`The endpoint match-outcome@staging has failed. ${why}`);
  });

  test('a version whose files were changed is neither promoted nor served', async () => {
    cli.workspace.write('.crisol/models/match-outcome/1/model.onnx', 'something else');
    const dry = await cli.run('promote', 'match-outcome', '1', '--to', 'staging', '--dry-run');
    expect(dry).toMatchObject({ code: 1, stdout: expect.stringMatching(/^ {2}✗ files .*model\.onnx$/m) });
    const real = await cli.run('promote', 'match-outcome', '1', '--to', 'staging', '--reason', 'x');
    expect(real).toMatchObject({ code: 1, stderr: expect.stringMatching(/^MODEL_CHECKS_FAILED: .*model\.onnx/) });
    await cli.run('serve', 'match-outcome/1', '--stop');
    const served = await cli.run('serve', 'match-outcome/1');
    expect(served).toMatchObject({ code: 1, stderr: expect.stringMatching(/^MODEL_FILES_CHANGED: .*model\.onnx/) });
  });

  test('train and evaluate work on files alone', async () => {
    const args = [
      'build/train.parquet',
      '--target',
      'result',
      '--exclude',
      'match_id',
      'season',
      'home_goals',
      'away_goals',
    ];
    const trained = await cli.run('train', ...args, '--out', 'my model', '--epochs', '5', '--json');
    expect(trained).toMatchObject({ code: 0, stderr: expect.stringMatching(/^epoch 1 of at most 5: /) });
    expect(JSON.parse(trained.stdout)).toMatchObject({
      model: cli.workspace.path('my model'),
      classes: ['away', 'draw', 'home'],
    });
    const metrics = await cli.json(
      Type.Record(Type.String(), Type.Number()),
      'evaluate',
      'my model',
      'build/test.parquet',
    );
    expect(metrics.accuracy).toBeGreaterThan(0.5);
    expect((await cli.run('evaluate', 'my model', 'build/test.parquet')).stdout).toMatch(/^ {2}accuracy +0\.\d{4}\n/);
    const wrong = await cli.run('train', 'build/train.parquet', '--target', 'nobody', '--out', 'x', '--json');
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error_code: 'DATA_COLUMN_MISSING' });
    expect(wrong.code).toBe(2);
  });

  test('the sample is not written over', async () => {
    cli.workspace.write('crisol.yaml', `${cli.workspace.read('crisol.yaml')}# mine\n`);
    expect(await cli.json(Type.Object({ written: Type.Literal(false) }), 'demo', 'project', '.')).toBeDefined();
    expect(readFileSync(cli.workspace.path('crisol.yaml'), 'utf8')).toMatch(/# mine\n$/);
  });
});
