import type { Clock } from '../../../../daemon/base/clock.ts';
import { systemClock } from '../../../../daemon/base/clock.ts';
import { LocalExecutor } from '../../../../daemon/pipelines/executors/local/executor.ts';
import type { TempWorkspace } from '../../../support/temp-workspace.ts';

interface Options {
  version?: string;
  clock?: Clock;
}

export function openLocal(
  workspace: Pick<TempWorkspace, 'path'>,
  { version = '1', clock = systemClock }: Options = {},
): LocalExecutor {
  return new LocalExecutor({
    clock,
    seal: (...words) => JSON.stringify(words),
    steps: workspace.path('.state', 'runs'),
    folder: workspace.path('.state', 'supervisors'),
    version,
  });
}
