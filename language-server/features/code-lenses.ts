import type { CodeLens } from 'vscode-languageserver';
import { formatDuration } from '../../schemas/duration.ts';
import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import type { LiveStep, LiveSweep, LiveValues } from '../../schemas/language/live.ts';
import type { NamedModel, StepModel, SweepModel } from '../../schemas/language/model.ts';
import { pipelineFileRole } from '../../schemas/language/protocol.ts';
import { notebookIn } from '../../schemas/language/values/notebook.ts';
import { shortMetric } from '../../schemas/metric-text.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import type { Analysis } from '../projects/analysis.ts';

/** Above each step what one can do with it, and how it went the last time. */
export function codeLenses({ uri, model, project }: Analysis, live: LiveValues | null): CodeLens[] {
  // a part that no crisol.yaml includes runs nowhere
  const main = project?.project.members[0]?.path ?? uri;
  if (!live?.show.lenses || pipelineFileRole(main) !== 'main') return [];
  // also of a step that is being typed in: lenses that come and go would move the lines under the cursor
  const steps = model.steps.filter(({ kind }) => kind !== null).flatMap((step) => lensesOf(step, live, uri));
  return [...steps, ...model.sweeps.flatMap((sweep) => lensesOfSweep(sweep, live))];
}

/** One above the name of something, which its command is told. */
const lensAbove =
  ({ name, nameRange: range }: NamedModel) =>
  (title: string, command: string, tooltip: string, ...args: unknown[]): CodeLens => ({
    range,
    // VS Code lets no plain space stand beside an icon
    command: {
      title: title.replaceAll(/(?<=\$\([^)]+\)) | (?=\$\()/g, '\u00a0'),
      command,
      tooltip,
      arguments: [name, ...args],
    } as CodeLens['command'],
  });

function lensesOfSweep(sweep: SweepModel, live: LiveValues): CodeLens[] {
  if (!live.canRun) return [];
  const lens = lensAbove(sweep);
  const last = live.sweeps.find(({ name }) => name === sweep.name);
  const isOn = last?.state === 'running';
  return [
    isOn
      ? lens('$(debug-stop) Cancel', 'crisol.sweeps.cancel', `Cancel the sweep ${sweep.name}`)
      : lens('$(play) Run sweep', 'crisol.sweeps.run', `Look for the best params with ${sweep.name}`),
    ...(last ? [lens(standing(last), 'crisol.sweeps.trials', last.reason || 'Show its trials in the runs table')] : []),
  ];
}

/** "last: ✓ 40 trials, best f1 0.612" */
function standing({ state, done, total, best }: LiveSweep): string {
  const found = best ? [`best ${shortMetric(best)}`] : [];
  if (state === 'running') {
    return [`${SIGNS.running} ${done}${total === null ? '' : `/${total}`}`, ...found].join(', ');
  }
  const trials = `${done} ${done === 1 ? 'trial' : 'trials'}`;
  const ended = state === 'succeeded' ? [`${SIGNS[state]} ${trials}`] : [SIGNS[state], trials];
  return `last: ${[...ended, ...found].join(', ')}`;
}

function lensesOf(step: StepModel, live: LiveValues, uri: string): CodeLens[] {
  const { name } = step;
  const last = live.steps.find((one) => one.name === name);
  const lens = lensAbove(step);
  const run = [
    lens('$(play) Run', 'crisol.pipeline.runStep', `Run ${name} and what it needs`),
    ...(canBeDebugged(step)
      ? [lens('Debug', 'crisol.pipeline.debugStep', `Run ${name} under the Python debugger`)]
      : []),
    lens('Run from here', 'crisol.pipeline.runFrom', `Run ${name} and every step that waits for it`),
  ];
  const compare = lens('Compare', 'crisol.pipeline.compareStep', `Compare the newest runs in which ${name} took part`);
  return [
    ...(live.canRun ? run : []),
    lens('Why?', 'crisol.pipeline.why', `Why ${name} would run, and what it waits for`, uri),
    ...(last && last.ran > 1 && live.canRun ? [compare] : []),
    ...(last && live.canRun ? [lens(lastTime(last), 'crisol.pipeline.showLog', last.reason)] : []),
  ];
}

/** The cells of a notebook run in a kernel of their own. */
const canBeDebugged = ({ kind, run }: StepModel): boolean => kind === 'run' && run !== null && !notebookIn(run.value);

const SIGNS: Record<WorkState, string> = {
  pending: 'waits',
  running: '$(sync~spin) runs',
  succeeded: '$(check)',
  failed: '$(error) failed',
  cancelled: '$(circle-slash) cancelled',
  skipped: '$(debug-step-over) skipped',
};

/** "last: ✓ 0:41, f1 0.612" */
function lastTime({ state, seconds, metrics, variants }: LiveStep): string {
  const ended = variants ? [`${variants.done}/${variants.total}`] : [];
  if (state === 'pending' || state === 'running') return [SIGNS[state], ...ended].join(' ');
  const took = seconds === null ? [] : [formatDuration(seconds * 1000)];
  const [best] = headlinesFirst(metrics, ({ key }) => key);
  const parts = [[SIGNS[state], ...ended, ...took].join(' '), ...(best ? [shortMetric(best)] : [])];
  return `last: ${parts.join(', ')}`;
}
