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
import type { RunDetail } from '../../../schemas/wire/tracking.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions, Connecting } from '../command.ts';
import { command, connect, print } from '../command.ts';
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
  else {
    await beginAndFollow(
      options,
      (api, _, isNew) => api.post<PipelineRun>('/pipelines/runs', isNew ? { ...wanted, as_of_start: true } : wanted),
      { daemonArgs: ['--look-ahead'] },
    );
  }
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

/** `isNew`: the daemon was started for it. */
type Begin = (api: Api, events: Events, isNew: boolean) => Promise<PipelineRun>;

/** Begins a run, tells of it until it ends, unless nobody wants that, and how it ended. */
export async function beginAndFollow(
  options: CommonOptions & { detach?: boolean },
  begin: Begin,
  connecting?: Connecting,
): Promise<void> {
  const interrupted = new Interruption();
  try {
    // a daemon that begins to start is there in the end: whoever ends what is below waits for that
    const [{ api, daemon }] = await Promise.all([connect(options, connecting), loadEvents()]);
    if (interrupted.isAsked) process.exitCode = CANCELLED;
    else await followWith(api, options, { begin: (events) => begin(api, events, daemon.isNew), interrupted });
  } finally {
    interrupted.dispose();
  }
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
    const started = await begin(events);
    const ended = options.detach ? started : await follow(api, events, started, interrupted);
    print(options, asJson(ended), await inWords(api, ended));
    if (ended.ended_at !== null && ended.state !== 'succeeded') {
      process.exitCode = ended.state === 'cancelled' ? CANCELLED : WORK_FAILED;
    }
  } finally {
    events.close();
  }
}

async function follow(api: Api, events: Events, { run_id }: PipelineRun, interrupted: Interruption) {
  const progress = new RunProgress(run_id);
  const end = events.until((message) => progress.take(message));
  // the end tells about a daemon that went away: nobody else has to
  interrupted.do(() => api.post(`/pipelines/runs/${segment(run_id)}/cancel`).catch(() => {}));
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

async function inWords(api: Api, run: PipelineRun): Promise<string> {
  if (run.ended_at === null)
    return `${run.name} runs: \`crisol logs STEP -f\` follows a step, \`crisol cancel\` ends it.`;
  const { metrics } = await api.get<RunDetail>(`/runs/${segment(run.run_id)}`);
  const results = headline(metrics.map(({ key, value }) => [key, value]));
  const took = formatDuration(run.ended_at - run.started_at);
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
