import type { Command } from 'commander';
import { Option } from 'commander';
import { timeInWords } from '../../../schemas/language/values/times-in-words.ts';
import type { ServerMessage } from '../../../schemas/wire/events.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type {
  FireAnswer,
  Firing,
  TriggerDetail,
  TriggerInput,
  TriggerList,
  TriggerSummary,
} from '../../../schemas/wire/triggers.ts';
import { CrisolError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import type { Api } from '../api.ts';
import { segment } from '../api.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import type { Events } from '../events.ts';
import { shortId } from '../ids.ts';
import { ago, ahead, pairs, table } from '../text.ts';
import { addParam } from '../usage.ts';
import { beginAndFollow } from './run.ts';

interface TriggerOptions extends CommonOptions {
  param?: Record<string, string>;
  key?: string;
  detach?: boolean;
}

interface TriggersOptions extends CommonOptions {
  pause?: boolean;
  resume?: boolean;
}

/** trigger, triggers */
export function triggerCommands(): Command[] {
  return [
    command('trigger', 'ask a trigger of crisol.yaml for a run')
      .argument('<name>')
      .option('--param <name=value>', 'a value for one of its inputs; may be given again', addParam)
      .option('--key <key>', 'names this request: sent again with the same key, it runs nothing again')
      .option('--detach', 'start it and leave')
      .action(trigger),
    command('triggers', 'list the triggers of crisol.yaml, or show one')
      .argument('[name]')
      .option('--pause', 'it does nothing by itself any more')
      .addOption(new Option('--resume', 'it acts again from now on').conflicts('pause'))
      .action(triggers),
  ];
}

async function trigger(name: string, options: TriggerOptions): Promise<void> {
  const { param: params, key: idempotency_key = newId() } = options;
  const ask = (api: Api) => api.post<FireAnswer>(`/triggers/${segment(name)}`, { params, idempotency_key });
  if (options.detach) return askOnly(ask, options);
  await beginAndFollow(options, async (api, events) => {
    const begun = new BegunFirings(events);
    const { firing, run } = await ask(api);
    if (run) return run;
    process.stderr.write(`  waits: ${firing.reason}\n`);
    return runOf(await begun.wait(firing), api);
  });
}

async function askOnly(ask: (api: Api) => Promise<FireAnswer>, options: CommonOptions): Promise<void> {
  const { api } = await connect(options);
  const answer = await ask(api);
  const { firing, run } = answer;
  print(options, answer, run ? `${run.name} runs; \`crisol runs\` shows it.` : `Its run waits: ${firing.reason}.`);
}

async function runOf({ run_id, reason }: Firing, api: Api): Promise<PipelineRun> {
  if (run_id === null) throw new CrisolError('TRIGGER_NOT_RUN', `The run did not begin: ${reason}.`);
  return api.get<PipelineRun>(`/pipelines/runs/${segment(run_id)}`);
}

/** Listens before it is known for which: what is asked for may begin before the answer is here. */
class BegunFirings {
  private readonly events: Events;
  private readonly known = new Map<string, Firing>();
  private awaited: string | undefined;
  private readonly begun: Promise<Firing>;

  constructor(events: Events) {
    this.events = events;
    this.begun = events.until((message) => this.take(message));
    // whoever needs no answer does not care that the daemon went away
    this.begun.catch(() => {});
    this.events.subscribe(['triggers']);
  }

  wait({ id }: Firing): Promise<Firing> {
    this.awaited = id;
    const known = this.known.get(id);
    return known ? Promise.resolve(known) : this.begun;
  }

  private take(message: ServerMessage): Firing | undefined {
    for (const firing of firingsIn(message)) {
      if (firing.state !== 'waiting') this.known.set(firing.id, firing);
    }
    return this.awaited === undefined ? undefined : this.known.get(this.awaited);
  }
}

function firingsIn(message: ServerMessage): Firing[] {
  if (message.type === 'triggers/firing') return [message.firing];
  if (message.type === 'triggers/snapshot') return message.triggers.flatMap(({ last }) => last ?? []);
  return [];
}

async function triggers(name: string | undefined, options: TriggersOptions): Promise<void> {
  const { api } = await connect(options);
  const change = options.pause ? 'pause' : options.resume ? 'resume' : undefined;
  if (name === undefined) {
    if (change) throw new CrisolError('CLI_USAGE', `--${change} needs the name of a trigger.`);
    const list = await api.get<TriggerList>('/triggers');
    print(options, list, listed(list.triggers));
    return;
  }
  const path = `/triggers/${segment(name)}`;
  if (change) await api.post(`${path}/${change}`);
  const detail = await api.get<TriggerDetail>(path);
  print(options, detail, shown(detail));
}

function listed(all: readonly TriggerSummary[]): string {
  if (all.length === 0) return 'crisol.yaml names no triggers: schedules and others stand under `on`.';
  const rows = all.map((one) => [one.name, one.state, one.when, next(one), last(one.last)]);
  const notes = [...new Set(all.flatMap(({ reason }) => (reason === '' ? [] : [reason])))];
  return [table(['trigger', 'state', 'when', 'next', 'last'], rows), ...notes].join('\n\n');
}

function next({ next_at, timezone }: TriggerSummary): string {
  if (next_at === null) return '';
  return `${timeInWords(next_at, timezone ?? 'UTC')} (${ahead(next_at)})`;
}

function last(firing: Firing | null): string {
  return firing ? `${firing.result ?? firing.state} ${ago(firing.at)}` : '';
}

const SHOWN = 10;

function shown({ trigger: one, firings }: TriggerDetail): string {
  const facts: [string, string][] = [
    ['trigger', `${one.name}, ${one.when}${one.timezone ? ` ${one.timezone}` : ''}`],
    ['state', one.reason === '' ? one.state : `${one.state}: ${one.reason}`],
  ];
  if (one.description !== '') facts.push(['for', one.description]);
  if (one.next_at !== null) facts.push(['next', next(one)]);
  const inputs = (one.inputs ?? []).map((input): [string, string] => ['input', inputInWords(input)]);
  const rows = firings.slice(0, SHOWN).map(({ at, state, result, run_id, reason }) => {
    return [ago(at), result ?? state, shortId(run_id ?? ''), reason];
  });
  const history = rows.length > 0 ? `\n\n${table(['when', 'state', 'run', ''], rows)}` : '';
  return pairs([...facts, ...inputs]) + history;
}

function inputInWords({ name, type, options, required, default: byDefault, description }: TriggerInput): string {
  const kind = type === 'choice' ? options.join(' | ') : (type ?? 'any value');
  const needed = required ? ', required' : byDefault === null ? '' : `, ${JSON.stringify(byDefault)} without it`;
  return `${name} (${kind}${needed})${description === '' ? '' : `: ${description}`}`;
}
