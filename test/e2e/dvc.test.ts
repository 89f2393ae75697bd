import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { picture, pictures } from './pictures.ts';
import { Project } from './project.ts';

const DVC = `stages:
  prepare:
    cmd: mkdir -p build && echo \${text} > build/a.txt
    outs: [build/a.txt]
  count:
    foreach: [one, two]
    do:
      cmd: wc -c < build/a.txt > \${item}.txt
      deps: [build/a.txt]
      outs: ["\${item}.txt"]
  clash:
    cmd: echo
    outs: [two.txt]
`;

test('a dvc.yaml is explained and becomes a crisol.yaml that runs', async ({ editor, afterWindows }) => {
  const project = new Project({ files: { 'dvc.yaml': DVC, 'params.yaml': 'text: four\n' } });
  afterWindows(() => project.end());
  const window = await editor.open(project.folder, 'dvc.yaml');
  await window.text.squiggles().first().waitFor();
  await window.page.keyboard.press('ControlOrMeta+Home');
  for (let down = 0; down < 4; down++) await window.page.keyboard.press('ArrowDown');
  for (let right = 0; right < 3; right++) await window.page.keyboard.press('ArrowRight');
  expect(await window.text.hover()).toContain('stage count@one');
  await pictures(window, 'dvc/hover');
  await window.page.keyboard.press('Escape');

  await window.quickInput.openFile('params.yaml');
  await window.page.keyboard.press('ControlOrMeta+Home');
  expect(await window.text.hover()).toContain('Named by prepare of dvc.yaml');
  await window.page.keyboard.press('Escape');
  await window.tab('dvc.yaml').click();

  project.write('dvc.yaml', DVC.replace('outs: [two.txt]', 'outs: [three.txt]'));
  await window.text.squiggles().first().waitFor({ state: 'detached' });
  await window.run('Crisol: Convert dvc.yaml to crisol.yaml');
  await window.tab(/crisol\.yaml/).waitFor();
  await window.text.area.getByText('count-two').first().waitFor();
  await picture(window, 'dvc/converted');
  await window.text.save();
  await project.crisol('run', 'count-one');
  expect(project.read('one.txt').trim()).toBe('5');
});
