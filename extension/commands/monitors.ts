import * as vscode from 'vscode';
import { PIPELINE_FILE_NAME } from '../../schemas/language/protocol.ts';
import { thresholdNumber, thresholdOffset } from '../panels/threshold.ts';
import { t } from '../texts.ts';
import { isThere } from '../vscode/is-there.ts';
import type { CommandContext } from './context.ts';
import { ask, pickOne } from './pick.ts';
import { nameOf } from './subject.ts';

export function monitorCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.monitors.show': async (row) => context.panels.showMonitor(await chooseMonitor(context, row)),
    // not in the palette: the editor offers it where drift is underlined
    'crisol.monitors.setThreshold': (name) => setThreshold(context, String(name)),
  };
}

/** In crisol.yaml, which the person saves. Where no number is written yet, they are led to the place. */
async function setThreshold({ folder, openers }: CommandContext, monitor: string): Promise<void> {
  const root = folder();
  if (!root) return;
  const file = vscode.Uri.joinPath(root, PIPELINE_FILE_NAME);
  const document = (await isThere(file)) ? await vscode.workspace.openTextDocument(file) : null;
  const place = document && thresholdNumber(document.getText(), monitor);
  if (!place) return openers.openPipelineFile((text) => thresholdOffset(text, monitor));
  const range = new vscode.Range(document.positionAt(place.from), document.positionAt(place.to));
  const value = await ask({
    title: t('Set threshold'),
    prompt: t('How large a difference counts as drift. {0} reports it from there on.', monitor),
    value: document.getText(range),
    required: t('Write a number above 0, such as 0.2.'),
    isValid: (text) => Number(text) > 0 && Number.isFinite(Number(text)),
  });
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, value);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { selection: range });
}

async function chooseMonitor({ api }: CommandContext, row: unknown): Promise<string> {
  const named = nameOf(row, 'monitor');
  if (named !== undefined) return named;
  const { monitors } = await api.monitors();
  const choices = monitors.map(({ name, sentence }) => ({ label: name, description: sentence, value: name }));
  return pickOne(t('Show drift report'), choices, {
    empty: t('crisol.yaml has no monitors.'),
    placeHolder: t('Which monitor?'),
  });
}
