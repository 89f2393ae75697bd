import * as vscode from 'vscode';
import type { TrackingPlace } from '../../schemas/places.ts';
import type { CommandContext } from './context.ts';

/** Goes to what a link means: the run's panel, or the experiment's row. */
export async function goToPlace(
  { api, panels, trees }: Pick<CommandContext, 'api' | 'panels' | 'trees'>,
  { experimentId, runId }: TrackingPlace,
): Promise<void> {
  if (runId === undefined) {
    await vscode.commands.executeCommand('crisol.experiments.focus');
    return trees.goToExperiment(experimentId);
  }
  // of a run that is not here it says so, instead of a panel that stays empty
  await api.run(runId);
  panels.showRun(runId);
}
