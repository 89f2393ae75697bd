import * as vscode from 'vscode';
import { isMissing, placeIn } from '../../schemas/pipelines/file-problem.ts';
import type { RequestError } from '../daemon/link.ts';
import { asRequestError, inWords } from '../daemon/link.ts';
import { t } from '../texts.ts';
import { showError, showInfo } from '../vscode/messages.ts';
import type { CommandContext } from './context.ts';

type Trouble = Pick<CommandContext, 'session' | 'log'>;

/** Whatever it throws is shown here, once, with what to do about it. */
export async function attempt(context: Trouble, act: () => unknown): Promise<unknown> {
  const { state } = context.session;
  try {
    return await act();
  } catch (thrown) {
    // a daemon that could not be started meanwhile was already announced
    if (context.session.state !== state && context.session.state.kind === 'failed') return undefined;
    return void showFailure(context, thrown, () => {
      // else it would hear once more of the start that failed
      if (context.session.state.kind === 'failed') context.session.start();
      return attempt(context, act);
    });
  }
}

/** What may come next: the words on a button, and what it does. */
export type Offer = [title: string, act: () => unknown];

/** Says what was done, or what failed. Not awaited: the command has ended, whatever becomes of its message. */
export function tell(context: Trouble, message: string, offers: Offer[], show = showInfo): void {
  void show(message, ...offers.map(([title]) => title)).then((chosen) => {
    const act = offers.find(([title]) => title === chosen)?.[1];
    return act && attempt(context, act);
  });
}

/** Trying again helps only where nothing was wrong with what was asked. */
const PASSING = /^(STORE|TEMPORARILY)_|_(UNREACHABLE|START_FAILED)$/;

function showFailure(context: Trouble, thrown: unknown, again: () => unknown): void {
  if (thrown instanceof vscode.CancellationError) return;
  const problem = asRequestError(thrown);
  context.log.error(inWords(problem));
  const showLog: Offer = [t('Show log'), () => context.log.show()];
  if (problem.code === 'PIPELINE_FILE_INVALID') showMistake(context, problem);
  else tell(context, inWords(problem), [...helpFor(problem.code, again), showLog], showError);
}

/** Where another command is what helps, the notification offers it. */
function helpFor(code: string, again: () => unknown): Offer[] {
  if (code === 'ENDPOINT_NO_MODEL')
    return [[t('Promote…'), () => vscode.commands.executeCommand('crisol.models.promote')]];
  return PASSING.test(code) ? [[t('Try again'), again]] : [];
}

/** The file and the Problems view say more than any log; without a line it is the file as a whole, or there is none. */
function showMistake(context: Trouble, { message, code }: RequestError): void {
  const place = placeIn(message);
  const openFile = () => vscode.commands.executeCommand('crisol.file.open', place?.line, place?.path);
  const showProblems = () => vscode.commands.executeCommand('workbench.actions.view.problems');
  const mend: Offer[] = [
    [t('Open crisol.yaml'), openFile],
    [t('Show problems'), showProblems],
  ];
  const offers: Offer[] = isMissing(message) ? [[t('Create crisol.yaml'), openFile]] : mend;
  tell(context, `${message} (${code})`, offers, showError);
}
