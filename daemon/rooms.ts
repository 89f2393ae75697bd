/** What the daemon holds: its folder with all that is kept there, and over it the rooms, from the bottom up. */
import { randomBytes } from 'node:crypto';
import { VERSION } from '../schemas/version.ts';
import type { DaemonInfo } from '../schemas/workspace.ts';
import type { Artifacts } from './artifacts/index.ts';
import { createArtifacts } from './artifacts/index.ts';
import type { Disposables } from './base/disposables.ts';
import { newId } from './base/ids.ts';
import type { Files } from './files/index.ts';
import { createFiles } from './files/index.ts';
import type { Home } from './home.ts';
import { createImports } from './import/index.ts';
import { AddressBook, LogFile } from './life/index.ts';
import { createMonitoring, PREDICTIONS_MIGRATIONS } from './monitoring/index.ts';
import type { DaemonOptions } from './options.ts';
import { runsForPipelines, trialsForPipelines } from './pipeline-runs.ts';
import { Interpreter, LocalExecutor, Pipelines } from './pipelines/index.ts';
import {
  driftNews,
  endpointsOf,
  followStages,
  isServed,
  monitorsOf,
  predictionsOf,
  runnerForSweeps,
  runsForTriggers,
  triggersOf,
} from './ports.ts';
import { Project } from './project/index.ts';
import { createRegistry } from './registry/index.ts';
import { createEndpointMemory, createServing } from './serving/index.ts';
import { Store, sealFor } from './store/index.ts';
import { migrations } from './store/migrations/index.ts';
import { Sweeps } from './sweeps/index.ts';
import type { Tracking } from './tracking/index.ts';
import { createTracking } from './tracking/index.ts';
import type { TriggerDeps } from './triggers/index.ts';
import { Triggers } from './triggers/index.ts';

export type State = ReturnType<typeof openState>;

/** What is kept in the workspace's folder. */
export function openState(home: Home, { workspace, logMegabytes }: DaemonOptions, life: Disposables) {
  const { clock, folder, place, ahead } = home;
  const files = life.add(createFiles({ ...place, clock, ahead }));
  const { logger } = life.add(new LogFile(folder.file('logs')));
  const seal = sealFor(folder.path);
  const address = new AddressBook(folder.file('address'), seal);
  const backups = folder.file('backups');
  const store = life.add(new Store({ file: folder.file('store'), migrations, backups, clock }));
  const log = { file: folder.file('predictions'), migrations: PREDICTIONS_MIGRATIONS, backups, clock };
  const predictions = life.add(new Store(log));
  const project = life.add(new Project(workspace, clock));
  // the url is known once we listen
  const info: DaemonInfo = {
    url: '',
    token: address.token,
    pid: process.pid,
    epoch: newId(),
    workspace,
    version: VERSION,
  };
  const logBytes = logMegabytes * 1_000_000;
  return { ...home, files, seal, logger, address, store, predictions, project, info, logBytes };
}

export type Rooms = ReturnType<typeof openRooms>;

/** From the bottom up. `doors`: they are open when it resolves. */
export function openRooms(state: State, doors: () => Promise<unknown>, life: Disposables) {
  const { clock, folder, files, seal, logger, store, predictions, project, info } = state;
  const { workspace } = info;
  const artifacts = createArtifacts({ store, clock, folder: folder.file('artifacts') });
  const tracking = createTracking({ store, clock, workspace });
  const registry = createRegistry({
    store,
    clock,
    folder: folder.file('models'),
    workspace,
    runs: tracking.runs,
    artifacts,
    inUse: (model, version) => isServed(serving, model, version),
  });
  const imports = createImports({ store, tracking, registry, clock });
  const pipelines = life.add(openPipelines(state, { tracking, artifacts }, doors));
  const runner = runnerForSweeps(pipelines.trials);
  const sweeps = life.add(new Sweeps({ store, seal, clock, logger, random: randomBytes, runner }));
  const serving = life.add(
    createServing({
      resolve: (ref) => registry.resolve(ref),
      verify: ({ model, version }) => registry.verify(model, version),
      configured: () => endpointsOf(project),
      memory: createEndpointMemory(store, seal),
      clock,
      logger,
    }),
  );
  const monitoring = life.add(
    createMonitoring({
      clock,
      store: predictions,
      configured: () => monitorsOf(project),
      onPredictions: (listener) => predictionsOf(serving, listener),
      reference: (model, version) => registry.reference(model, version),
      warn: (message, cause) => logger.warn({ err: cause }, message),
    }),
  );
  life.add(followStages({ registry, serving, monitoring, project }));
  const runs = runsForTriggers(pipelines, project);
  const triggers = openTriggers(state, { runs, drift: driftNews(monitoring), files }, life);
  return { artifacts, tracking, registry, imports, pipelines, sweeps, serving, monitoring, triggers };
}

type Below = { tracking: Tracking; artifacts: Artifacts };

function openPipelines(state: State, below: Below, doors: () => Promise<unknown>): Pipelines {
  const { clock, folder, files, seal, umask, logger, store, project, info, logBytes } = state;
  return new Pipelines({
    store,
    state: folder,
    seal,
    umask,
    clock,
    logger,
    workspace: info.workspace,
    logBytes,
    files,
    project,
    ...stepsHere(state, umask),
    runs: runsForPipelines({ ...below, clock }),
    trials: trialsForPipelines(below.tracking, clock),
    canLog: doors,
    stepEnvironment: () => ({ MLFLOW_TRACKING_URI: info.url, MLFLOW_TRACKING_TOKEN: info.token }),
  });
}

function openTriggers(
  { store, seal, clock, logger, project, info }: State,
  { files, ...ports }: Pick<TriggerDeps, 'runs' | 'drift'> & { files: Files },
  life: Disposables,
): Triggers {
  const configured = () => triggersOf(project);
  const data = { workspace: info.workspace, contents: files };
  const triggers = life.add(new Triggers({ store, seal, clock, logger, configured, data, ...ports }));
  life.add(project.changed.on(() => void triggers.configChanged().catch(() => {})));
  return triggers;
}

/** Steps run on this machine, with the Python that is chosen here. */
function stepsHere({ clock, folder, seal, info }: State, umask: number) {
  const { workspace, version } = info;
  const python = new Interpreter({
    workspace,
    file: folder.file('python'),
    versionFile: folder.file('pythonVersion'),
    seal,
  });
  const [steps, supervisors] = [folder.file('runs'), folder.file('supervisors')];
  const { env } = process;
  return {
    python,
    executor: new LocalExecutor({ workspace, umask, env, python, clock, seal, steps, folder: supervisors, version }),
  };
}
