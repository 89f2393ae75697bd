import type { Clock } from '../../../../daemon/base/clock.ts';
import { systemClock } from '../../../../daemon/base/clock.ts';
import { LocalExecutor } from '../../../../daemon/pipelines/executors/local/executor.ts';
import type { Machine } from '../../../../daemon/pipelines/executors/local/process-for.ts';
import { isAlive } from '../../../support/processes.ts';
import type { TempWorkspace } from '../../../support/temp-workspace.ts';
import type { StepMachine } from './machine.ts';

interface Options extends Partial<Omit<Machine, 'workspace' | 'debugging'>> {
  version?: string;
  clock?: Clock;
}

export function openLocal(
  workspace: Pick<TempWorkspace, 'path' | 'write'>,
  { version = '1', clock = systemClock, env = process.env, umask = 0o022, python = NO_PYTHON }: Options = {},
) {
  const executor = new LocalExecutor({
    workspace: workspace.path(),
    umask,
    env,
    python,
    clock,
    seal: (...words) => JSON.stringify(words),
    steps: workspace.path('.state', 'runs'),
    folder: workspace.path('.state', 'supervisors'),
    version,
  });
  return { executor, machine: thisMachine(workspace) };
}

const NO_PYTHON = { find: () => undefined, debugpy: undefined };

/** Steps and tests share its disk. */
const thisMachine = (workspace: Pick<TempWorkspace, 'path' | 'write'>): StepMachine => ({
  gate: (name) => ({
    shut: `[ ! -e '${workspace.path('.state', name)}' ]`,
    open: () => workspace.write(`.state/${name}`, ''),
  }),
  lives: isAlive,
});
