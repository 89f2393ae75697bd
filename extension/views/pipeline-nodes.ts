import { formatDuration } from '../../schemas/duration.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { quoted, t } from '../texts.ts';
import { codeBlock, commandLink, table } from './markdown.ts';
import type { TreeNode } from './node.ts';
import { joined, WORK_ICONS } from './node.ts';
import type { PipelineModel, PlannedStep } from './pipeline-model.ts';
import { progressOf } from './pipeline-model.ts';
import { ago, stateWord } from './words.ts';

export function pipelineNodes(model: PipelineModel, now: number): TreeNode[] {
  const steps = model.steps();
  const problem = model.problem === null ? [] : [problemNode(model.problem)];
  // a folder whose scripts only log needs no pipeline: the view says what it is for
  if (steps.length === 0) return model.problem !== null && isMissing(model.problem) ? [] : problem;
  return [...problem, rootNode(model, steps, now)];
}

/** The file itself: there is nothing in it to mend. */
export function isMissing(problem: string): boolean {
  return problem.startsWith('There is no crisol.yaml in ');
}

/** "crisol.yaml, line 24: …" leads there, and so does "parts/train.crisol.yaml, line 3: …". */
export function placeIn(problem: string): { path: string; line: number; said: string } | undefined {
  const [, path, line, said] = /^([^:,]*crisol\.yaml), line (\d+): ([\s\S]*)$/.exec(problem) ?? [];
  return path === undefined || line === undefined || said === undefined
    ? undefined
    : { path, line: Number(line), said };
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

function rootNode(model: PipelineModel, steps: PlannedStep[], now: number): TreeNode {
  const run = model.newestRun();
  const active = model.activeRun();
  const label = model.name ?? run?.pipeline ?? t('Pipeline');
  const description = run ? runDescription(run, now) : t('not run yet');
  return {
    id: 'pipeline',
    label,
    description,
    icon: run ? WORK_ICONS[run.state] : { id: 'circle-outline' },
    tooltip: run && rootTooltip(label, run, now),
    spoken: t('Pipeline {0}, {1}', label, run ? `${stateWord(run.state)}, ${description}` : description),
    context: active ? 'pipeline.running' : 'pipeline',
    subject: { kind: 'pipeline', runId: run?.run_id },
    collapsed: false,
    children: steps.map((step) => stepNode(step, step.lastIn === run ? undefined : step.lastIn, { steps, now })),
  };
}

function runDescription(run: PipelineRun, now: number): string {
  const progress = progressOf(run);
  if (progress) return `${progress.step} ${progress.place}/${progress.total}`;
  if (run.ended_at === null) return stateWord(run.state);
  return joined(run.state === 'succeeded' ? undefined : stateWord(run.state), ago(run.ended_at, now));
}

function rootTooltip(label: string, run: PipelineRun, now: number): string {
  return table(label, [
    [t('Last run'), { markdown: commandLink(run.name, 'crisol.runs.open', run.run_id) }],
    [t('State'), stateWord(run.state)],
    [t('Started'), ago(run.started_at, now)],
    [t('Duration'), run.ended_at === null ? undefined : formatDuration(run.ended_at - run.started_at)],
  ]);
}

interface Around {
  steps: PlannedStep[];
  now: number;
}

/** `earlier`: the run of which it tells, when the newest one left it out. */
function stepNode(step: PlannedStep, earlier: PipelineRun | undefined, { steps, now }: Around): TreeNode {
  const { last, lastIn, name } = step;
  const when = earlier && ago(earlier.started_at, now);
  const description = joined(stepDescription(step, steps), when);
  const subject: TreeNode['subject'] = { kind: 'step', name, runId: lastIn?.run_id };
  return {
    id: `step:${name}`,
    label: name,
    description,
    icon: last ? WORK_ICONS[last.state] : { id: 'circle-outline', color: 'disabledForeground' },
    tooltip: stepTooltip(step, earlier),
    spoken: t('Step {0}, {1}', name, joined(last && stateWord(last.state), description) || t('not run yet')),
    context: last?.started_at ? 'step.ran' : 'step',
    open: last?.started_at ? { command: 'crisol.pipeline.showLog', arguments: [{ subject }] } : undefined,
    subject,
  };
}

function stepDescription({ last, needs }: PlannedStep, steps: PlannedStep[]): string | undefined {
  if (!last) return undefined;
  if (last.state === 'pending') return waitingFor(needs, steps);
  const lasted = last.seconds === null ? undefined : formatDuration(last.seconds * 1000);
  if (last.cached) return t('cached');
  if (last.state === 'failed' || last.state === 'skipped') return joined(last.reason, lasted);
  return lasted;
}

function waitingFor(needs: string[], steps: PlannedStep[]): string | undefined {
  const open = needs.filter((need) => {
    const state = steps.find((step) => step.name === need)?.last?.state;
    return state === 'pending' || state === 'running';
  });
  return open.length > 0 ? t('waits for {0}', open.join(', ')) : undefined;
}

function stepTooltip({ name, needs, last }: PlannedStep, earlier: PipelineRun | undefined): string {
  const facts = table(name, [
    [t('State'), last ? stateWord(last.state) : t('not run yet')],
    [t('Last run'), earlier && { markdown: commandLink(earlier.name, 'crisol.runs.open', earlier.run_id) }],
    [t('Why'), last?.reason],
    [t('Duration'), last?.seconds == null ? undefined : formatDuration(last.seconds * 1000)],
    [t('Needs'), needs.join(', ')],
  ]);
  return last?.tail ? `${facts}${codeBlock(last.tail)}` : facts;
}
