import { systemClock } from '../../../../daemon/base/clock.ts';
import { LocalExecutor } from '../../../../daemon/pipelines/executors/local/executor.ts';
import type { TempWorkspace } from '../../../support/temp-workspace.ts';

export function openLocal(workspace: Pick<TempWorkspace, 'path'>, version = '1'): LocalExecutor {
  return new LocalExecutor({
    clock: systemClock,
    seal: (...words) => JSON.stringify(words),
    steps: workspace.path('.state', 'runs'),
    folder: workspace.path('.state', 'supervisors'),
    version,
  });
}
