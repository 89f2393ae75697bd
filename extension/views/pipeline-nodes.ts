import { formatDuration } from '../../schemas/duration.ts';
import type { CriticalPath } from '../../schemas/pipelines/critical-path.ts';
import { shortened } from '../../schemas/pipelines/critical-path.ts';
import { isMissing, placeIn } from '../../schemas/pipelines/file-problem.ts';
import type { StandingStep } from '../../schemas/pipelines/standing.ts';
import { criticalPathOf } from '../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { quoted, t } from '../texts.ts';
import { codeBlock, commandLink, table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { joined, WORK_ICONS } from './node.ts';
import type { PipelineModel } from './pipeline-model.ts';
import { progressOf } from './pipeline-model.ts';
import { stepNodes } from './step-nodes.ts';
import { ago, count, stateWord } from './words.ts';

export function pipelineNodes(model: PipelineModel, now: number): TreeNode[] {
  const steps = model.steps();
  const problem = model.problem === null ? [] : [problemNode(model.problem)];
  // a folder whose scripts only log needs no pipeline: the view says what it is for
  if (steps.length === 0) return model.problem !== null && isMissing(model.problem) ? [] : problem;
  return [...problem, rootNode(model, steps, now)];
}

function problemNode(problem: string): TreeNode {
  const place = placeIn(problem);
  return {
    id: 'problem',
    label: place?.path ?? 'crisol.yaml',
    description: quoted(place ? `line ${place.line}: ${place.said}` : problem),
    icon: { id: 'warning', color: 'list.warningForeground' },
    spoken: t('crisol.yaml needs mending: {0}', problem),
    tooltip: codeBlock(problem),
    open: { command: 'crisol.file.open', arguments: place ? [place.line, place.path] : [] },
  };
}

function rootNode(model: PipelineModel, steps: readonly StandingStep[], now: number): TreeNode {
  const run = model.newestRun();
  const active = model.activeRun();
  const label = model.name ?? run?.pipeline ?? t('Pipeline');
  const description = run ? runDescription(run, now) : t('not run yet');
  const path = criticalPathOf(steps, run, now);
  return {
    id: 'pipeline',
    label,
    description,
    icon: run ? WORK_ICONS[run.state] : { id: 'circle-outline' },
    tooltip: run && rootTooltip(label, run, path, now),
    spoken: t('Pipeline {0}, {1}', label, run ? `${stateWord(run.state)}, ${description}` : description),
    context: active ? 'pipeline.running' : 'pipeline',
    subject: { kind: 'pipeline', runId: run?.run_id },
    collapsed: false,
    children: stepNodes(steps, { run, path, now }),
  };
}

function runDescription(run: PipelineRun, now: number): string {
  const progress = progressOf(run);
  if (progress) return `${progress.step} ${progress.place}/${progress.total}`;
  if (run.ended_at === null) return stateWord(run.state);
  return joined(run.state === 'succeeded' ? undefined : stateWord(run.state), ago(run.ended_at, now));
}

function rootTooltip(label: string, run: PipelineRun, path: CriticalPath | null, now: number): string {
  const cached = run.steps.filter((step) => step.cached).length;
  return table(label, [
    [t('Last run'), { markdown: commandLink(run.name, 'crisol.runs.open', run.run_id) }],
    [t('State'), stateWord(run.state)],
    [t('Started'), ago(run.started_at, now)],
    [t('Duration'), run.ended_at === null ? undefined : formatDuration(run.ended_at - run.started_at)],
    [t('Cached'), cached > 0 ? t('{0} of {1} steps', count(cached), count(run.steps.length)) : undefined],
    [t('Critical path'), path ? pathText(path) : undefined],
  ]);
}

function pathText(path: CriticalPath): string {
  return `${shortened(path, () => '…').join(' → ')} · ${formatDuration(path.ms)}`;
}
