import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import type { KeyValue, Tracking } from '../../../daemon/tracking/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import type { RunSource } from '../../../schemas/wire/run-source.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let workspace: TempWorkspace;
let elsewhere: TempWorkspace;
let store: Store;
let tracking: Tracking;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
  elsewhere = new TempWorkspace();
  const clock = new VirtualClock();
  store = new Store({ file: elsewhere.path('store.db'), migrations, backups: elsewhere.path('backups'), clock });
  tracking = createTracking({ store, clock, workspace: workspace.folder });
});
afterEach(async () => {
  await store.dispose();
  workspace.dispose();
  elsewhere.dispose();
});

function git(...args: string[]): string {
  const settings = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.org'];
  return execFileSync('git', [...settings, ...args], { cwd: workspace.folder, encoding: 'utf8' }).trim();
}

/** A run that begins now, and what is known of it. */
async function newRun(tags: KeyValue[] = []): Promise<RunSource> {
  const run = await tracking.runs.start({ experiment_id: '0', user: 'somebody', tags });
  tracking.provenance.observe(run.run_id);
  return tracking.provenance.ofRun(run);
}

describe('in a repository', () => {
  let commit: string;
  beforeEach(() => {
    git('init', '--quiet', '--initial-branch=trunk');
    workspace.write('train.py', 'print(1)\n');
    workspace.write('naïve ñame.py', 'print(1)\n');
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    commit = git('rev-parse', 'HEAD');
  });

  it('a run has the commit and the branch', async () => {
    const clean = { commit, branch: 'trunk', dirty: false, diff: '', diff_complete: true, untracked: [] };
    expect(await newRun([{ key: 'mlflow.source.name', value: 'train.py' }])).toMatchObject({
      user: 'somebody',
      entry: 'train.py',
      git: clean,
      machine: { os: expect.stringMatching(/./), cpus: expect.any(Number) },
    });
  });

  it('what was changed since can be made again from the diff, new files too', async () => {
    workspace.write('train.py', 'print(2)');
    workspace.write('naïve ñame.py', 'print(3)\n');
    workspace.write('src/new file.py', 'a\nb\n');
    workspace.write('run.sh', '#!/bin/sh\n');
    chmodSync(workspace.path('run.sh'), 0o755);
    workspace.write('empty.py', '');
    git('add', 'src');
    const { git: state } = await newRun();
    expect(state).toMatchObject({ commit, dirty: true, diff_complete: true, untracked: ['empty.py', 'run.sh'] });

    const clone = elsewhere.path('clone');
    execFileSync('git', ['clone', '--quiet', workspace.folder, clone]);
    execFileSync('git', ['apply', '--index', '-'], { cwd: clone, input: state?.diff });
    git('add', '.');
    expect(execFileSync('git', ['write-tree'], { cwd: clone, encoding: 'utf8' }).trim()).toBe(git('write-tree'));
  });

  it('secrets, links, long and binary files stay where they are, and it says that something is missing', async () => {
    workspace.write('.env', 'KEY=hunter2\n');
    workspace.write('deploy/id_ed25519', 'hunter2\n');
    workspace.write('data.bin', new Uint8Array([104, 0, 105]));
    workspace.write('long.csv', 'hunter2,'.repeat(20_000));
    symlinkSync('/etc/hostname', workspace.path('link.txt'));
    const { git: state } = await newRun();
    expect(state).toMatchObject({ dirty: true, diff: '', diff_complete: false });
    expect(state?.untracked).toEqual(['.env', 'data.bin', 'deploy/id_ed25519', 'link.txt', 'long.csv']);
  });

  it('a diff longer than what is kept ends, and says so', async () => {
    workspace.write('train.py', 'print("long")\n'.repeat(200_000));
    const { git: state } = await newRun();
    expect(state).toMatchObject({ dirty: true, diff_complete: false });
    expect(state?.diff.length).toBe(1024 * 1024);
  });

  it('nothing that the repository is set up with is run', async () => {
    workspace.write('trap.sh', `#!/bin/sh\ntouch trapped\ncat\n`);
    chmodSync(workspace.path('trap.sh'), 0o755);
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.trap.textconv', 'diff.trap.command', 'core.pager']) {
      git('config', key, './trap.sh');
    }
    workspace.write('.gitattributes', '*.py diff=trap\n');
    workspace.write('train.py', 'print(2)\n');
    const { git: state } = await newRun();
    expect(state?.diff).toContain('+print(2)');
    expect(workspace.has('trapped')).toBe(false);
  });

  it('nor a filter for its files, and the diff is of the files as they are', async () => {
    workspace.write('trap.sh', `#!/bin/sh\ntouch trapped\ncat\n`);
    chmodSync(workspace.path('trap.sh'), 0o755);
    git('config', 'filter.trap.clean', './trap.sh');
    git('config', 'filter.trap.required', 'true');
    workspace.write('.gitattributes', '*.py filter=trap\n');
    workspace.write('train.py', 'print(23)\n');
    const { git: state } = await newRun();
    expect(state?.diff).toContain('+print(23)');
    expect(workspace.has('trapped')).toBe(false);

    git('config', 'filter.a=b.clean', './trap.sh');
    workspace.write('.gitattributes', '*.py filter=a=b\n');
    tracking = createTracking({ store, clock: new VirtualClock(), workspace: workspace.folder });
    expect((await newRun()).git).toBeNull();
    expect(workspace.has('trapped')).toBe(false);
  });

  it('a repository that came as files of this one is none', async () => {
    git('clone', '--quiet', '--bare', '.', 'inner');
    git(`--git-dir=${workspace.path('inner')}`, 'config', 'core.bare', 'false');
    git(`--git-dir=${workspace.path('inner')}`, 'config', 'core.worktree', workspace.path('inner'));
    tracking = createTracking({ store, clock: new VirtualClock(), workspace: workspace.path('inner') });
    expect((await newRun()).git).toBeNull();
  });

  it('what holds secrets is not in the diff, though git knows the file', async () => {
    workspace.write('conf/.env', 'KEY=\n');
    git('add', '.');
    git('commit', '--quiet', '--message=second');
    workspace.write('conf/.env', 'KEY=s3cr3t\n');
    workspace.write('prod.env', 'KEY=s3cr3t\n');
    workspace.write('train.py', 'print(2)\n');
    const { git: state } = await newRun();
    expect(state).toMatchObject({ dirty: true, diff_complete: false, untracked: ['prod.env'] });
    expect(state?.diff).toContain('+print(2)');
    expect(state?.diff).not.toContain('s3cr3t');
  });

  it('a client that names another commit ran other code: ours is not shown as its own', async () => {
    workspace.write('train.py', 'print(2)\n');
    const said = 'f'.repeat(40);
    expect((await newRun([{ key: 'mlflow.source.git.commit', value: said }])).git).toEqual({
      commit: said,
      branch: null,
      dirty: null,
      diff: '',
      diff_complete: false,
      untracked: [],
    });
  });

  it('of runs that begin together what is long is stored once, and goes with the last of them', async () => {
    workspace.write('train.py', 'print(2)\n');
    const sources = await Promise.all(Array.from({ length: 20 }, () => newRun()));
    expect(new Set(sources.map((source) => JSON.stringify(source.git))).size).toBe(1);
    const texts = () => store.db.prepare('SELECT count(*) FROM source_texts').pluck().get();
    expect(texts()).toBe(1);
    await store.write(() => store.db.exec('DELETE FROM runs WHERE run_no > 1'));
    expect(texts()).toBe(1);
    await store.write(() => store.db.exec('DELETE FROM runs'));
    expect(texts()).toBe(0);
  });
});

describe('without commits', () => {
  it('in a folder without a repository a run has what else is known', async () => {
    const { git: state, machine } = await newRun();
    expect(state).toBeNull();
    expect(machine).not.toBeNull();
  });

  it('in a repository that has none yet, the new files are all there is', async () => {
    git('init', '--quiet', '--initial-branch=trunk');
    workspace.write('train.py', 'print(1)\n');
    const { git: state } = await newRun();
    expect(state).toMatchObject({ commit: null, branch: 'trunk', dirty: true, untracked: ['train.py'] });
    expect(state?.diff).toContain('+print(1)');
  });
});

describe.runIf(process.platform === 'linux')('in a real daemon', () => {
  let daemon: TestDaemon;
  beforeEach(async () => {
    git('init', '--quiet', '--initial-branch=trunk');
    workspace.write('crisol.yaml', 'version: 1\nname: p\nsteps:\n  a: {run: "true"}\n');
    workspace.write('client.mjs', CLIENT);
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    daemon = await TestDaemon.start(workspace.folder);
  });
  afterEach(() => daemon.stop());

  /** Another process sends this, and waits until the daemon knows what it wants of it. */
  async function send(cwd: string, path: string, body: object): Promise<string> {
    const { url, token } = daemon.info;
    const args = [url, `--token=${token}`, path, JSON.stringify(body)];
    const client = fork(workspace.path('client.mjs'), args, { cwd, execArgv: [] });
    const [runId] = (await once(client, 'message')) as [string];
    await daemon.get(`runs/${runId}/source`);
    client.send('end');
    await once(client, 'exit');
    return runId;
  }
  const sourceOf = (runId: string) => daemon.get<RunSource>(`runs/${runId}/source`);

  it('the program that logs is known by its connection, and so is one that goes on with the run', async () => {
    const runId = await send(workspace.folder, 'create', { experiment_id: '0' });
    await send(workspace.folder, 'update', { run_id: runId, status: 'RUNNING' });
    const { programs, git: state } = await sourceOf(runId);
    const facts = { cwd: workspace.folder, interpreter: process.execPath, language: null, packages: null };
    expect(programs).toMatchObject([facts, facts]);
    const begin = [process.execPath, workspace.path('client.mjs'), daemon.info.url, '--token=***'];
    expect(programs[0]?.command).toEqual([...begin, 'create', '{"experiment_id":"0"}']);
    expect(programs[1]?.command.slice(0, 5)).toEqual([...begin, 'update']);
    expect(state).toMatchObject({ branch: 'trunk', dirty: false });
  });

  it('of a program of another place the working tree here says nothing', async () => {
    workspace.write('node_modules/x', '');
    const { programs, git: state } = await sourceOf(await send(elsewhere.folder, 'create', { experiment_id: '0' }));
    expect(programs).toMatchObject([{ cwd: elsewhere.folder }]);
    // its script lies in the repository all the same
    expect(state).toMatchObject({ branch: 'trunk', untracked: ['node_modules/x'] });

    const { run } = await daemon.post<{ run: { info: { run_id: string } } }>('/api/2.0/mlflow/runs/create', {});
    expect(await sourceOf(run.info.run_id)).toMatchObject({ programs: [{ cwd: process.cwd() }], git: null });
  });

  it("a pipeline's run has it, too", async () => {
    const { run_id } = await daemon.post<{ run_id: string }>('pipelines/runs', {});
    expect(await sourceOf(run_id)).toMatchObject({ git: { branch: 'trunk', dirty: false }, programs: [] });
  });
});

/** A script that says one thing over MLflow's REST and stays. */
const CLIENT = `
  const [url, token, path, body] = process.argv.slice(2);
  const headers = { authorization: token.replace('--token=', 'Bearer '), 'content-type': 'application/json' };
  const answer = await fetch(url + '/api/2.0/mlflow/runs/' + path, { method: 'POST', headers, body });
  const { run, run_info } = await answer.json();
  process.on('message', () => process.exit());
  process.send((run_info ?? run.info).run_id);
`;
