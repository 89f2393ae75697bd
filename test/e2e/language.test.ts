import { expect } from 'vitest';
import type { Workbench } from '../support/workbench/workbench.ts';
import { test } from './fixtures.ts';
import { languagePicture, pictures } from './pictures.ts';
import type { Project } from './project.ts';

const STEPS = 'version: 1\nname: demo\nsteps:\n';

/** What stands above the steps and beside the values of a project whose pipeline has run. */
async function seesResults({ text }: Workbench): Promise<void> {
  await text.codeLenses
    .filter({ hasText: /last:.*loss\s0\.\d+/ })
    .first()
    .waitFor();
  for (const hint of [/best\s1\s→\sf1\s0\.\d+/, /after\ssplit/])
    await text.inlayHints.filter({ hasText: hint }).first().waitFor();
}

/** With the lens above the first step, which needs no other. */
async function runsAStep(window: Workbench, project: Project): Promise<void> {
  const runs = async (): Promise<number> => JSON.parse(await project.crisol('runs', '--json')).runs.length;
  const before = await runs();
  await window.text.codeLenses
    .filter({ hasText: /^\s*Run$/ })
    .first()
    .click();
  await window.notifications.message(/succeeded after/).waitFor();
  expect(await runs()).toBe(before + 1);
  await window.run('View: Close Editors in Other Groups');
}

/** What a step has come to: its log, and its runs side by side. */
async function looksBack(window: Workbench): Promise<void> {
  const { codeLenses } = window.text;
  await codeLenses.filter({ hasText: 'last:' }).first().click();
  await window.tab('split.log').waitFor();
  await window.tab('crisol.yaml').click();
  await codeLenses.filter({ hasText: 'Compare' }).first().click();
  await window.tab('Compare 2 runs').waitFor();
  await window.tab('crisol.yaml').click();
}

async function asksWhy({ text, quickInput, page }: Workbench): Promise<void> {
  await text.codeLenses.filter({ hasText: 'Why?' }).nth(1).click();
  expect(await quickInput.texts()).toEqual([
    expect.stringMatching(/^train · would run/),
    expect.stringMatching(/^with\.l2: 1 → 3/),
    expect.stringMatching(/^It waits for split: it reads build\/train\.parquet, which split writes/),
    expect.stringMatching(/^evaluate waits for it/),
    expect.stringMatching(/^register waits for it/),
    expect.stringMatching(/^The last time: succeeded/),
  ]);
  await page.keyboard.press('Escape');
}

test('crisol.yaml, as npm start opens it, is checked while one types, completed, explained and mended', async ({
  editor,
  trained: project,
}) => {
  project.write('crisol.yaml', project.read('crisol.yaml').replace('l2: 1 #', 'l2: 3 #'));
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
  await seesResults(window);
  await pictures(window, 'language/results');
  await runsAStep(window, project);
  await looksBack(window);
  await asksWhy(window);
  await languagePicture(window, project.read('crisol.yaml'));

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

  // in words of the file itself: complete, rename, bring into form
  const before = `${STEPS.replace('steps', 'params: {seed: 7}\nsteps')}`;
  await shows(`${before}  a:   {run: "echo \${{  }}", outs: [x]}\n  b:\n      needs: [a]\n      run:  cat x\n`);
  await press('ControlOrMeta+1', 'ControlOrMeta+Home');
  for (let line = 1; line < 5; line++) await press('ArrowDown');
  await press('Home');
  for (let column = 0; column < 20; column++) await press('ArrowRight');
  expect(await text.completions()).toEqual(expect.arrayContaining(['params', 'steps', 'env']));
  await text.type('params.');
  expect(await text.completions()).toContain('seed');
  await press('Escape', 'ControlOrMeta+Home');
  for (let line = 1; line < 5; line++) await press('ArrowDown');
  await press('Home', 'F2');
  await page.locator('.rename-box input:focus').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('first');
  await press('Enter');
  await expect.poll(shown).toMatch(/first:\s+\{run[\s\S]*needs: \[first\]/);
  await window.run('Format Document');
  await expect.poll(shown).toMatch(/^ {2}first: \{run: .*, outs: \[x\]\}[\s\S]*^ {4}run: cat x/m);
  // and what one goes on with stands where it belongs
  await press('ControlOrMeta+1', 'ControlOrMeta+End');
  await text.type('  third:');
  await press('Escape', 'Enter');
  await text.type('run: cat y');
  await expect.poll(shown).toMatch(/^ {2}third:\n {4}run: cat y/m);
});
