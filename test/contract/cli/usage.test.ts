import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, describe, expect, test } from 'vitest';
import { ErrorBody } from '../../../schemas/wire/common.ts';
import { DaemonInfo } from '../../../schemas/workspace.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { Cli } from './cli.ts';

const cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME, files: { 'crisol.yaml': 'version: 1\nname: empty\n' } }));
afterAll(() => cli.dispose());

describe('a wrong command line', () => {
  test.for([
    [['statu'], "Unknown command 'statu'.", 'Did you mean status?'],
    [['run', '--detech'], "Unknown option '--detech'.", 'Did you mean --detach?'],
    [['demo', 'projekt', 'x'], "Unknown command 'projekt'.", 'Did you mean project?'],
    [['promote', 'm', '1'], "Required option '--to <stage>' not specified.", '`crisol promote --help`'],
    [['promote', 'm', '1', '--to', 'prod'], 'Allowed choices are development, staging', '`crisol promote --help`'],
    [['promote', 'm', 'new', '--to', 'staging'], "'new' is invalid for argument 'version'", '`crisol promote --help`'],
    [['runs', '--limit', '0'], "'--limit <count>' argument '0' is invalid", '`crisol runs --help`'],
    [
      ['demo', 'traffic', '--count', 'x'],
      "'--count <requests>' argument 'x' is invalid",
      '`crisol demo traffic --help`',
    ],
    [['run', '--param', 'l2'], 'Write --param name=value.', '`crisol run --help`'],
    [['drift', 'a.csv', 'b.csv', '--threshold', '-1'], 'It is no number from 0 on.', '`crisol drift --help`'],
    [['up', '--idle-minutes', 'soon'], 'It is no number above 0.', '`crisol up --help`'],
    [['predict', 'm'], "Required option '--data <json>' not specified.", '`crisol predict --help`'],
    [['logs'], "Missing required argument 'run-or-step'.", '`crisol logs --help`'],
  ])('crisol %j ends with 2, says what is wrong and what to do', async ([args, wrong, hint]) => {
    const { code, stdout, stderr } = await cli.run(...(args as string[]));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const [first, second] = stderr.split('\n');
    expect(first).toMatch(/^CLI_USAGE: /);
    expect(first).toContain(wrong);
    expect(second).toContain(hint);
  });

  test('is told as JSON as well', async () => {
    const { code, stdout } = await cli.run('runs', '--limt', '3', '--json');
    expect(code).toBe(2);
    const document: unknown = JSON.parse(stdout);
    expect(Value.Check(ErrorBody, document)).toBe(true);
    expect(document).toMatchObject({ error_code: 'CLI_USAGE', hint: 'Did you mean --limit?' });
  });

  test('without a command shows the help on stderr', async () => {
    const { code, stdout, stderr } = await cli.run();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('promote [options] <model> <version>');
  });
});

describe('help and version', () => {
  test('are answers', async () => {
    expect(await cli.run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n', stderr: '' });
    expect(await cli.run('help', 'run')).toMatchObject({ code: 0, stderr: '' });
    expect((await cli.run('run', '--help')).stdout).toContain('--param <name=value>');
  });
});

describe('docs/cli.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'cli.md'), 'utf8');

  /** What stands first on the indented lines below a title of the help. */
  const listed = (help: string, title: string) => {
    const part = help.split(`\n${title}:\n`)[1]?.split('\n\n')[0] ?? '';
    return [...part.matchAll(/^ {2}(\S+)/gm)].map(([, name = '']) => name.replace(',', ''));
  };

  test('describes each command with its options, and no other', async () => {
    const groups = { '': (await cli.run('--help')).stdout, 'demo ': (await cli.run('demo', '--help')).stdout };
    const commands = Object.entries(groups).flatMap(([prefix, help]) =>
      listed(help, 'Commands').map((name) => prefix + name),
    );
    const own = commands.filter((name) => name !== 'demo' && !name.endsWith('help'));
    const described = [...page.matchAll(/^### `crisol ((?:demo )?[a-z-]+)/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(own.sort());
    for (const name of own) {
      const section = page.split(`### \`crisol ${name}`)[1]?.split(/\n##/)[0] ?? '';
      const { stdout } = await cli.run(...name.split(' '), '--help');
      const options = listed(stdout, 'Options').filter((option) => !['--workspace', '--json', '-h'].includes(option));
      expect(options.filter((option) => !section.includes(option))).toEqual([]);
    }
  });
});

describe('without a daemon', () => {
  test('status ends with 3 and says how to start one', async () => {
    const { code, stdout, stderr } = await cli.run('status');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      `DAEMON_UNREACHABLE: No daemon runs for ${cli.workspace.folder}.\n` +
        'Start it with `crisol up`, and look into .crisol/logs if it does not stay.\n',
    );
    expect(cli.workspace.has('.crisol')).toBe(false);
  });

  test('down has nothing to do', async () => {
    const answer = await cli.json(Type.Object({ was_running: Type.Literal(false) }), 'down');
    expect(answer).toEqual({ workspace: cli.workspace.folder, was_running: false });
  });

  test.for(['here', 'named'])('what asks about a project makes none where there is none, %s', async (how) => {
    const elsewhere = new TempWorkspace();
    const args = how === 'here' ? ['models'] : ['run', '--workspace', elsewhere.folder];
    const { code, stderr } = await cli.start(args, { cwd: elsewhere.folder }).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^FILE_NOT_FOUND: There is no crisol\.yaml in .+\.\nGo to the folder of your project/);
    expect(elsewhere.has('.crisol')).toBe(false);
    elsewhere.dispose();
  });

  test('a folder that does not exist is a mistake of the command line', async () => {
    const { code, stderr } = await cli.run('up', '--workspace', 'nowhere');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^FILE_NOT_FOUND: There is no folder .*nowhere\.\nCheck the path\.\n$/);
  });
});

describe('with a daemon', () => {
  test('two that start it at the same moment get the same one, which status and down find', async () => {
    const [one, other] = await Promise.all([cli.json(DaemonInfo, 'up'), cli.json(DaemonInfo, 'up')]);
    expect(other).toEqual(one);
    expect(one.workspace).toBe(cli.workspace.folder);
    expect(await cli.json(DaemonInfo, 'status')).toEqual(one);
    expect((await cli.run('status')).stdout).toContain(`daemon     ${one.url}, Crisol 0.1.0, process ${one.pid}`);

    expect(await cli.run('down')).toMatchObject({ code: 0, stdout: 'The daemon has ended.\n' });
    expect((await cli.run('status')).code).toBe(3);
    const next = await cli.json(DaemonInfo, 'up');
    expect(next.pid).not.toBe(one.pid);
    expect([next.url, next.token]).toEqual([one.url, one.token]); // what terminals were given still holds
  });

  test('env gives MLflow clients what they need', async () => {
    const { url, token } = await cli.json(DaemonInfo, 'up');
    const variables = await cli.json(Type.Record(Type.String(), Type.String()), 'env');
    expect(variables).toEqual({ MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token });
    const { stdout } = await cli.run('env');
    expect(stdout).toBe(`export MLFLOW_TRACKING_URI='${url}'\nexport MLFLOW_TRACKING_TOKEN='${token}'\n`);
  });

  test('the workspace is named before the command or after it, or is the nearest folder above with a crisol.yaml', async () => {
    const { folder } = cli.workspace;
    const inside = join(folder, 'src', 'deep');
    mkdirSync(inside, { recursive: true });
    const { epoch } = await cli.json(DaemonInfo, 'up');
    for (const [args, cwd] of [
      [['--workspace', folder, '--json', 'status'], '/'],
      [['status', '--json', '--workspace', folder], '/'],
      [['--json', 'status'], inside],
    ] as const) {
      const { stdout } = await cli.start([...args], { cwd }).ended;
      expect(JSON.parse(stdout)).toMatchObject({ epoch });
    }
  });

  test('empty lists say what fills them', async () => {
    expect((await cli.run('runs')).stdout).toBe('No runs yet. `crisol run` makes one.\n');
    expect((await cli.run('models')).stdout).toBe('No models yet. The step `register` of a pipeline makes one.\n');
    expect((await cli.run('endpoints')).stdout).toBe('crisol.yaml names no endpoints.\n');
    expect((await cli.run('monitors')).stdout).toBe('crisol.yaml names no monitors.\n');
  });

  test.for([
    [['run'], 2, 'PIPELINE_FILE_INVALID'],
    [['runs', '--experiment', 'other'], 2, 'RESOURCE_DOES_NOT_EXIST'],
    [['logs', 'no-run', 'train'], 2, 'RESOURCE_DOES_NOT_EXIST'],
    [['promote', 'nobody', '1', '--to', 'staging', '--reason', 'x'], 2, 'RESOURCE_DOES_NOT_EXIST'],
    [['serve', 'nobody'], 2, 'ENDPOINT_UNKNOWN'],
    [['predict', 'nobody', '--data', '{}'], 2, 'ENDPOINT_UNKNOWN'],
    [['predict', 'nobody', '--data', '{'], 2, 'ENDPOINT_INPUT_INVALID'],
    [['predict', 'nobody', '--data', '@nowhere.json'], 2, 'FILE_NOT_FOUND'],
    [['predict', 'nobody', '--data', '@.'], 2, 'FILE_UNUSABLE'],
    [['monitor', 'nobody'], 2, 'MONITOR_UNKNOWN'],
    [['demo', 'traffic', '--endpoint', 'nobody'], 2, 'ENDPOINT_UNKNOWN'],
    [['demo', 'project', 'crisol.yaml/x'], 2, 'FILE_UNUSABLE'],
  ] as const)('crisol %j ends with %i: %s', async ([args, exit, error]) => {
    const { code, stdout, stderr } = await cli.run(...args, '--json');
    expect(code).toBe(exit);
    expect(JSON.parse(stdout)).toMatchObject({ error_code: error });
    expect(stderr).toMatch(new RegExp(`^${error}: \\S.*\\n\\S.*\\n$`));
  });
});
