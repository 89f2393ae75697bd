import { t } from '../texts.ts';
import type { CommandContext } from './context.ts';
import { pickOne } from './pick.ts';
import { nameOf } from './subject.ts';

export function monitorCommands(context: CommandContext): Record<string, (...args: unknown[]) => unknown> {
  return {
    'crisol.monitors.show': async (row) => context.panels.showMonitor(await chooseMonitor(context, row)),
  };
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
