import { formatDuration } from '../../schemas/duration.ts';
import type { CriticalPath } from '../../schemas/pipelines/critical-path.ts';
import { foldCount, foldName } from '../../schemas/pipelines/folds.ts';
import type { StepGroup } from '../../schemas/pipelines/groups.ts';
import { groupLasted, groupsOf, hasVariants, lastOf, standingOf } from '../../schemas/pipelines/groups.ts';
import type { StandingStep } from '../../schemas/pipelines/standing.ts';
import { byNameOf, variantLabel, waitedFor } from '../../schemas/pipelines/standing.ts';
import type { FoldRun, PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import { t } from '../texts.ts';
import { codeBlock, commandLink, table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { joined, WORK_ICONS } from './node.ts';
import { ago, count, stateWord } from './words.ts';

export interface Around {
  /** the newest one */
  run: PipelineRun | undefined;
  path: CriticalPath | null;
  now: number;
}

interface Known extends Around {
  byStep: ReadonlyMap<string, StandingStep>;
  onPath: ReadonlySet<string>;
}

/** The steps of crisol.yaml, each with its variants below it. */
export function stepNodes(steps: readonly StandingStep[], around: Around): TreeNode[] {
  const known = { ...around, byStep: byNameOf(steps), onPath: new Set(around.path?.names) };
  return groupsOf(steps).flatMap((group) => {
    const [only] = group.steps;
    if (hasVariants(group)) return [groupNode(group, known)];
    return only ? [stepNode(only, only.name, known)] : [];
  });
}

function groupNode(group: StepGroup, known: Known): TreeNode {
  const { name, steps } = group;
  const { state, done, cached, failed } = standingOf(lastOf(group));
  const lasted = groupLasted(lastOf(group), known.now);
  const total = count(steps.length);
  const description = joined(
    state === null ? t('{0} variants', total) : `${count(done)}/${total}`,
    failed > 0 ? t('{0} failed', count(failed)) : undefined,
    cached === steps.length ? t('cached') : lasted === null ? undefined : formatDuration(lasted),
  );
  return {
    id: `step:${name}`,
    label: name,
    description,
    icon: state ? WORK_ICONS[state] : NOT_RUN,
    tooltip: () =>
      table(name, [
        [t('State'), state ? stateWord(state) : t('not run yet')],
        [t('Variants'), t('{0} of {1} have ended', count(done), total)],
        [t('Failed'), failed > 0 ? count(failed) : undefined],
        [t('Cached'), cached > 0 ? count(cached) : undefined],
        [t('Duration'), lasted === null ? undefined : formatDuration(lasted)],
        [t('Needs'), group.needs.join(', ')],
        [t('Critical path'), steps.some((step) => known.onPath.has(step.name)) ? t('is on it') : undefined],
      ]),
    spoken: t('Step {0} with {1} variants, {2}', name, total, joined(state ? stateWord(state) : '', description)),
    context: state === 'running' ? 'variants.running' : 'variants',
    subject: { kind: 'step', name, runId: steps.find(({ last }) => last)?.lastIn?.run_id },
    collapsed: true,
    children: steps.map((step) => stepNode(step, variantLabel(step), known)),
  };
}

const NOT_RUN = { id: 'circle-outline', color: 'disabledForeground' };

function stepNode(step: StandingStep, label: string, known: Known): TreeNode {
  const { last, lastIn, name } = step;
  // the newest run left it out: then it tells of an earlier one
  const earlier = lastIn === known.run ? undefined : lastIn;
  const description = joined(last && stepDescription(step, last, known), earlier && ago(earlier.started_at, known.now));
  const subject: TreeNode['subject'] = {
    kind: 'step',
    name,
    runId: lastIn?.run_id,
    ...(step.of === name ? {} : { of: step.of }),
  };
  return {
    id: `step:${name === step.of ? name : `${step.of}:${name}`}`,
    label,
    description,
    icon: last ? WORK_ICONS[last.state] : NOT_RUN,
    tooltip: () => stepTooltip(step, earlier, known.onPath.has(name)),
    spoken: t('Step {0}, {1}', name, joined(last && stateWord(last.state), description) || t('not run yet')),
    context: contextOf(last),
    open: last?.started_at ? { command: 'crisol.pipeline.showLog', arguments: [{ subject }] } : undefined,
    subject,
    ...(last?.folds?.length && {
      collapsed: true,
      children: last.folds.map((fold) => foldNode(step, fold, lastIn?.run_id)),
    }),
  };
}

/** One of the times that a cross-validated step runs; a click opens what it printed. */
function foldNode({ name }: StandingStep, { number, state, run_id, seconds }: FoldRun, runId?: string): TreeNode {
  const lasted = seconds === undefined ? undefined : formatDuration(seconds * 1000);
  const description = joined(state === 'succeeded' ? undefined : stateWord(state), lasted);
  const subject: TreeNode['subject'] = { kind: 'step', name: foldName(name, number), of: name, runId };
  return {
    id: `fold:${name}:${number}`,
    label: t('fold {0}', count(number)),
    description,
    icon: WORK_ICONS[state],
    spoken: t('Fold {0} of step {1}, {2}', count(number), name, joined(stateWord(state), lasted)),
    context: 'fold',
    open: run_id === null ? undefined : { command: 'crisol.pipeline.showLog', arguments: [{ subject }] },
    subject,
  };
}

function contextOf(last: StepRun | undefined): string {
  if (last?.state === 'running') return 'step.running';
  return last?.started_at ? 'step.ran' : 'step';
}

function stepDescription(step: StandingStep, last: StepRun, { byStep }: Known): string | undefined {
  const { state, seconds, cached, reason, progress } = last;
  if (state === 'pending') return last.waits_for ?? waitingFor(waitedFor(step, byStep));
  if (state === 'running') return joined(foldWords(last), progress?.text);
  if (cached) return t('cached');
  const lasted = seconds === null ? undefined : formatDuration(seconds * 1000);
  return state === 'failed' || state === 'skipped' ? joined(reason, lasted) : lasted;
}

function foldWords(last: StepRun): string | undefined {
  const folds = foldCount(last);
  return folds && t('{0} folds', folds);
}

function waitingFor(names: string[]): string | undefined {
  return names.length > 0 ? t('waits for {0}', names.join(', ')) : undefined;
}

function stepTooltip({ name, needs, last }: StandingStep, earlier: PipelineRun | undefined, onPath: boolean): string {
  const facts = table(name, [
    [t('State'), last ? joined(stateWord(last.state), last.cached ? t('cached') : undefined) : t('not run yet')],
    [t('Last run'), earlier && { markdown: commandLink(earlier.name, 'crisol.runs.open', earlier.run_id) }],
    [t('Why'), last?.reason],
    [t('Note'), last?.note],
    [t('Folds'), last && foldCount(last)],
    [t('Attempt'), (last?.attempt ?? 1) > 1 ? count(last?.attempt ?? 1) : undefined],
    [t('Duration'), last?.seconds == null ? undefined : formatDuration(last.seconds * 1000)],
    [t('Critical path'), onPath ? t('is on it') : undefined],
    [t('Needs'), needs.join(', ')],
  ]);
  return last?.tail ? `${facts}${codeBlock(last.tail)}` : facts;
}
