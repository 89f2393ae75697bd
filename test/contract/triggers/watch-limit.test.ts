import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineOverview } from '../../../schemas/wire/pipelines.ts';
import type { TriggerList } from '../../../schemas/wire/triggers.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from '../cli/cli.ts';
import { CAN_LIMIT, FewWatches } from './few-watches.ts';

if (!CAN_LIMIT)
  console.error(
    'NOT TESTED HERE: data that the system does not let us watch. It takes Linux with namespaces of users.',
  );

const FOLDERS = 60;
const YAML = `version: 1
name: demo
steps: {greet: {run: echo hello}}
datasets: {matches: {path: data}}
on: {data: [{dataset: matches}]}
`;

let workspace: TempWorkspace;
let few: FewWatches;
let daemon: TestDaemon | undefined;
beforeEach(() => {
  workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML } });
  for (let one = 0; one < FOLDERS; one++) workspace.write(`data/${one}/matches.csv`, 'a\n1\n');
  few = new FewWatches(FOLDERS / 2);
});
afterEach(async () => {
  await daemon?.stop();
  few.dispose();
  workspace.dispose();
});

describe.runIf(CAN_LIMIT)('where the system watches no more folders', () => {
  it('a data trigger says so and what to do, goes on with those that are watched, and recovers', async () => {
    daemon = await TestDaemon.start(workspace.folder, { execPath: few.execPath });
    const { run_id } = await daemon.post<{ run_id: string }>('pipelines/runs', {});
    await daemon.endOf(run_id);
    const row = async () => (await daemon?.get<TriggerList>('triggers'))?.triggers[0];
    await waitFor(async () => (await row())?.state === 'problem', { what: 'what is wrong' });
    expect((await row())?.reason).toMatch(
      /^the system watches no more folders for this user \(ENOSPC\): changes in data\/\d+ and \d+ more are seen late, within an hour; raise its limit fs\.inotify\.max_user_watches$/,
    );
    const cli = new Cli(workspace);
    expect((await cli.run('triggers')).stdout).toContain('raise its limit fs.inotify.max_user_watches');
    const runs = async () => (await daemon?.get<PipelineOverview>('pipelines'))?.runs.length;
    workspace.write('data/new.csv', 'a\n2\n');
    await waitFor(async () => (await runs()) === 2, { what: 'the run for data that are watched' });
    few.raise();
    await waitFor(() => few.isRaised);
    workspace.write('crisol.yaml', `${YAML}# saved again\n`);
    await waitFor(async () => (await row())?.state === 'active', { what: 'the problem to be over' });
    workspace.write(`data/${FOLDERS - 1}/matches.csv`, 'a\n2\n');
    await waitFor(async () => (await runs()) === 3, { what: 'the run for data that were not watched before' });
  });
});
