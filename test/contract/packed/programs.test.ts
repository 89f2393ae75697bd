import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeEntries, webviewEntries } from '../../../tools/build/entries.ts';
import { exec } from '../../../tools/lib/exec.ts';
import { ROOT } from '../../../tools/lib/root.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { packedProgram } from '../../support/programs.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

test('each program and each panel has its bundle', () => {
  const programs = nodeEntries().map(({ name }) => `${name}.cjs`);
  const panels = webviewEntries().map(({ name }) => join('webviews', `${name}.js`));
  for (const file of [...programs, ...panels])
    expect(statSync(join(ROOT, 'dist', file)).size, file).toBeGreaterThan(1000);
});

test('the bundled command line finds the bundled daemon, wherever the folder is', async () => {
  const workspace = new TempWorkspace({ name: AWKWARD_NAME });
  const daemon = await TestDaemon.start(workspace.folder);
  try {
    const cli = [packedProgram('crisol'), 'status', '--json', '--workspace', workspace.folder];
    const { code, output } = await exec(process.execPath, cli);
    expect({ code, status: JSON.parse(output) }).toMatchObject({ code: 0, status: { pid: daemon.info.pid } });
  } finally {
    await daemon.stop();
    workspace.dispose();
  }
});
