import type { RunCause, StartPipeline, StepRun } from '../../schemas/wire/pipelines.ts';
import { t } from '../texts.ts';

/** A notification shows no more of a line. */
const LONGEST = 160;
const LAST_LINES = 2;
/** Says nothing by itself. */
const HEADING = 'Traceback (';

/** What went wrong, and how the step's output ends, where that says more. */
export function failureWords({ name, reason, tail }: StepRun, others: number): string {
  const said = reason === '' ? t('Step {0} failed', name) : t('Step {0} failed: {1}', name, reason);
  const more = others === 0 ? [] : [others === 1 ? t('1 more step failed') : t('{0} more steps failed', others)];
  const lines = (tail ?? '').split('\n').map((line) => line.trim());
  const last = lines
    .filter((line) => line !== '' && !line.startsWith(HEADING) && !reason.includes(line))
    .slice(-LAST_LINES);
  return [said, ...more, ...last.map(shortened)].join(' · ');
}

function shortened(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** What began the run, where nobody in a window did. */
export function causeWords(cause: RunCause | undefined): string | undefined {
  const name = cause?.name ?? '';
  if (cause?.kind === 'schedule') return t('Schedule {0}', name);
  if (cause?.kind === 'data') return t('New data in {0}', name);
  if (cause?.kind === 'drift') return t('Drift of {0}', name);
  return cause?.kind === 'trigger' ? t('Trigger {0}', name) : undefined;
}

/** The same again; of the whole pipeline what failed, and what waits for it. */
export function retryOf(request: StartPipeline, failed: readonly StepRun[]): StartPipeline {
  if (request.steps || request.from) return request;
  return { ...request, from: [...new Set(failed.map(({ name, of = name }) => of))] };
}
