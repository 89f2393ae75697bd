import * as vscode from 'vscode';
import { formatDuration } from '../../schemas/duration.ts';
import type { WhyReason } from '../../schemas/language/live.ts';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { quoted, t } from '../texts.ts';
import { joined } from '../views/node.ts';
import { ago, stateWord } from '../views/words.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne } from './pick.ts';
import { subjectOf } from './subject.ts';

/** What one asks of a single step: from its lens in crisol.yaml, its row, or the palette. */
export function stepCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.pipeline.why': (row, uri) => why(context, row, uri),
    'crisol.pipeline.compareStep': (row) => compareStep(context, row),
  };
}

export interface StepWords {
  title: string;
  placeHolder: string;
}

/** The row or the name it was called on, or one of the list. */
export async function chooseStep({ api }: CommandContext, row: unknown, words: StepWords): Promise<string> {
  if (typeof row === 'string') return row;
  const step = subjectOf(row, 'step');
  if (step) return step.name;
  const { steps } = await api.pipelines();
  const choices = steps.map(({ name, needs }) => ({
    label: name,
    description: needs.length > 0 ? t('after {0}', needs.join(', ')) : undefined,
    value: name,
  }));
  return pickOne(words.title, choices, {
    empty: t('crisol.yaml has no steps.'),
    alwaysAsk: true,
    placeHolder: words.placeHolder,
  });
}

/** The reasons as a list; choosing one leads to the place that says so. */
async function why(context: CommandContext, row: unknown, file: unknown): Promise<void> {
  const words = { title: t('Why would a step run?'), placeHolder: t('Which step?') };
  // the file knows the step of which the row is a variant
  const name = subjectOf(row, 'step')?.of ?? (await chooseStep(context, row, words));
  const folder = context.folder();
  const uri =
    typeof file === 'string' ? vscode.Uri.parse(file) : folder && vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME);
  const reasons = uri ? await context.language.why({ uri, step: name }) : null;
  if (!uri || !reasons) return void showInfo(t('crisol.yaml has no step {0}.', name));
  const choices = [...reasons.map(reasonChoice), ...lastTime(context, name)];
  const reason = await pickOne(t('Why would {0} run?', name), choices, {
    alwaysAsk: true,
    placeHolder: t('Choose a reason to go to the place that says so'),
  });
  if (reason) await goToReason(reason, uri);
}

/** The place that says so; `file` where it names no other. */
export async function goToReason({ uri, range: { start, end } }: WhyReason, file: vscode.Uri): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(uri === null ? file : vscode.Uri.parse(uri), { selection });
}

const reasonChoice = (reason: WhyReason): Choice<WhyReason | null> => ({ label: quoted(reason.text), value: reason });

function lastTime({ stores }: CommandContext, name: string): Choice<WhyReason | null>[] {
  const [newest] = stores.pipelines.runsWith(name);
  // without a daemon nobody knows
  if (!newest) return stores.isLoaded('pipelines') ? [{ label: t('It has not run yet'), value: null }] : [];
  const { run, step } = newest;
  const took = step.seconds === null ? undefined : formatDuration(step.seconds * 1000);
  const when = joined(stateWord(step.state), took, ago(run.started_at, Date.now()));
  const detail = step.state === 'succeeded' ? undefined : quoted(step.reason);
  return [{ label: t('The last time: {0}', when), description: run.name, detail, value: null }];
}

/** The two newest runs in which it took part: what changed between them is what one asks first. */
async function compareStep(context: CommandContext, row: unknown): Promise<void> {
  const words = { title: t('Compare results of a step'), placeHolder: t('Of which step?') };
  const name = await chooseStep(context, row, words);
  const ran = context.stores.pipelines.runsWith(name).filter(({ step }) => step.started_at !== null);
  const newest = ran.slice(0, 2).map(({ run }) => run.run_id);
  if (newest.length < 2) return void showInfo(t('{0} has not run twice yet.', name));
  context.panels.compareRuns(newest);
}
