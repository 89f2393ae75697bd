import type { CodeLens } from 'vscode-languageserver';
import { formatDuration } from '../../schemas/duration.ts';
import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import type { LiveStep, LiveValues } from '../../schemas/language/live.ts';
import type { StepModel } from '../../schemas/language/model.ts';
import { pipelineFileRole } from '../../schemas/language/protocol.ts';
import { shortMetric } from '../../schemas/metric-text.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import type { Analysis } from '../projects/analysis.ts';

/** Above each step what one can do with it, and how it went the last time. */
export function codeLenses({ uri, model, project }: Analysis, live: LiveValues | null): CodeLens[] {
  // a part that no crisol.yaml includes runs nowhere
  const main = project?.project.members[0]?.path ?? uri;
  if (!live?.show.lenses || pipelineFileRole(main) !== 'main') return [];
  // also of a step that is being typed in: lenses that come and go would move the lines under the cursor
  return model.steps.filter(({ kind }) => kind !== null).flatMap((step) => lensesOf(step, live, uri));
}

function lensesOf({ name, nameRange: range, kind }: StepModel, live: LiveValues, uri: string): CodeLens[] {
  const last = live.steps.find((step) => step.name === name);
  const lens = (title: string, command: string, tooltip: string, ...args: unknown[]): CodeLens => ({
    range,
    // VS Code lets no plain space stand beside an icon
    command: {
      title: title.replaceAll(/(?<=\$\([^)]+\)) | (?=\$\()/g, '\u00a0'),
      command,
      tooltip,
      arguments: [name, ...args],
    } as CodeLens['command'],
  });
  const run = [
    lens('$(play) Run', 'crisol.pipeline.runStep', `Run ${name} and what it needs`),
    ...(kind === 'run' ? [lens('Debug', 'crisol.pipeline.debugStep', `Run ${name} under the Python debugger`)] : []),
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
