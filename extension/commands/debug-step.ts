import * as vscode from 'vscode';
import { t } from '../texts.ts';
import { showInfo } from '../vscode/messages.ts';
import { debuggerLibraries, installPythonDebugger, pythonDebugger, startDebugger } from '../vscode/step-debugger.ts';
import { tell } from './attempt.ts';
import type { CommandContext } from './context.ts';
import { pickOne } from './pick.ts';
import { followRun } from './pipeline.ts';
import { chooseStep } from './step.ts';

export function debugCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return { 'crisol.pipeline.debugStep': (row) => debugStep(context, row) };
}

/** The step runs as ever, and its Python connects to the debugger, which waits for it. */
async function debugStep(context: CommandContext, row: unknown): Promise<void> {
  const extension = pythonDebugger();
  if (!extension) return offerDebugger(context);
  const words = { title: t('Debug step'), placeHolder: t('Which step? What it needs runs first') };
  const step = await chooseVariant(context, await chooseStep(context, row, words));
  await vscode.workspace.saveAll(false);
  const libraries = await debuggerLibraries(extension);
  const waiting = await startDebugger(context.folder(), t('Crisol: {0}', step));
  if (!waiting) return;
  const { session, port } = waiting;
  try {
    const request = { steps: [step], debug: { step, port, libraries } };
    await followRun(context, await context.api.startPipeline(request), request);
  } finally {
    // a step without Python, or one that failed before it came to it
    await vscode.debug.stopDebugging(session);
  }
}

/** One of a step's variants can be stopped at a time. */
async function chooseVariant({ api }: CommandContext, name: string): Promise<string> {
  const { steps } = await api.pipelines();
  const variants = steps.filter((step) => step.of === name && step.name !== name);
  if (variants.length === 0) return name;
  const choices = variants.map((variant) => ({ label: variant.name, value: variant.name }));
  return pickOne(t('Debug step'), choices, { placeHolder: t('Which of its variants?') });
}

function offerDebugger(context: CommandContext): void {
  const message = t('Steps are debugged with the extension Python Debugger, which is not installed.');
  tell(context, message, [[t('Install'), installPythonDebugger]], showInfo);
}
