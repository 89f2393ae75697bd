import * as vscode from 'vscode';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { systemClock } from '../daemon/clock.ts';
import type { CommandContext } from './context.ts';
import { tellFailure } from './pipeline.ts';

/** Of several windows on a folder the one that a person looks at comes first. */
const BEHIND_MS = 500;

/** What was begun elsewhere (in a terminal, by a schedule) is told when it fails: once, in one window. */
export function tellFailuresOfOthers(context: CommandContext): vscode.Disposable {
  const { stores } = context;
  /** those that have ended, and need not be told any more; undefined until it is known which there are */
  let over: Set<string> | undefined;
  const look = () => {
    const known = over;
    const ended = stores.pipelines.runs.filter(({ ended_at }) => ended_at !== null);
    const news = known ? ended.filter(({ run_id }) => !known.has(run_id)) : [];
    over = new Set([...(known ?? []), ...ended.map(({ run_id }) => run_id)]);
    for (const run of news) if (run.state === 'failed' && run.cause?.kind !== 'sweep') claim(context, run);
  };
  return vscode.Disposable.from(
    stores.onChange((room) => room === 'pipelines' && stores.isLoaded('pipelines') && look()),
  );
}

function claim(context: CommandContext, run: PipelineRun): void {
  const ask = async () => {
    // whoever waits for it has said so
    const { yours } = await context.api.takeNotice(run.run_id);
    if (yours) tellFailure(context, run, {});
  };
  const wait = vscode.window.state.focused ? 0 : BEHIND_MS;
  systemClock.after(wait, () => void ask().catch(() => undefined));
}
