import { expect } from 'vitest';
import { test } from './fixtures.ts';

const STEPS = 'version: 1\nname: demo\nsteps:\n';

test('crisol.yaml, as npm start opens it, is checked while one types, completed, explained and mended', async ({
  editor,
  project,
}) => {
  const window = await editor.open(project.folder, 'crisol.yaml');
  await window.tab('crisol.yaml').waitFor();
  const { text, page } = window;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const shown = async () => (await text.area.innerText()).replaceAll('\u00a0', ' ');
  // saved from elsewhere: the open file follows, once VS Code watches the folder
  const shows = async (yaml: string) => {
    const last = yaml.trimEnd().split('\n').at(-1)?.trim() ?? '';
    const saved = async () => {
      if (!(await shown()).includes(last)) project.write('crisol.yaml', yaml);
      return shown();
    };
    await expect.poll(saved, { interval: 1000, timeout: 30_000 }).toContain(last);
  };
  const isTold = (what: RegExp) => expect.poll(() => window.problems()).toContainEqual(expect.stringMatching(what));

  await shows(`${STEPS}  a: {run: echo a, needs: [nobody]}\n`);
  await isTold(/nobody/);
  await shows(`${STEPS}  a: {run: echo a, needs: [b]}\n  b: {run: echo b, needs: [a]}\n`);
  await isTold(/a → b|b → a|circle/);

  await shows(`${STEPS}  a: {run: echo a}\n`);
  await expect.poll(() => text.squiggles('error').count()).toBe(0);
  await press('ControlOrMeta+1', 'ControlOrMeta+End');
  await text.type('stepps: 1');
  await text.squiggles('error').first().waitFor();
  await isTold(/stepps/);
  await press('ControlOrMeta+1', 'ControlOrMeta+Z', 'ControlOrMeta+Z');

  await press('ControlOrMeta+A', 'Delete');
  await text.type('nmae: demo');
  await text.squiggles('error').first().waitFor();
  await press('Home', 'ArrowRight');
  await text.quickFixes('name');
  await expect.poll(shown).toContain('name: demo');
  await text.save();

  await shows(`${STEPS}  a:\n    uses: \n`);
  await press('ControlOrMeta+1', 'ControlOrMeta+End', 'ArrowUp', 'End');
  expect(await text.completions()).toEqual(expect.arrayContaining(['split', 'train', 'evaluate', 'register']));
  await press('Escape', 'ControlOrMeta+Home');
  expect(await text.hover()).toMatch(/version/i);
});
