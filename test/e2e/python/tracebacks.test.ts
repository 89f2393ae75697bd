import { expect } from 'vitest';
import { test } from '../fixtures.ts';
import { pictures } from '../pictures.ts';

const LOOK = `def look():
    return open("there.txt").read()


look()
`;

test('where the Python code of a step failed is among the problems until the step succeeds, and its log is a click away', async ({
  editor,
  project,
}) => {
  project.write('src/look.py', LOOK);
  project.write('crisol.yaml', 'version: 1\nname: shy\nsteps:\n  look: {run: python3 src/look.py}\n');
  const window = await editor.open(project.folder, 'src/look.py');
  const told = () => window.problems().then((all) => all.filter((one) => one.includes('crisol run')));
  await window.run('Crisol: Run pipeline');
  await window.notifications.press('Step look failed', 'Open log');
  const panel = await window.panels.open();
  await panel.getByRole('tab', { name: 'Steps and logs', selected: true }).waitFor();
  await panel
    .getByRole('region', { name: 'Output of look' })
    .getByText(/^FileNotFoundError/)
    .waitFor();
  await expect.poll(told).toEqual([expect.stringContaining('FileNotFoundError')]);
  await window.tab('look.py').click();
  await window.run('View: Close Editors in Other Groups');
  await pictures(window, 'views/step-problem');
  project.write('there.txt', '');
  await window.run('Crisol: Run pipeline');
  await window.notifications.message(/succeeded after/).waitFor();
  await expect.poll(told).toEqual([]);
});
