import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { findDaemon } from '../../../../extension/daemon/find.ts';
import { LogFollower } from '../../../../extension/daemon/log-follower.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';

test.skipIf(process.platform === 'win32')(
  'a pipe in place of the info file is no daemon, and is not waited for',
  async () => {
    const workspace = new TempWorkspace();
    onTestFinished(() => workspace.dispose());
    mkdirSync(workspace.path('.crisol'));
    execFileSync('mkfifo', [workspace.path('.crisol/daemon.json')]);
    expect(await findDaemon(workspace.folder)).toBeUndefined();
  },
);

test('of a log that grows faster than anybody reads, the newest whole lines are shown', async () => {
  const file = '.crisol/logs/daemon.log';
  const workspace = new TempWorkspace({ files: { [file]: 'first\n' } });
  const lines: string[] = [];
  const follower = new LogFollower(workspace.folder, (line) => lines.push(line));
  onTestFinished(() => {
    follower.dispose();
    workspace.dispose();
  });
  await waitFor(() => lines.length === 1);
  appendFileSync(workspace.path(file), `${'x'.repeat(3_000_000)}\nlast\n`);
  await waitFor(() => lines.at(-1) === 'last');
  expect(lines.join('').length).toBeLessThan(2_000_000);
});
