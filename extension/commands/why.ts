import * as vscode from 'vscode';
import { formatDuration } from '../../schemas/duration.ts';
import type { WhyReason } from '../../schemas/language/live.ts';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import type { StepWhy, WhyAnswer } from '../../schemas/wire/why.ts';
import { quoted, t } from '../texts.ts';
import { joined } from '../views/node.ts';
import { ago, stateWord, wouldWord } from '../views/words.ts';
import { isThere } from '../vscode/is-there.ts';
import { showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';
import type { Choice } from './pick.ts';
import { pickOne } from './pick.ts';
import { chooseStep } from './step.ts';
import { subjectOf } from './subject.ts';

/** What choosing it leads to. */
type Reason = Choice<(() => unknown) | null>;

interface Asked {
  step: string;
  /** the file in which it stands */
  uri: vscode.Uri;
  folder: vscode.Uri | undefined;
}

/** Of a matrix, so many variants tell enough. */
const MOST_VARIANTS = 10;

export function whyCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return { 'crisol.pipeline.why': (row, uri) => why(context, row, uri) };
}

/** What changed since it ran, as the daemon knows it, and what its file says; choosing a reason leads to the place that says so. */
async function why(context: CommandContext, row: unknown, file: unknown): Promise<void> {
  const words = { title: t('Why would a step run?'), placeHolder: t('Which step?') };
  // the file knows the step of which the row is a variant
  const variant = subjectOf(row, 'step');
  const step = variant?.of ?? (await chooseStep(context, row, words));
  const folder = context.folder();
  const uri =
    typeof file === 'string' ? vscode.Uri.parse(file) : folder && vscode.Uri.joinPath(folder, PIPELINE_FILE_NAME);
  const [answer, reasons] = await Promise.all([
    answerOf(context, variant?.name ?? step),
    uri ? context.language.why({ uri, step }) : null,
  ]);
  if (!uri || !(reasons || answer)) return void showInfo(t('crisol.yaml has no step {0}.', step));
  const choices = [
    ...(answer ? known(answer, { step, uri, folder }, reasons?.[0]) : []),
    ...inFile(reasons ?? [], uri, answer !== null),
    ...lastTime(context, step),
  ];
  const go = await pickOne(t('Why would {0} run?', step), choices, {
    alwaysAsk: true,
    placeHolder: t('Choose a reason to go to the place that says so'),
  });
  await go?.();
}

/** Null: there is no daemon, which is not started for this, or it cannot say; the file can all the same. */
async function answerOf({ session, api }: CommandContext, step: string): Promise<WhyAnswer | null> {
  return session.state.kind === 'connected' ? api.why(step).catch(() => null) : null;
}

function known({ steps, lock_problem }: WhyAnswer, asked: Asked, place: WhyReason | undefined): Reason[] {
  const toStep = place ? () => goToReason(place, asked.uri) : null;
  const more = steps.length - MOST_VARIANTS;
  return [
    ...steps.slice(0, MOST_VARIANTS).flatMap((step) => [headline(step, toStep), ...changesOf(step, asked, toStep)]),
    ...(more > 0 ? [{ label: t('{0} more variants', more), value: null }] : []),
    ...(lock_problem ? [{ label: `$(warning) ${quoted(lock_problem)}`, value: null }] : []),
  ];
}

const ICONS = { run: 'play', restore: 'history', nothing: 'check', skip: 'debug-step-over', fail: 'error' };

function headline({ name, would, reason, changes }: StepWhy, toStep: Reason['value']): Reason {
  const detail = changes.length > 0 ? undefined : quoted(reason);
  return { label: `$(${ICONS[would]}) ${joined(name, wouldWord(would))}`, detail, value: toStep };
}

/** A file opens, with what is in it now. */
function changesOf({ changes }: StepWhy, { folder }: Asked, toStep: Reason['value']): Reason[] {
  return changes.map(({ rule, what, words }) => {
    const open = async () => {
      const file = folder && vscode.Uri.joinPath(folder, what);
      if (file && (await isThere(file))) await vscode.commands.executeCommand('vscode.open', file);
      else await toStep?.();
    };
    return { label: `$(diff-modified) ${quoted(words)}`, description: rule, value: open };
  });
}

/** The first says in general what the daemon says in particular. */
function inFile(reasons: readonly WhyReason[], uri: vscode.Uri, isAnswered: boolean): Reason[] {
  return (isAnswered ? reasons.slice(1) : reasons).map((reason) => ({
    label: quoted(reason.text),
    value: () => goToReason(reason, uri),
  }));
}

/** The place that says so; `file` where it names no other. */
export async function goToReason({ uri, range: { start, end } }: WhyReason, file: vscode.Uri): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(uri === null ? file : vscode.Uri.parse(uri), { selection });
}

function lastTime({ stores }: CommandContext, name: string): Reason[] {
  const [newest] = stores.pipelines.runsWith(name);
  // without a daemon nobody knows
  if (!newest) return stores.isLoaded('pipelines') ? [{ label: t('It has not run yet'), value: null }] : [];
  const { run, step } = newest;
  const took = step.seconds === null ? undefined : formatDuration(step.seconds * 1000);
  const when = joined(stateWord(step.state), took, ago(run.started_at, Date.now()));
  // a note says why it will run again although it succeeded
  const said = step.state === 'succeeded' ? step.note : step.reason;
  const detail = said === undefined ? undefined : quoted(said);
  return [{ label: t('The last time: {0}', when), description: run.name, detail, value: null }];
}
