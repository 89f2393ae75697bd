import { appendFileSync, mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Growth } from '../../../../daemon/pipelines/executors/local/log-file.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';

let workspace: TempWorkspace;
let growth: Growth;
let heard: number;
beforeEach(() => {
  workspace = new TempWorkspace();
  heard = 0;
});
afterEach(() => {
  growth.dispose();
  workspace.dispose();
});

const watch = (file: string) => {
  growth = new Growth(workspace.path(file), () => heard++);
};

describe('a file that grows', () => {
  it('is heard of, each time', async () => {
    workspace.write('log', 'before');
    watch('log');
    for (const times of [1, 2, 3]) {
      appendFileSync(workspace.path('log'), 'x');
      await waitFor(() => heard === times);
    }
  });

  it('is heard of also where the system does not let us watch it', async () => {
    watch('not/there/yet');
    mkdirSync(workspace.path('not', 'there'), { recursive: true });
    appendFileSync(workspace.path('not', 'there', 'yet'), 'x');
    await waitFor(() => heard === 1);
    appendFileSync(workspace.path('not', 'there', 'yet'), 'x');
    await waitFor(() => heard === 2);
  });
});

it('is heard of by nobody who listens no more', async () => {
  workspace.write('log', '');
  watch('log');
  growth.dispose();
  const other = new Growth(workspace.path('log'), () => heard++);
  appendFileSync(workspace.path('log'), 'x');
  await waitFor(() => heard > 0);
  other.dispose();
  expect(heard).toBe(1);
});
