import { appendFileSync, renameSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { LogFollower } from '../../../../extension/daemon/log-follower.ts';
import { readLogLine } from '../../../../extension/daemon/log-lines.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';

const FILE = '.crisol/logs/daemon.log';

function follow(workspace: TempWorkspace): string[] {
  const lines: string[] = [];
  const follower = new LogFollower(workspace.folder, (line) => lines.push(line));
  onTestFinished(() => {
    follower.dispose();
    workspace.dispose();
  });
  return lines;
}

test('shows what is there and what is appended, also over a rotation', async () => {
  const workspace = new TempWorkspace({ files: { [FILE]: 'one\n' } });
  const lines = follow(workspace);
  await waitFor(() => lines.length === 1);
  appendFileSync(workspace.path(FILE), 'two\nthr');
  await waitFor(() => lines.length === 2);
  appendFileSync(workspace.path(FILE), 'ee ñ\n');
  await waitFor(() => lines.length === 3);
  renameSync(workspace.path(FILE), workspace.path('.crisol/logs/daemon.1.log'));
  workspace.write(FILE, 'four\n');
  await waitFor(() => lines.length === 4);
  expect(lines).toEqual(['one', 'two', 'three ñ', 'four']);
});

test('waits for a log that is not there yet', async () => {
  const workspace = new TempWorkspace();
  const lines = follow(workspace);
  workspace.write(FILE, 'first\n');
  await waitFor(() => lines.length === 1);
});

test('begins a long log with its last whole lines', async () => {
  const long = Array.from({ length: 5000 }, (_, number) => `line ${number}`).join('\n');
  const lines = follow(new TempWorkspace({ files: { [FILE]: `${long}\n` } }));
  await waitFor(() => lines.length > 0);
  expect(lines.at(-1)).toBe('line 4999');
  expect(lines[0]).toMatch(/^line \d{4}$/);
});

test('a line of the log reads like a sentence with its details', () => {
  const line = JSON.stringify({
    level: 40,
    time: '2026-01-01T00:00:00Z',
    port: 4711,
    run: { id: 'x' },
    msg: 'port taken',
  });
  expect(readLogLine(line)).toEqual({ level: 'warn', text: 'port taken port=4711 run={"id":"x"}' });
  const failed = readLogLine(
    JSON.stringify({ level: 50, msg: 'broke', err: { message: 'why', stack: 'Error: why\n at x' } }),
  );
  expect(failed).toEqual({ level: 'error', text: 'broke\nError: why\n at x' });
  expect(readLogLine('not JSON')).toEqual({ level: 'info', text: 'not JSON' });
  expect(readLogLine('null')).toEqual({ level: 'info', text: 'null' });
});
