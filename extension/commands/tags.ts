import { t } from '../texts.ts';
import type { Named } from './choose-tracked.ts';
import { chooseExperiment, chooseOneRun, chooseRuns } from './choose-tracked.ts';
import type { CommandContext } from './context.ts';
import { ask, pickOne } from './pick.ts';
import { inWords } from './run-changes.ts';

interface Tag {
  key: string;
  value: string;
}

/** What has tags, and how they are changed; without a value one is removed. */
interface Tagged {
  name: string;
  tags: readonly Tag[];
  change(key: string, value?: string): Promise<unknown>;
}

/** Tags of runs and of experiments. */
export function tagCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.runs.setTag': async (clicked, selected) =>
      setTag(await taggedRuns(context, await chooseRuns(context, t('Set tag'), clicked, selected))),
    'crisol.runs.removeTag': async (row) =>
      removeTag(await taggedRuns(context, [await chooseOneRun(context, t('Remove tag'), row)])),
    'crisol.experiments.setTag': async (row) => setTag(await taggedExperiment(context, t('Set tag'), row)),
    'crisol.experiments.removeTag': async (row) => removeTag(await taggedExperiment(context, t('Remove tag'), row)),
  };
}

/** What several runs have is too much to look up: it is replaced in all of them. */
async function taggedRuns({ api }: CommandContext, runs: readonly Named[]): Promise<Tagged> {
  const [only] = runs;
  const run_ids = runs.map(({ id }) => id);
  return {
    name: inWords(runs),
    tags: only && runs.length === 1 ? (await api.run(only.id)).tags : [],
    change: (key, value) => api.tagRuns({ run_ids, key, value }),
  };
}

async function taggedExperiment(context: CommandContext, title: string, row: unknown): Promise<Tagged> {
  const { api } = context;
  const { id, name } = await chooseExperiment(context, title, row);
  const { experiments } = await api.experiments();
  const tags = experiments.find(({ experiment_id }) => experiment_id === id)?.tags ?? [];
  return { name, tags, change: (key, value) => api.tagExperiment(id, { key, value }) };
}

async function setTag({ name, tags, change }: Tagged): Promise<void> {
  const title = t('Set tag of {0}', name);
  const key = await ask({
    title,
    prompt: t('Its name'),
    required: t('A name of letters, digits, spaces and _ - . : / is needed.'),
    isValid: (text) => /^[\p{L}\p{N}_.\- :/]{1,250}$/u.test(text),
  });
  const before = tags.find((tag) => tag.key === key)?.value;
  const value = await ask({ title, prompt: t('Value of {0}', key), value: before, required: '', isValid: () => true });
  await change(key, value);
}

async function removeTag({ name, tags, change }: Tagged): Promise<void> {
  const choices = tags.map(({ key, value }) => ({ label: key, description: value.slice(0, 100), value: key }));
  const empty = t('{0} has no tags.', name);
  await change(await pickOne(t('Remove tag of {0}', name), choices, { empty, alwaysAsk: true }));
}
