import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { StepExit } from '../executors/port.ts';

/** What became of an attempt. */
export interface Verdict {
  state: 'succeeded' | 'failed' | 'cancelled';
  reason: string;
}

export function judge({ code, how, reason }: StepExit, said: string, timeout: string): Verdict {
  if (how === 'exited' && code === 0) return { state: 'succeeded', reason: '' };
  if (how === 'cancelled') return { state: 'cancelled', reason: 'it was cancelled' };
  if (how === 'timeout') return { state: 'failed', reason: `it took longer than ${timeout} (\`timeout\`)` };
  return { state: 'failed', reason: reason ?? exitReason(code, said) };
}

/** As shells say it. */
const NOT_FOUND = 127;

/** A step that ended by itself mostly says why in its last lines. */
function exitReason(code: number | null, said: string): string {
  const [, missing] = (code === NOT_FOUND && /([^\s:]+): (?:command )?not found$/.exec(said)) || [];
  if (missing) return `there is no command \`${missing}\`: correct its name, or install it (exit code ${code})`;
  const wantsInput = /\bEOFError\b|EOF when reading a line/.test(said)
    ? ' (a step has no input: take it from params)'
    : '';
  return `it ended with exit code ${code}${said ? `: ${said}` : ''}${wantsInput}`;
}

/** What the step says that it reads, and is not there: its own words seldom say so. */
export function withoutDeps(reason: string, deps: KeyParts['deps']): string {
  const [first, ...others] = deps.filter(({ digest }) => digest === null).map(({ path }) => path);
  if (first === undefined) return reason;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${reason} (its deps name ${first}${more}, which ${more ? 'are' : 'is'} not there)`;
}

/** A machine that breaks down again and again is not the step's fault, but not endured for ever either. */
const MOST_LOSSES = 3;

/** How long to wait before another attempt; null: there is none. `attempt` counts from 1, `losses` are not among them. */
export function retryAfter(
  { limit, backoffMs, on }: PlannedStep['retry'],
  { how }: Pick<StepExit, 'how'>,
  { attempt, losses }: { attempt: number; losses: number },
): number | null {
  if (how === 'lost') return losses <= MOST_LOSSES ? 0 : null;
  if (how === 'cancelled' || attempt > limit) return null;
  const kind = how === 'timeout' ? 'timeout' : 'failure';
  return on.includes(kind) ? backoffMs * 2 ** (attempt - 1) : null;
}
