import { t } from '../texts.ts';
import { tell } from './attempt.ts';
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
  /** undefined when they are of several, and not looked up */
  tags: readonly Tag[] | undefined;
  change(key: string, value?: string): Promise<unknown>;
}

/** Tags of runs and of experiments. */
export function tagCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.runs.setTag': async (clicked, selected) =>
      setTag(context, await taggedRuns(context, await chooseRuns(context, t('Set tag'), clicked, selected))),
    'crisol.runs.removeTag': async (row) =>
      removeTag(context, await taggedRuns(context, [await chooseOneRun(context, t('Remove tag'), row)])),
    'crisol.experiments.setTag': async (row) => setTag(context, await taggedExperiment(context, t('Set tag'), row)),
    'crisol.experiments.removeTag': async (row) =>
      removeTag(context, await taggedExperiment(context, t('Remove tag'), row)),
  };
}

/** What several runs have is too much to look up: it is replaced in all of them. */
async function taggedRuns({ api }: CommandContext, runs: readonly Named[]): Promise<Tagged> {
  const [only] = runs;
  const run_ids = runs.map(({ id }) => id);
  return {
    name: inWords(runs),
    tags: only && runs.length === 1 ? (await api.run(only.id)).tags : undefined,
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

async function setTag(context: CommandContext, { name, tags, change }: Tagged): Promise<void> {
  const title = t('Set tag of {0}', name);
  const key = await ask({
    title,
    prompt: t('Name of the tag'),
    required: t('A name of letters, digits, spaces and _ - . : / is needed.'),
    isValid: (text) => /^[\p{L}\p{N}_.\- :/]{1,250}$/u.test(text),
  });
  const before = tags?.find((tag) => tag.key === key)?.value;
  const value = await ask({ title, prompt: t('Value of {0}', key), value: before, required: '', isValid: () => true });
  await change(key, value);
  tell(context, t('Tag {0} set: {1}.', key, name), tags ? [[t('Undo'), () => change(key, before)]] : []);
}

async function removeTag(context: CommandContext, { name, tags = [], change }: Tagged): Promise<void> {
  const choices = ownFirst(tags).map(({ key, value }) => ({
    label: key,
    description: value.slice(0, SHOWN_LETTERS),
    value: { key, value },
  }));
  const words = { empty: t('{0} has no tags.', name), alwaysAsk: true, placeHolder: t('Which tag?') };
  const { key, value } = await pickOne(t('Remove tag of {0}', name), choices, words);
  await change(key);
  tell(context, t('Tag {0} removed: {1}.', key, name), [[t('Undo'), () => change(key, value)]]);
}

const SHOWN_LETTERS = 100;

/** Programs tag runs, too: what they need to know is seldom what a person wants to be rid of. */
function ownFirst(tags: readonly Tag[]): Tag[] {
  const isOfProgram = ({ key }: Tag) => /^(mlflow|crisol)\./.test(key);
  return tags.toSorted((one, other) => Number(isOfProgram(one)) - Number(isOfProgram(other)));
}
