import { expect } from 'vitest';
import { test } from './fixtures.ts';
import { pictures } from './pictures.ts';
import type { Project } from './project.ts';

/** As a script makes a model, with no version yet. */
async function makeModel(project: Project, name: string): Promise<void> {
  const headers = { authorization: `Bearer ${project.daemon?.token}`, 'content-type': 'application/json' };
  const url = `${project.daemon?.url}/api/2.0/mlflow/registered-models/create`;
  const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ name }) });
  expect(status).toBe(200);
}

test('a model that the registry does not have is told in crisol.yaml, and no longer once it is there', async ({
  editor,
  trained: project,
}) => {
  const more = '  slip:\n    model: match-outcme@production\n  other:\n    model: elsewhere@production\n';
  const written = project.read('crisol.yaml').replace(/^endpoints:\n/m, `$&${more}`);
  project.write('crisol.yaml', written);
  const window = await editor.open(project.folder, 'crisol.yaml');
  await window.tab('crisol.yaml').waitFor();
  const { text } = window;
  const told = async () => (await window.problems()).filter((problem) => problem.includes('CRISOL129'));
  const slip = (what: string) => expect.stringMatching(`${what}.*: did you mean .?match-outcome`);

  const neither = 'neither in the registry nor registered by a step';
  await expect.poll(told).toEqual([slip(neither), expect.stringMatching(`elsewhere.* is ${neither}`)]);
  await makeModel(project, 'elsewhere');
  await expect.poll(told).toEqual([slip(neither)]);

  // without a daemon only what a step registers is known
  await window.run('Crisol: Stop daemon');
  await expect.poll(told).toEqual([slip('No step registers a model')]);
  const line = written.split('\n').findIndex((one) => one.includes('match-outcme')) + 1;
  await text.focus();
  await text.goTo(line, 14);
  await pictures(window, 'language/unknown-model');
  await text.quickFixes('Change to');
  await expect.poll(told).toEqual([]);
});
