import { expect } from 'vitest';
import { picture } from '../pictures.ts';
import { test } from '../python-extension.ts';

test('a step is debugged from its lens: its own command waits for the debugger, and the session ends with it', async ({
  editor,
  project,
}) => {
  project.write('train.py', 'open("trained.txt", "w").write("yes")\nprint("trained")\n');
  project.write(
    'crisol.yaml',
    'version: 1\nname: bugs\nsteps:\n  train: {run: python3 train.py, outs: [trained.txt]}\n',
  );
  const window = await editor.open(project.folder, 'crisol.yaml');
  // lenses are drawn anew when the daemon is there, and a click on one that goes away is lost
  await window.showViews('Crisol');
  await window.tree('Pipeline').row('train').waitFor();
  await window.text.codeLenses.filter({ hasText: /^Debug$/ }).click();
  await window.notifications.message(/succeeded after/).waitFor();
  expect(await project.crisol('logs', 'train')).toBe('attached, go on\ntrained\n');
  expect(project.read('trained.txt')).toBe('yes');
  await window.page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  await picture(window, 'views/debugged-step');
  // the terminal's command is the same: there is nothing to be done
  expect(await project.crisol('run', '--dry-run')).toContain('up to date');
});
