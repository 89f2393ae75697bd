import { parseOrder, printKey, tokenize } from '../../schemas/search/index.ts';
import { t } from '../texts.ts';
import type { ExperimentView } from '../views/experiment-views.ts';
import { reads } from '../views/reads.ts';
import { chooseExperiment } from './choose-tracked.ts';
import type { CommandContext } from './context.ts';
import { askFilter } from './filter-box.ts';
import type { Choice } from './pick.ts';
import { ask, pickOne } from './pick.ts';

/** How the runs of an experiment are shown in the tree. */
export function experimentViewCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.experiments.filter': (row) => filter(context, row),
    'crisol.experiments.clearFilter': async (row) => {
      const { id } = await chooseExperiment(context, t('Clear filter'), row);
      context.stores.changeView(id, { filter: undefined });
    },
    'crisol.experiments.sort': (row) => sort(context, row),
    'crisol.experiments.group': (row) => group(context, row),
    'crisol.experiments.pin': (row) => pin(context, row),
  };
}

async function filter(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Filter runs'), row);
  const before = context.stores.tracking.views.of(id).filter ?? '';
  const text = await askFilter(context.api, { id, name }, before);
  context.stores.changeView(id, { filter: text === '' ? undefined : text });
}

async function sort(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Sort runs'), row);
  const { metrics } = await context.api.searchKeys(id);
  const now = context.stores.tracking.views.of(id).order;
  const choices: Choice<ExperimentView['order'] | 'other'>[] = [
    ...usualOrders(metrics).map(({ label, order }) => ({ ...marked(label, same(order, now)), value: order })),
    { label: t('Another order…'), description: now?.join(', '), value: 'other' },
  ];
  const chosen = await pickOne(t('Sort the runs of {0}', name), choices, { alwaysAsk: true });
  context.stores.changeView(id, { order: chosen === 'other' ? await askOrder(now ?? []) : chosen });
}

function usualOrders(metrics: readonly string[]): { label: string; order: string[] | undefined }[] {
  const byMetric = metrics.flatMap((key) => [
    { label: t('{0}, highest first', key), order: [`${printKey('metric', key)} DESC`] },
    { label: t('{0}, lowest first', key), order: [`${printKey('metric', key)} ASC`] },
  ]);
  return [
    { label: t('Start time, newest first'), order: undefined },
    { label: t('Start time, oldest first'), order: ['start_time ASC'] },
    { label: t('Name'), order: ['run_name ASC'] },
    { label: t('End time, newest first'), order: ['end_time DESC'] },
    ...byMetric,
  ];
}

async function askOrder(before: readonly string[]): Promise<string[] | undefined> {
  const text = await ask({
    title: t('Sort runs'),
    value: before.join(', '),
    prompt: t('Such as `metrics.f1 DESC, params.lr`; the first decides'),
    required: t('This is no order: names as in a filter, each with ASC or DESC, and commas between them.'),
    isValid: (order) => reads(() => parseOrder(clausesOf(order), 'runs')),
  });
  const clauses = clausesOf(text);
  return clauses.length > 0 ? clauses : undefined;
}

/** At commas that stand in no quotes. */
function clausesOf(text: string): string[] {
  const commas = tokenize(text).filter(({ kind, text }) => kind === 'mark' && text === ',');
  const starts = [0, ...commas.map(({ end }) => end)];
  const ends = [...commas.map(({ start }) => start), text.length];
  return starts.map((start, at) => text.slice(start, ends[at]).trim()).filter(Boolean);
}

async function group(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Group runs'), row);
  const { params, tags } = await context.api.searchKeys(id);
  const now = context.stores.tracking.views.of(id).group;
  const keys = [...params.map((key) => printKey('param', key)), ...tags.map((key) => printKey('tag', key))];
  const choices: Choice<string | undefined>[] = [
    { ...marked(t('No groups'), now === undefined), value: undefined },
    ...keys.map((key) => ({ ...marked(key, key === now), value: key })),
  ];
  const placeHolder = t('By which param or tag?');
  const chosen = await pickOne(t('Group the runs of {0}', name), choices, { alwaysAsk: true, placeHolder });
  context.stores.changeView(id, { group: chosen });
}

async function pin(context: CommandContext, row: unknown): Promise<void> {
  const { id, name } = await chooseExperiment(context, t('Pin metric'), row);
  const { metrics } = await context.api.searchKeys(id);
  const now = context.stores.tracking.views.of(id).pin;
  const choices: Choice<string | undefined>[] = [
    { ...marked(t('The one that matters most'), now === undefined), value: undefined },
    ...metrics.map((key) => ({ ...marked(key, key === now), value: key })),
  ];
  const placeHolder = t('Which metric stands beside the names?');
  const chosen = await pickOne(t('Pin a metric of {0}', name), choices, { alwaysAsk: true, placeHolder });
  context.stores.changeView(id, { pin: chosen });
}

function marked(label: string, isNow: boolean): { label: string; description?: string } {
  return isNow ? { label, description: t('now') } : { label };
}

function same(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
