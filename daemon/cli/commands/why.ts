import type { Command } from 'commander';
import { formatDuration } from '../../../schemas/duration.ts';
import type { StepWhy, WhyAnswer } from '../../../schemas/wire/why.ts';
import type { CommonOptions } from '../command.ts';
import { command, connect, print } from '../command.ts';
import { shortId } from '../ids.ts';
import { ago } from '../text.ts';
import { addParam } from '../usage.ts';

interface WhyOptions extends CommonOptions {
  param?: Record<string, string>;
}

/** why */
export function whyCommand(): Command {
  return command('why', 'say what changed since a step ran, and whether it would run again')
    .argument('<step>', 'a step of crisol.yaml, or one of its variants')
    .option('--param <name=value>', 'another value for a param; may be given again', addParam)
    .action(why);
}

async function why(step: string, { param: params, ...options }: WhyOptions): Promise<void> {
  const { api } = await connect(options);
  const answer = await api.post<WhyAnswer>('/pipelines/why', { step, params });
  print(options, answer, whyInWords(answer));
}

export function whyInWords({ steps, lock_problem }: WhyAnswer, now = Date.now()): string {
  return [...steps.map((step) => stepInWords(step, now)), ...(lock_problem ? [lock_problem] : [])].join('\n\n');
}

const WORDS = {
  run: 'would run',
  restore: 'would be restored',
  nothing: 'is up to date',
  skip: 'would be skipped',
  fail: 'would fail',
};

function stepInWords({ name, would, reason, changes, last, not_kept }: StepWhy, now: number): string {
  const lines = changes.map(({ rule, words }) => `  ${rule}  ${words}`);
  const said = lines.length > 0 ? [`${name} ${WORDS[would]}:`, ...lines] : [`${name} ${WORDS[would]}: ${reason}`];
  if (not_kept) {
    const when = not_kept.ended_at === null ? '' : ` ${ago(not_kept.ended_at, now)}`;
    said.push(`  It succeeded${when} in run ${shortId(not_kept.run_id)}, but ${not_kept.reason}.`);
  }
  if (!last) return said.join('\n');
  const seconds = last.seconds === null ? '' : ` in ${formatDuration(last.seconds * 1000)}`;
  const which = not_kept ? 'Its last result is from' : 'It last ran';
  return [...said, `  ${which} ${ago(last.recorded_at, now)}${seconds}, in run ${shortId(last.run_id)}.`].join('\n');
}
