import type { Command } from 'commander';
import { formatDuration } from '../../../schemas/duration.ts';
import type { ResumeSweep, StartSweep, SweepDetail, SweepList, SweepSummary } from '../../../schemas/wire/sweeps.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { CANCELLED, WORK_FAILED } from '../exit-codes.ts';
import { shortId, sweepIdOf } from '../ids.ts';
import { Interruption } from '../interruption.ts';
import { countsText, metricOf, paramsText, SweepProgress, trialLine } from '../sweep-progress.ts';
import { ago, mark, metricText, quoted, table } from '../text.ts';
import { addParam, positiveInteger } from '../usage.ts';

interface SweepOptions extends CommonOptions {
  trials?: number;
  parallel?: number;
  param?: Record<string, string>;
  resume?: string;
  detach?: boolean;
}

interface SweepsOptions extends CommonOptions {
  cancel?: boolean;
}

/** sweep, sweeps */
export function sweepCommands(): Command[] {
  return [
    command('sweep', 'search for the best params of a step: a sweep of crisol.yaml')
      .argument('[name]', 'of the sweep')
      .option('--trials <n>', 'how many trials at most', positiveInteger)
      .option('--parallel <n>', 'how many at the same time', positiveInteger)
      .option('--param <name=value>', 'another value for a param that is not tried; may be given again', addParam)
      .option('--resume <sweep>', 'go on with a sweep that was cancelled, or that shall have more trials')
      .option('--detach', 'start it and leave')
      .action(sweep),
    command('sweeps', 'list the newest sweeps, or show one with its trials')
      .argument('[sweep]', 'its name (the newest of several) or its id')
      .option('--cancel', 'end it')
      .action(sweeps),
  ];
}

async function sweep(name: string | undefined, options: SweepOptions): Promise<void> {
  const { trials, parallel, param: params, resume } = options;
  const amount: ResumeSweep = { trials, parallel };
  if (resume !== undefined) {
    return beginAndFollow(options, async (api) => {
      return api.post<SweepSummary>(`/sweeps/${segment(await sweepIdOf(api, resume))}/resume`, amount);
    });
  }
  if (name === undefined) {
    throw new CrisolError('CLI_USAGE', 'Name a sweep.', {
      hint: '`crisol sweep NAME`, as it is called in crisol.yaml.',
    });
  }
  const wanted: StartSweep = { name, ...amount, params };
  await beginAndFollow(options, (api) => api.post<SweepSummary>('/sweeps', wanted));
}

async function beginAndFollow(options: SweepOptions, begin: (api: Api) => Promise<SweepSummary>): Promise<void> {
  await Interruption.during(async (interrupted) => {
    const { api } = await connect(options);
    if (interrupted.isAsked) process.exitCode = CANCELLED;
    else if (options.detach) await leave(api, options, begin);
    else await follow(api, options, { begin, interrupted });
  });
}

async function leave(api: Api, options: CommonOptions, begin: (api: Api) => Promise<SweepSummary>): Promise<void> {
  const begun = await begin(api);
  print(options, begun, `The sweep ${begun.name} runs; \`crisol sweeps ${begun.name}\` shows it.`);
}

interface Following {
  begin: (api: Api) => Promise<SweepSummary>;
  interrupted: Interruption;
}

async function follow(api: Api, options: CommonOptions, { begin, interrupted }: Following): Promise<void> {
  const events = await (await import('../events.ts')).Events.open(api);
  try {
    const since = Date.now();
    const beginning = begin(api);
    // what is asked for may have begun before it is answered
    interrupted.do(async () => api.post(`/sweeps/${segment((await beginning).sweep_id)}/cancel`));
    const { sweep_id: id } = await beginning;
    const progress = new SweepProgress(id, since);
    const end = events.until((message) => progress.take(message));
    events.subscribe([`sweep:${id}`]);
    const detail = await orGoneOn(end);
    print(options, detail, inWords(detail));
    if (detail.sweep.state !== 'succeeded')
      process.exitCode = detail.sweep.state === 'cancelled' ? CANCELLED : WORK_FAILED;
  } finally {
    events.close();
  }
}

async function orGoneOn(end: Promise<SweepDetail>): Promise<SweepDetail> {
  try {
    return await end;
  } catch (thrown) {
    if (!(thrown instanceof CrisolError)) throw thrown;
    const hint = 'Trials that run go on; `crisol up` starts a daemon that goes on with the sweep.';
    throw new CrisolError(thrown.code, thrown.message, { cause: thrown, hint });
  }
}

function inWords({ sweep: one }: SweepDetail): string {
  const { name, state, reason, started_at, ended_at, sweep_id } = one;
  const took = formatDuration((ended_at ?? Date.now()) - started_at);
  const lines = [`${mark(state)} ${name} ${state} in ${took}  ${countsText(one)}`];
  if (state !== 'succeeded') lines.push(`  ${reason}`);
  lines.push(...bestLines(one));
  if (state === 'cancelled') lines.push(`\nGo on with it: crisol sweep --resume ${shortId(sweep_id)}`);
  return lines.join('\n');
}

function bestLines({ best, goal, step }: SweepSummary): string[] {
  if (best?.value == null) return [];
  const given = Object.entries(best.params).map(([name, value]) => ` --param ${quoted(`${name}=${asText(value)}`)}`);
  return [
    `  best: ${metricOf(goal)} ${metricText(best.value)} (trial ${best.number})  ${paramsText(best.params)}`,
    '',
    `Bring what it made into the workspace: crisol run ${step}${given.join('')}`,
  ];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

async function sweeps(id: string | undefined, options: SweepsOptions): Promise<void> {
  const { api } = await connect(options);
  if (id === undefined) {
    const list = await api.get<SweepList>('/sweeps');
    return print(options, list, listed(list));
  }
  const path = `/sweeps/${segment(await sweepIdOf(api, id))}`;
  if (options.cancel) {
    const one = await api.post<SweepSummary>(`${path}/cancel`);
    const words = one.ended_at === null ? 'is being cancelled.' : `has ended: ${one.state}.`;
    return print(options, one, `${one.name} ${words}`);
  }
  const detail = await api.get<SweepDetail>(path);
  print(options, detail, [inWords(detail), '', ...detail.trials.map((trial) => `  ${trialLine(trial)}`)].join('\n'));
}

function listed({ sweeps: all }: SweepList): string {
  if (all.length === 0) return 'No sweep has run here yet; start one of crisol.yaml: `crisol sweep NAME`.';
  const rows = all.map((one) => {
    const best = one.best?.value == null ? '' : `${metricOf(one.goal)} ${metricText(one.best.value)}`;
    return [
      one.name,
      `${mark(one.state)} ${one.state}`,
      countsText(one),
      best,
      ago(one.started_at),
      shortId(one.sweep_id),
    ];
  });
  return table(['sweep', 'state', 'trials', 'best', 'started', 'id'], rows);
}
