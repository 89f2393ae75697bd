import type { Command } from 'commander';
import { foldName, stepOrFold } from '../../../schemas/pipelines/folds.ts';
import type { FoldRun, PipelineOverview, PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { runIdOf } from '../ids.ts';
import type { Place } from '../log-reader.ts';
import { LogNews, LogReader } from '../log-reader.ts';
import { count, quoted } from '../text.ts';
import { positiveInteger } from '../usage.ts';

interface LogOptions extends CommonOptions {
  follow?: boolean;
  tail?: number;
}

export function logsCommand(): Command {
  return command('logs', "print a step's output")
    .argument('<run-or-step>', 'the name or id of a run, or a step of the newest one')
    .argument('[step]', 'the name of a step of that run')
    .option('-f, --follow', 'go on until the step has ended')
    .option('-n, --tail <lines>', 'only so many of the last lines, and what follows them', positiveInteger)
    .action(logs);
}

async function logs(first: string, second: string | undefined, options: LogOptions): Promise<void> {
  const { api } = await connect(options);
  const place =
    second === undefined ? await ofNewestRun(api, first) : { runId: await runIdOf(api, first), step: second };
  const isWhole = !options.follow && options.tail === undefined;
  const folds = isWhole ? await foldsOf(api, place) : [];
  const pages = options.follow
    ? followed(api, place, options.tail)
    : folds.length > 0
      ? ofFolds(api, place, folds)
      : written(api, place, options.tail);
  if (!options.json) return write(pages);
  let text = '';
  for await (const page of pages) text += page;
  print(options, { run_id: place.runId, step: place.step, text }, '');
}

/** As fast as it is taken: whoever reads slowly has us ask later. */
async function write(pages: AsyncIterable<string>): Promise<void> {
  for await (const page of pages) {
    if (!process.stdout.write(page)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
}

/** What is there by now. */
async function* written(api: Api, place: Place, tail: number | undefined): AsyncGenerator<string> {
  const log = new LogReader(api, place);
  if (tail !== undefined) yield await log.last(tail);
  for (let text = await log.next(); text !== ''; text = await log.next()) yield text;
}

/** Of a step that is cross-validated, by number: each has an output of its own. */
async function foldsOf(api: Api, { runId, step }: Place): Promise<FoldRun[]> {
  const run = await api.get<PipelineRun>(`/pipelines/runs/${segment(runId)}`).catch(() => null);
  const folds = run?.steps.find(({ name }) => name === step)?.folds ?? [];
  return folds.filter(({ run_id }) => run_id !== null);
}

async function* ofFolds(api: Api, { runId, step }: Place, folds: readonly FoldRun[]): AsyncGenerator<string> {
  for (const { number, state } of folds) {
    yield `── ${foldName(step, number)}, ${state} ──\n`;
    let last = '';
    for await (const page of written(api, { runId, step: foldName(step, number) }, undefined)) {
      last = page;
      yield page;
    }
    if (last !== '' && !last.endsWith('\n')) yield '\n';
  }
}

/** All of it, as it comes: what is too much to be told is read. */
async function* followed(api: Api, place: Place, tail: number | undefined): AsyncGenerator<string> {
  const log = new LogReader(api, place);
  const events = await (await import('../events.ts')).Events.open(api);
  const news = new LogNews(place);
  const away = events.until((message) => news.take(message));
  // told where it is waited for; until then it must not count as missed
  away.catch(() => {});
  events.subscribe([news.topic]);
  try {
    if (tail !== undefined) yield await log.last(tail);
    for (;;) {
      const { told } = news;
      const isNext = told !== undefined && log.takes(told);
      const text = isNext ? told.text : await log.next();
      if (text !== '') yield text;
      if (text === '' || isNext) {
        if (log.hasEnded) return;
        await Promise.race([news.after(told), away]);
      }
    }
  } finally {
    events.close();
  }
}

async function ofNewestRun(api: Api, name: string): Promise<Place> {
  const { runs } = await api.get<PipelineOverview>('/pipelines');
  const having = runs.filter((one) => stepOrFold(one, name) !== undefined);
  // what was skipped has printed nothing
  const hasBegun = (one: PipelineRun) => stepOrFold(one, name)?.step.started_at !== null || one.ended_at === null;
  const run = having.find(hasBegun) ?? having[0];
  if (run) return { runId: run.run_id, step: name };
  const variants = runs.map(({ steps }) => steps.filter(({ of }) => of === name)).find(({ length }) => length > 0);
  if (!variants) throw new CrisolError('PIPELINE_STEP_UNKNOWN', `None of the newest runs has a step "${name}".`);
  const commands = variants.slice(0, SHOWN_VARIANTS).map((step) => `crisol logs ${quoted(step.name)}`);
  throw new CrisolError('PIPELINE_STEP_UNKNOWN', `${name} runs in ${count(variants.length, 'variant')}: name one.`, {
    hint: commands.join('\n'),
  });
}

const SHOWN_VARIANTS = 5;
