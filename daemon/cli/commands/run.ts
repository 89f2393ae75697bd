import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { formatDuration } from '../../../schemas/duration.ts';
import type {
  PipelineForecast,
  PipelineOverview,
  PipelineRun,
  StartPipeline,
  StepForecast,
} from '../../../schemas/wire/pipelines.ts';
import type { LatestMetric, RunDetail } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, connectFor, print } from '../command.ts';
import type { Events } from '../events.ts';
import { CANCELLED, WORK_FAILED } from '../exit-codes.ts';
import { PIPELINES, runIdOf, shortId } from '../ids.ts';
import { Interruption } from '../interruption.ts';
import { RunProgress } from '../progress.ts';
import { headline, indented, mark, quoted } from '../text.ts';
import { addParam } from '../usage.ts';

interface RunOptions extends CommonOptions {
  param?: Record<string, string>;
  from?: string[];
  only?: boolean;
  force?: boolean;
  dryRun?: boolean;
  detach?: boolean;
}

/** run, resume, cancel */
export function runCommands(): Command[] {
  return [
    command('run', 'run the pipeline of crisol.yaml, or some steps with what they need')
      .argument('[steps...]', 'names of steps (default: all)')
      .option('--from <step>', 'this step and all that wait for it; may be given again', addStep)
      .option('--param <name=value>', 'another value for a param; may be given again', addParam)
      .option('--only', 'just these steps: what they need is taken as it is')
      .option('--force', 'also what has a result already')
      .option('--dry-run', 'say what would be done and why, and do nothing')
      .option('--detach', 'start it and leave')
      .action(run),
    command('resume', 'carry out what a run did not come to, with the plan that it had')
      .argument('[run]', 'its name or id (default: the newest)')
      .option('--detach', 'start it and leave')
      .action(resume),
    command('cancel', 'end a run, or one of its steps')
      .argument('[run]', 'its name or id (default: the newest), or a step of the newest')
      .argument('[step]', 'only this step')
      .action(cancel),
  ];
}

async function run(steps: string[], options: RunOptions): Promise<void> {
  const { from, only, force, param: params } = options;
  const wanted = { steps, from, only, force, params };
  if (options.dryRun) await sayWhatWould(wanted, options);
  else if (options.detach) await beginAndFollow(options, (api) => begin(api, wanted));
  else await runAndFollow(wanted, options);
}

async function resume(runId: string | undefined, options: RunOptions): Promise<void> {
  const id = runId === undefined ? (await newestRun(options)).run_id : undefined;
  await beginAndFollow(options, async (api) => {
    const path = `/pipelines/runs/${segment(id ?? (await runIdOf(api, runId ?? '', PIPELINES)))}/resume`;
    return api.post<PipelineRun>(path, {});
  });
}

async function cancel(first: string | undefined, second: string | undefined, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const { id, step } = await meant(api, options, first, second);
  const path = `/pipelines/runs/${segment(id)}`;
  const before = await api.get<PipelineRun>(path);
  if (before.ended_at !== null) return print(options, asJson(before), `${before.name} has ended: ${before.state}.`);
  const answer = await api.post<PipelineRun>(`${path}${step === undefined ? '' : `/steps/${segment(step)}`}/cancel`);
  print(options, asJson(answer), `${step ?? answer.name} is being cancelled.`);
}

/** One word alone may be a step of the newest run, as for `crisol logs`. */
async function meant(api: Api, options: CommonOptions, first?: string, step?: string) {
  if (first === undefined) return { id: (await newestRun(options)).run_id, step };
  if (step === undefined) {
    const { run_id, steps } = await newestRun(options);
    if (steps.some(({ name }) => name === first)) return { id: run_id, step: first };
  }
  return { id: await runIdOf(api, first, PIPELINES), step };
}

async function newestRun(options: CommonOptions): Promise<PipelineRun> {
  const { api } = await connect(options);
  const [newest] = (await api.get<PipelineOverview>('/pipelines')).runs;
  if (newest) return newest;
  throw new CrisolError('RESOURCE_DOES_NOT_EXIST', 'No pipeline has run here yet.', {
    hint: 'Start it: `crisol run`.',
  });
}

async function sayWhatWould(wanted: StartPipeline, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const forecast = await api.post<PipelineForecast>('/pipelines/forecast', wanted);
  const width = Math.max(...forecast.steps.map(({ name }) => name.length));
  const lines = forecast.steps.map(({ name, would, reason }) => {
    return `  ${FORECAST_WORDS[would].padEnd(12)} ${name.padEnd(width)}  ${reason}`.trimEnd();
  });
  print(options, forecast, lines.join('\n'));
}

const FORECAST_WORDS: Record<StepForecast['would'], string> = {
  run: 'runs',
  restore: 'is restored',
  nothing: 'up to date',
  skip: 'is skipped',
  fail: 'fails',
  unknown: 'may run',
};

/** Begins a run, tells of it until it ends, unless nobody wants that, and how it ended. */
export async function beginAndFollow(
  options: CommonOptions & { detach?: boolean },
  begin: (api: Api, events: Events) => Promise<PipelineRun>,
): Promise<void> {
  await Interruption.during(async (interrupted) => {
    // a daemon that begins to start is there in the end: whoever ends what is below waits for that
    const [{ api }] = await Promise.all([connect(options), loadEvents()]);
    if (interrupted.isAsked) process.exitCode = CANCELLED;
    else await followWith(api, options, { begin: (events) => begin(api, events), interrupted });
  });
}

const begin = (api: Api, wanted: StartPipeline) => api.post<PipelineRun>('/pipelines/runs', wanted);

/** A daemon that has to be started begins with it, and tells at once if it had nothing to do. */
async function runAndFollow(wanted: StartPipeline, options: CommonOptions): Promise<void> {
  await Interruption.during(async (interrupted) => {
    const [connected] = await Promise.all([
      connectFor(wanted, options).then((found) => {
        // whoever leaves from now on has to say so
        if ('api' in found && found.begun) interrupted.do(cancelling(found.api, found.begun));
        return found;
      }),
      loadEvents(),
    ]);
    if ('ran' in connected) {
      const { run, metrics } = connected.ran;
      new RunProgress(run.run_id).follow(run);
      return tellEnd(run, metrics, options);
    }
    const { api, begun } = connected;
    if (interrupted.isAsked && !begun) process.exitCode = CANCELLED;
    else await followWith(api, options, { begin: async () => begun ?? begin(api, wanted), interrupted });
  });
}

/** While the daemon is asked, or starts. */
async function loadEvents(): Promise<void> {
  await setImmediate();
  await import('../events.ts');
}

interface Following {
  begin: (events: Events) => Promise<PipelineRun>;
  interrupted: Interruption;
}

async function followWith(
  api: Api,
  options: CommonOptions & { detach?: boolean },
  { begin, interrupted }: Following,
): Promise<void> {
  const events = await (await import('../events.ts')).Events.open(api);
  try {
    const beginning = begin(events);
    // what is asked for may have begun before it is answered
    if (!options.detach) interrupted.do(cancelling(api, beginning));
    const started = await beginning;
    const ended = options.detach ? started : await follow(events, started);
    if (ended.ended_at === null) print(options, asJson(ended), goesOn(ended));
    else tellEnd(ended, (await api.get<RunDetail>(`/runs/${segment(ended.run_id)}`)).metrics, options);
  } finally {
    events.close();
  }
}

const cancelling = (api: Api, run: PipelineRun | Promise<PipelineRun>) => async () =>
  api.post(`/pipelines/runs/${segment((await run).run_id)}/cancel`);

async function follow(events: Events, { run_id }: PipelineRun) {
  const progress = new RunProgress(run_id);
  const end = events.until((message) => progress.take(message));
  events.subscribe(['pipelines', 'tracking']);
  try {
    return await end;
  } catch (thrown) {
    if (!(thrown instanceof CrisolError)) throw thrown;
    const hint = 'The step that runs goes on; `crisol up` starts a daemon that takes the pipeline over.';
    throw new CrisolError(thrown.code, thrown.message, { cause: thrown, hint });
  }
}

function asJson({ run_id, state, steps }: PipelineRun): object {
  return {
    run_id,
    status: state,
    steps: steps.map(({ name, state: status, cached, reason, note, seconds }) => {
      return { name, status, cached, reason, note, seconds };
    }),
  };
}

const goesOn = ({ name }: PipelineRun) =>
  `${name} runs: \`crisol logs STEP -f\` follows a step, \`crisol cancel\` ends it.`;

function tellEnd(run: PipelineRun, metrics: readonly LatestMetric[], options: CommonOptions): void {
  print(options, asJson(run), endInWords(run, metrics));
  if (run.state !== 'succeeded') process.exitCode = run.state === 'cancelled' ? CANCELLED : WORK_FAILED;
}

function endInWords(run: PipelineRun, metrics: readonly LatestMetric[]): string {
  const results = headline(metrics.map(({ key, value }) => [key, value]));
  const took = formatDuration((run.ended_at ?? run.started_at) - run.started_at);
  const summary = `${mark(run.state)} ${run.name} ${run.state} in ${took}  ${results}`.trimEnd();
  const note = run.note === undefined ? [] : [`! ${run.note}`];
  return [
    summary,
    ...note,
    ...run.steps.filter(({ state }) => state === 'failed').flatMap((step) => lastWords(run, step)),
  ].join('\n');
}

/** Of a step that said nothing its line says all there is. */
function lastWords({ run_id }: PipelineRun, { name, tail = '' }: PipelineRun['steps'][number]): string[] {
  if (tail.trim() === '') return [];
  const all = `All of it: crisol logs ${shortId(run_id)} ${quoted(name)}`;
  return [`\nThe last output of ${name}:\n${indented(tail.trimEnd())}\n\n${all}`];
}

const addStep = (name: string, known: string[] = []): string[] => [...known, name];
