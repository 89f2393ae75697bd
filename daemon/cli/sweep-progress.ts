import { formatDuration } from '../../schemas/duration.ts';
import type { ServerMessage } from '../../schemas/wire/events.ts';
import type { SweepDetail, SweepSummary, SweepTrial } from '../../schemas/wire/sweeps.ts';
import { count, metricText, printable } from './text.ts';

const MARKS: Record<SweepTrial['state'], string> = {
  running: '●',
  complete: '✓',
  pruned: '✂',
  failed: '✗',
  cancelled: '⊘',
};

/** A line for each trial that ended, and in a terminal one more that says how far it has come. */
export class SweepProgress {
  private readonly told = new Set<number>();
  private readonly topic: string;
  private readonly since: number;
  private readonly output: NodeJS.WriteStream;
  private readonly trials = new Map<number, SweepTrial>();
  private sweep: SweepSummary | undefined;

  /** `since`: trials that ended before, when it is gone on with, are not told again */
  constructor(sweepId: string, since: number, output: NodeJS.WriteStream = process.stderr) {
    this.topic = `sweep:${sweepId}`;
    this.since = since;
    this.output = output;
  }

  /** Answers the sweep once it has ended. */
  take(message: ServerMessage): SweepDetail | undefined {
    if (!('topic' in message) || message.topic !== this.topic) return undefined;
    if (message.type === 'sweep/snapshot') {
      this.sweep = message.sweep ?? undefined;
      for (const trial of message.trials) this.follow(trial);
    }
    if (message.type === 'sweep/trial') this.follow(message.trial);
    if (message.type === 'sweeps/sweep') this.sweep = message.sweep;
    this.redraw();
    if (!this.sweep || this.sweep.ended_at === null) return undefined;
    this.clearLine();
    return { sweep: this.sweep, trials: [...this.trials.values()] };
  }

  private follow(trial: SweepTrial): void {
    this.trials.set(trial.number, trial);
    if (trial.ended_at === null || trial.ended_at < this.since || this.told.has(trial.number)) return;
    this.told.add(trial.number);
    this.clearLine();
    this.output.write(printable(`  ${trialLine(trial)}\n`));
  }

  private redraw(): void {
    if (!this.output.isTTY || !this.sweep || this.sweep.ended_at !== null) return;
    this.clearLine();
    this.output.write(printable(`  ● ${standing(this.sweep)}`).slice(0, this.output.columns - 1));
  }

  private clearLine(): void {
    if (this.output.isTTY) this.output.write('\r\x1b[2K');
  }
}

function standing(sweep: SweepSummary): string {
  const { counts, trials, best, goal, waits_for } = sweep;
  const begun = Object.values(counts).reduce((sum, one) => sum + one, 0);
  if (waits_for !== undefined) return `waits for ${waits_for}`;
  if (begun === 0) return 'begins';
  const done = begun - counts.running;
  const of = trials === null ? '' : ` of ${trials}`;
  const leading =
    best?.value == null ? '' : `, best ${metricOf(goal)} ${metricText(best.value)} (trial ${best.number})`;
  return `${done}${of} done, ${counts.running} running${leading}`;
}

export function trialLine({ number, state, params, value, started_at, ended_at, reason }: SweepTrial): string {
  const took = ended_at === null ? '' : formatDuration(ended_at - started_at);
  const result = value === null ? (state === 'failed' ? `failed: ${reason ?? ''}` : state) : metricText(value);
  return `${MARKS[state]} ${String(number).padStart(3)}  ${took.padEnd(7)}  ${result.padEnd(10)}  ${paramsText(params)}`.trimEnd();
}

export const paramsText = (params: SweepTrial['params']): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join('  ');

export const metricOf = (goal: string): string => goal.slice(goal.indexOf(' ') + 1);

/** `40 trials: 31 complete, 8 pruned, 1 failed` */
export function countsText({ counts }: SweepSummary): string {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const parts = Object.entries(counts).flatMap(([state, one]) => (one > 0 ? [`${one} ${state}`] : []));
  return `${count(all, 'trial')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** Short, for reading; `--json` has all digits. */
function valueText(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : Number(value.toPrecision(4)).toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}
