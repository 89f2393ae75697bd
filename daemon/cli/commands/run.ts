import type { Command } from 'commander';
import type { PipelineRun, StepLog } from '../../../schemas/wire/pipelines.ts';
import type { RunDetail } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { Events } from '../events.ts';
import { CANCELLED, WORK_FAILED } from '../exit-codes.ts';
import { RunProgress } from '../progress.ts';
import { duration, mark, metricText } from '../text.ts';

interface RunOptions extends CommonOptions {
  param: Record<string, string>;
  detach?: boolean;
}

/** run, logs */
export function runCommands(): Command[] {
  return [
    command('run', 'run the pipeline of crisol.yaml, or some steps with what they need')
      .argument('[steps...]')
      .option('--param <name=value>', 'another value for a param; may be given again', addParam, {})
      .option('--detach', 'start it and leave')
      .action(run),
    command('logs', "print a step's output").argument('<run-id>').argument('<step>').action(logs),
  ];
}

async function run(steps: string[], options: RunOptions): Promise<void> {
  const { api } = await connect(options);
  const events = await Events.open(api);
  try {
    const started = await api.post<PipelineRun>('/pipelines/runs', { steps, params: options.param });
    const ended = options.detach ? started : await follow(api, events, started);
    print(options, asJson(ended), await inWords(api, ended));
    if (ended.ended_at !== null && ended.state !== 'succeeded') {
      process.exitCode = ended.state === 'cancelled' ? CANCELLED : WORK_FAILED;
    }
  } finally {
    events.close();
  }
}

async function follow(api: Api, events: Events, { run_id }: PipelineRun): Promise<PipelineRun> {
  const cancel = () => void api.post(`/pipelines/runs/${segment(run_id)}/cancel`);
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  const progress = new RunProgress(run_id);
  const end = events.until((message) => progress.take(message));
  events.subscribe(['pipelines', 'tracking']);
  try {
    return await end;
  } finally {
    process.off('SIGINT', cancel);
    process.off('SIGTERM', cancel);
  }
}

function asJson({ run_id, state, steps }: PipelineRun): object {
  return {
    run_id,
    status: state,
    steps: steps.map(({ name, state: status, cached, reason, seconds }) => ({ name, status, cached, reason, seconds })),
  };
}

async function inWords(api: Api, run: PipelineRun): Promise<string> {
  if (run.ended_at === null) return `${run.name} runs; \`crisol runs\` shows it.`;
  const failed = run.steps.find(({ state }) => state === 'failed');
  const tail = failed ? `\n${failed.name} ended with:\n${failed.tail ?? ''}` : '';
  const { metrics } = await api.get<RunDetail>(`/runs/${segment(run.run_id)}`);
  const results = metrics.filter(({ key }) => ['accuracy', 'f1_macro', 'log_loss'].includes(key));
  const shown = results.map((metric) => `${metric.key} ${metricText(metric)}`).join('  ');
  return `${mark(run.state)} ${run.name} ${run.state} in ${duration(run.ended_at - run.started_at)}  ${shown}${tail}`.trimEnd();
}

async function logs(runId: string, step: string, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  let offset = 0;
  for (;;) {
    const path = `/pipelines/runs/${segment(runId)}/logs/${segment(step)}?offset=${offset}`;
    const { text, next_offset } = await api.get<StepLog>(path);
    if (text === '') return;
    process.stdout.write(text);
    offset = next_offset;
  }
}

function addParam(text: string, known: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1)
    throw new CrisolError('INVALID_PARAMETER_VALUE', `--param ${text} has no "=".`, {
      hint: 'Write --param name=value.',
    });
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
}
