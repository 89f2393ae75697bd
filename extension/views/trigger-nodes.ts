import type { Firing, TriggerKind, TriggerState, TriggerSummary } from '../../schemas/wire/triggers.ts';
import { t } from '../texts.ts';
import { commandLink, table } from './markdown.ts';
import type { Icon, TreeNode } from './node.ts';
import { joined, WORK_ICONS } from './node.ts';
import { ago, ahead, count, exactTime, stateWord } from './words.ts';

const KIND_ICONS: Record<TriggerKind, string> = {
  schedule: 'watch',
  data: 'database',
  drift: 'graph-line',
  manual: 'play-circle',
};

/** One row for all of them, below the steps; nothing where crisol.yaml has no `on`. */
export function triggerNodes(triggers: readonly TriggerSummary[], now: number): TreeNode[] {
  if (triggers.length === 0) return [];
  const isHeld = triggers.some(({ state }) => state === 'held');
  const description = groupDescription(triggers, now);
  return [
    {
      id: 'triggers',
      label: t('Triggers'),
      description,
      icon: { id: 'zap' },
      tooltip: isHeld ? heldTooltip() : undefined,
      spoken: t('Triggers, {0}', description),
      context: isHeld ? 'triggers.held' : 'triggers',
      collapsed: true,
      children: triggers.map((trigger) => triggerNode(trigger, now)),
    },
  ];
}

function groupDescription(triggers: readonly TriggerSummary[], now: number): string {
  const failing = triggers.filter(({ state }) => state === 'problem').length;
  const next = Math.min(...triggers.flatMap(({ next_at, state }) => (state === 'active' ? (next_at ?? []) : [])));
  return joined(
    triggers.some(({ state }) => state === 'held') ? t('held') : undefined,
    failing > 0 ? t('{0} with a problem', count(failing)) : undefined,
    Number.isFinite(next) ? t('next {0}', ahead(next, now)) : count(triggers.length),
  );
}

function heldTooltip(): string {
  const why = t('This folder came from elsewhere: triggers begin runs here once you let them.');
  return `${why}\n\n${commandLink(t('Let triggers act'), 'crisol.triggers.allow')}`;
}

function triggerNode(trigger: TriggerSummary, now: number): TreeNode {
  const { name, state, kind } = trigger;
  const description = joined(
    state === 'active' ? undefined : triggerState(state),
    whatNow(trigger, now),
    state === 'problem' ? trigger.reason : trigger.when,
  );
  return {
    id: `trigger:${name}`,
    label: name,
    description,
    icon: iconOf(trigger, kind),
    tooltip: () => triggerTooltip(trigger, now),
    spoken: t('Trigger {0}, {1}', name, description),
    context: `trigger.${state}`,
    open: { command: 'crisol.triggers.history', arguments: [{ subject: { kind: 'trigger', name } }] },
    subject: { kind: 'trigger', name },
  };
}

/** What asks for attention first: what is under way, what went wrong, and else what comes. */
function whatNow({ last, next_at, state }: TriggerSummary, now: number): string | undefined {
  if (last && (last.state === 'running' || last.state === 'waiting')) return firingWord(last);
  if (last && (last.state === 'missed' || last.state === 'failed')) return `${firingWord(last)} ${ago(last.at, now)}`;
  if (state === 'active' && next_at !== null) return ahead(next_at, now);
  return last ? `${firingWord(last)} ${ago(last.at, now)}` : undefined;
}

function iconOf({ state, last }: TriggerSummary, kind: TriggerKind): Icon {
  if (state === 'problem') return { id: 'warning', color: 'list.warningForeground' };
  if (last?.state === 'running') return WORK_ICONS.running;
  if (state === 'paused') return { id: 'debug-pause', color: 'disabledForeground' };
  return { id: KIND_ICONS[kind], color: state === 'held' ? 'disabledForeground' : undefined };
}

export function triggerState(state: TriggerState): string {
  const words: Record<TriggerState, string> = {
    active: t('active'),
    paused: t('paused'),
    held: t('held'),
    problem: t('problem'),
  };
  return words[state];
}

/** What became of an occasion, in a word or two. */
export function firingWord({ state, result, count: times }: Firing): string {
  switch (state) {
    case 'waiting':
      return t('waits');
    case 'running':
      return stateWord('running');
    case 'missed':
      return times > 1 ? t('missed {0} times', count(times)) : t('missed');
    case 'skipped':
      return stateWord('skipped');
    case 'failed':
      return t('could not run');
    default:
      return result ? stateWord(result) : t('ended');
  }
}

function triggerTooltip(trigger: TriggerSummary, now: number): string {
  const { name, state, reason, when, timezone, next_at, last, description } = trigger;
  const facts = table(name, [
    [t('State'), joined(triggerState(state), reason)],
    [t('Runs'), joined(when, timezone ?? undefined)],
    [t('Next'), next_at === null ? undefined : `${ahead(next_at, now)} (${exactTime(next_at)})`],
    [t('Last'), last ? joined(`${firingWord(last)} ${ago(last.at, now)}`, last.reason) : undefined],
    [t('Does'), description],
  ]);
  return state === 'held' ? `${facts}\n${commandLink(t('Let triggers act'), 'crisol.triggers.allow')}` : facts;
}
