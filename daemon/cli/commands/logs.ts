import type { Command } from 'commander';
import type { PipelineOverview, StepLog } from '../../../schemas/wire/pipelines.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';

interface LogOptions extends CommonOptions {
  follow?: boolean;
}

interface Place {
  runId: string;
  step: string;
}

export function logsCommand(): Command {
  return command('logs', "print a step's output")
    .argument('<run-or-step>', 'the id of a run, or a step of the newest one')
    .argument('[step]', 'the name of a step of that run')
    .option('-f, --follow', 'go on until the step has ended')
    .action(logs);
}

async function logs(first: string, second: string | undefined, options: LogOptions): Promise<void> {
  const { api } = await connect(options);
  const place = second === undefined ? await ofNewestRun(api, first) : { runId: first, step: second };
  if (options.follow && !options.json) return follow(api, place);
  let text = '';
  for await (const piece of piecesOf(api, place, { wait: options.follow === true })) text += piece;
  print(options, { run_id: place.runId, step: place.step, text }, text.trimEnd());
}

/** As it comes. */
async function follow(api: Api, place: Place): Promise<void> {
  for await (const piece of piecesOf(api, place, { wait: true })) process.stdout.write(piece);
}

async function* piecesOf(api: Api, { runId, step }: Place, { wait }: { wait: boolean }): AsyncGenerator<string> {
  const path = `/pipelines/runs/${segment(runId)}/logs/${segment(step)}`;
  for (let offset = 0; ; ) {
    const page = await api.get<StepLog>(`${path}?offset=${offset}${wait ? '&wait=true' : ''}`);
    if (page.text !== '') yield page.text;
    else if (!wait || page.ended) return;
    offset = page.next_offset;
  }
}

async function ofNewestRun(api: Api, step: string): Promise<Place> {
  const { runs } = await api.get<PipelineOverview>('/pipelines');
  const run = runs.find(({ steps }) => steps.some(({ name }) => name === step));
  if (run) return { runId: run.run_id, step };
  throw new CrisolError('PIPELINE_STEP_UNKNOWN', `None of the newest runs has a step "${step}".`);
}
