import { formatDuration } from '../../schemas/duration.ts';
import type { ServerMessage } from '../../schemas/wire/events.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { RunSummary } from '../../schemas/wire/tracking.ts';
import { mark, metricText, printable } from './text.ts';

const SHOWN_METRICS = 3;

/** A line for each step that ended, and in a terminal one more that moves with the metrics of what runs. */
export class RunProgress {
  private readonly told = new Set<string>();
  private readonly runId: string;
  private readonly output: NodeJS.WriteStream;
  private run: PipelineRun | undefined;
  private metrics = '';

  constructor(runId: string, output: NodeJS.WriteStream = process.stderr) {
    this.runId = runId;
    this.output = output;
  }

  /** Answers the run once it has ended. */
  take(message: ServerMessage): PipelineRun | undefined {
    const run = runIn(message, this.runId);
    if (run) this.follow(run);
    if (message.type === 'tracking/run' && message.run.run_id === this.runId) this.showMetrics(message.run);
    return run?.ended_at ? run : undefined;
  }

  /** A line for each of its steps that is over, once. */
  follow(run: PipelineRun): void {
    if (!this.run && run.python !== undefined) this.output.write(printable(`  ${run.python}\n`));
    this.run = run;
    const width = Math.max(...run.steps.map(({ name }) => name.length));
    for (const step of run.steps) {
      const over = step.state !== 'pending' && step.state !== 'running';
      if (!over || this.told.has(step.name)) continue;
      this.told.add(step.name);
      this.metrics = '';
      this.clearLine();
      this.output.write(printable(`  ${stepLine(step, width)}\n`));
    }
    this.redraw();
  }

  private showMetrics({ metrics }: RunSummary): void {
    const newest = Math.max(...metrics.map(({ timestamp }) => timestamp));
    const moving = metrics.filter(({ timestamp }) => timestamp === newest).slice(0, SHOWN_METRICS);
    const step = moving[0]?.step;
    const values = moving.map(({ key, value }) => `${key} ${metricText(value)}`);
    this.metrics = [...(step ? [String(step)] : []), ...values].join('  ');
    this.redraw();
  }

  private redraw(): void {
    if (!this.output.isTTY || !this.run) return;
    const { steps } = this.run;
    const running = steps.filter(({ state }) => state === 'running').map(withProgress);
    const waiting = steps.filter(({ waits_for }) => waits_for !== undefined).map(withWaiting);
    if (running.length + waiting.length === 0) return;
    this.clearLine();
    const line = running.length > 0 ? `● ${running.join(', ')}  ${this.metrics}` : `○ ${waiting.join(', ')}`;
    this.output.write(printable(`  ${line}`).slice(0, this.output.columns - 1));
  }

  private clearLine(): void {
    if (this.output.isTTY) this.output.write('\r\x1b[2K');
  }
}

const withProgress = ({ name, progress }: StepRun): string => (progress ? `${name} ${progress.text}` : name);

const withWaiting = ({ name, waits_for }: StepRun): string => `${name} waits for ${waits_for}`;

function runIn(message: ServerMessage, runId: string): PipelineRun | undefined {
  if (message.type === 'pipelines/run') return message.run.run_id === runId ? message.run : undefined;
  if (message.type === 'pipelines/snapshot') return message.runs.find((run) => run.run_id === runId);
  return undefined;
}

export function stepLine({ name, state, seconds, cached, reason, note }: StepRun, width = name.length): string {
  const took = cached ? 'cached' : seconds === null ? '' : formatDuration(seconds * 1000);
  const why = state === 'succeeded' ? '' : `${state}: ${reason}`;
  const line = `${mark(state)} ${name.padEnd(width)}  ${took.padEnd(7)}  ${why}`.trimEnd();
  return note === undefined ? line : `${line}\n    ! ${note}`;
}
