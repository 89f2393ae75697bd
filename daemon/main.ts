/** The daemon: the one file that knows every room. It reads from top to bottom as it starts, and ends in reverse. */
import { randomBytes } from 'node:crypto';
import { VERSION } from '../schemas/version.ts';
import type { DaemonInfo } from '../schemas/workspace.ts';
import { createArtifacts } from './artifacts/index.ts';
import { systemClock } from './base/clock.ts';
import { Disposables } from './base/disposables.ts';
import { asCrisolError } from './base/errors.ts';
import { newId } from './base/ids.ts';
import type { Files } from './files/index.ts';
import { createFiles } from './files/index.ts';
import { Garbage } from './garbage.ts';
import { artifactTableRoutes } from './http/app/artifact-table.ts';
import { gcRoutes } from './http/app/gc.ts';
import { importRoutes } from './http/app/import.ts';
import { monitoringRoutes } from './http/app/monitoring.ts';
import { pipelineRoutes } from './http/app/pipelines.ts';
import { registryRoutes } from './http/app/registry.ts';
import { runSourceRoutes } from './http/app/run-source.ts';
import { runTableRoutes } from './http/app/run-table.ts';
import { servingRoutes } from './http/app/serving.ts';
import { sweepRoutes } from './http/app/sweeps.ts';
import { systemRoutes } from './http/app/system.ts';
import { trackingRoutes } from './http/app/tracking.ts';
import { triggerRoutes } from './http/app/triggers.ts';
import { whyRoutes } from './http/app/why.ts';
import { docsPage } from './http/docs.ts';
import { Guard } from './http/guard.ts';
import { mlflowRoutes } from './http/mlflow/routes.ts';
import { pages } from './http/pages/index.ts';
import { createHttp, listen } from './http/server.ts';
import { createImports } from './import/index.ts';
import type { DaemonReport } from './life/index.ts';
import { AddressBook, Eviction, InfoFile, LogFile, lockWorkspace } from './life/index.ts';
import { createMonitoring, PREDICTIONS_MIGRATIONS } from './monitoring/index.ts';
import type { DaemonOptions } from './options.ts';
import { readOptions } from './options.ts';
import { Pipelines } from './pipelines/index.ts';
import {
  driftNews,
  endpointsOf,
  followStages,
  isServed,
  monitorsOf,
  predictionsOf,
  runnerForSweeps,
  runsForPipelines,
  runsForTriggers,
  sweepsOf,
  trialsForPipelines,
  triggersOf,
  writtenSweep,
} from './ports.ts';
import { Presence } from './presence.ts';
import { Project } from './project/index.ts';
import { createRegistry } from './registry/index.ts';
import { createEndpointMemory, createServing } from './serving/index.ts';
import { asStoreError, StateFolder, Store } from './store/index.ts';
import { migrations } from './store/migrations/index.ts';
import { Sweeps } from './sweeps/index.ts';
import { createTracking } from './tracking/index.ts';
import type { TriggerDeps } from './triggers/index.ts';
import { Triggers } from './triggers/index.ts';
import { Hub } from './ws/hub.ts';
import { EventServer } from './ws/server.ts';
import { artifactTopics } from './ws/topics/artifacts.ts';
import { logTopics } from './ws/topics/logs.ts';
import { monitoringTopics } from './ws/topics/monitoring.ts';
import { pipelineTopics } from './ws/topics/pipelines.ts';
import { registryTopics } from './ws/topics/registry.ts';
import { servingTopics } from './ws/topics/serving.ts';
import { sweepTopics } from './ws/topics/sweeps.ts';
import { trackingTopics } from './ws/topics/tracking.ts';
import { triggerTopics } from './ws/topics/triggers.ts';

/** What we write is for this user alone; what the user's steps write has the modes that the user is used to. */
const usersUmask = process.umask(0o077);

async function start(options: DaemonOptions, life: Disposables): Promise<void> {
  const state = openState(options, life);
  const rooms = openRooms(state, life);
  const leave = (reason: string) => {
    state.logger.info({ reason }, 'the daemon leaves');
    setImmediate(() => void end(life));
  };
  const idleMs = options.idleMinutes * 60_000;
  const presence = life.add(new Presence({ ...rooms, clock: state.clock, idleMs, leave }));
  await openDoors(state, rooms, presence, options, life);

  // from here on we can be found
  const { info, folder, logger, clock } = state;
  life.add(new InfoFile(folder.file('info'), info));
  logger.info({ url: info.url, version: VERSION, workspace: info.workspace }, 'the daemon is here');
  void report({ type: 'ready' });
  life.add(new Eviction({ folder: folder.path, clock, evicted: () => presence.evicted() }));

  // what was under way when the last daemon ended
  rooms.pipelines.recover();
  rooms.sweeps.recover();
  rooms.triggers.recover().catch((failure) => logger.error({ err: failure }, 'not all triggers came back'));
  rooms.serving.recover().catch((failure) => logger.error({ err: failure }, 'not all endpoints came back'));
}

type State = ReturnType<typeof openState>;

/** The workspace's folder, ours alone, and what is kept in it. */
function openState({ workspace, logMegabytes }: DaemonOptions, life: Disposables) {
  const clock = systemClock;
  const folder = new StateFolder(workspace);
  life.add(lockWorkspace(folder.file('lock')));
  const { logger } = life.add(new LogFile(folder.file('logs')));
  process.on('uncaughtException', (failure) => {
    logger.error({ err: failure }, 'the daemon broke');
    void end(life, 1);
  });
  const address = new AddressBook(folder.file('address'), folder.seal);
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
  return { clock, folder, logger, address, store, predictions, project, info, logBytes };
}

type Rooms = ReturnType<typeof openRooms>;

/** From the bottom up. */
function openRooms(state: State, life: Disposables) {
  const { clock, folder, logger, store, predictions, project, info, logBytes } = state;
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
  const files = life.add(createFiles({ workspace, folder: folder.file('cache'), umask: usersUmask, clock }));
  const pipelines = life.add(
    new Pipelines({
      store,
      state: folder,
      umask: usersUmask,
      clock,
      logger,
      workspace,
      logBytes,
      files,
      project,
      runs: runsForPipelines({ tracking, artifacts, clock }),
      trials: trialsForPipelines(tracking, clock),
      stepEnvironment: () => ({ MLFLOW_TRACKING_URI: info.url, MLFLOW_TRACKING_TOKEN: info.token }),
    }),
  );
  const runner = runnerForSweeps(pipelines.trials);
  const sweeps = life.add(new Sweeps({ store, seal: folder.seal, clock, logger, random: randomBytes, runner }));
  const serving = life.add(
    createServing({
      resolve: (ref) => registry.resolve(ref),
      verify: ({ model, version }) => registry.verify(model, version),
      configured: () => endpointsOf(project),
      memory: createEndpointMemory(store, folder.seal),
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

function openTriggers(
  { store, folder, clock, logger, project, info }: State,
  { files, ...ports }: Pick<TriggerDeps, 'runs' | 'drift'> & { files: Files },
  life: Disposables,
): Triggers {
  const configured = () => triggersOf(project);
  const data = { workspace: info.workspace, contents: files };
  const triggers = life.add(new Triggers({ store, seal: folder.seal, clock, logger, configured, data, ...ports }));
  life.add(project.changed.on(() => void triggers.configChanged().catch(() => {})));
  return triggers;
}

/** HTTP and WebSocket, on a port that is ours when this answers. */
async function openDoors(state: State, rooms: Rooms, presence: Presence, options: DaemonOptions, life: Disposables) {
  const { clock, logger, address, store, project, info } = state;
  const { artifacts, tracking, registry, pipelines, serving, monitoring, triggers } = rooms;
  const guard = new Guard(info.token);
  const startedAt = clock.now();
  const http = createHttp({ guard, logger, onRequest: () => presence.used() });
  await docsPage(http);
  const status = () => {
    const { version, epoch, pid, url, workspace } = info;
    const now = { started_at: startedAt, busy: presence.busy(), ahead: presence.ahead(), store: store.health() };
    return { version, epoch, pid, url, workspace, ...now };
  };
  pages(http);
  systemRoutes(http, { status, shutdown: (when) => presence.shutdown(when) });
  mlflowRoutes(http, rooms, (count) => presence.scripts(count));
  trackingRoutes(http, tracking);
  runSourceRoutes(http, tracking);
  runTableRoutes(http, tracking.table);
  artifactTableRoutes(http, artifacts);
  registryRoutes(http, registry);
  importRoutes(http, rooms.imports);
  gcRoutes(http, new Garbage({ tracking, artifacts, registry, results: pipelines, clock }));
  pipelineRoutes(http, pipelines);
  whyRoutes(http, pipelines);
  servingRoutes(http, serving);
  monitoringRoutes(http, monitoring);
  triggerRoutes(http, triggers);
  sweepRoutes(http, {
    sweeps: rooms.sweeps,
    written: (name) => writtenSweep(project, name),
    configured: () => sweepsOf(project),
  });

  const hub = new Hub(info.epoch);
  life.add(trackingTopics({ hub, tracking, clock }));
  life.add(artifactTopics({ hub, artifacts, tracking, clock }));
  life.add(registryTopics({ hub, registry }));
  life.add(pipelineTopics({ hub, pipelines, planChanged: project.changed }));
  logTopics({ hub, pipelines });
  life.add(servingTopics({ hub, serving }));
  life.add(monitoringTopics({ hub, monitoring }));
  life.add(triggerTopics({ hub, triggers }));
  life.add(sweepTopics({ hub, sweeps: rooms.sweeps }));
  life.add({ dispose: () => http.close() });
  const check = guard.check.bind(guard);
  const onClients = presence.connected.bind(presence);
  life.add(new EventServer(http.server, { hub, version: VERSION, clock, check, onClients }));

  const port = await listen(http, options.port ?? address.lastPort);
  guard.allowPort(port);
  address.remember(port);
  info.url = `http://127.0.0.1:${port}`;
}

async function end(life: Disposables, code = 0): Promise<never> {
  // a room that cannot end must not keep the process
  setTimeout(() => process.exit(1), 10_000).unref();
  const failed = await life.dispose().catch((failure: unknown) => {
    console.error(failure);
    return 1;
  });
  process.exit(failed ?? code);
}

/** Answers once it is sent: an exit before that would swallow it. */
function report(message: DaemonReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

async function main(): Promise<void> {
  const life = new Disposables();
  process.once('SIGTERM', () => void end(life));
  process.once('SIGINT', () => void end(life));
  // whoever started us may leave: its channel closes, we stay
  process.on('disconnect', () => {});
  try {
    await start(readOptions(process.argv.slice(2)), life);
  } catch (thrown) {
    const error = asCrisolError(asStoreError(thrown, 'The store'));
    await report({ type: 'failed', error: error.toBody() });
    console.error(`${error.code}: ${error.message}\n${error.hint}`);
    process.disconnect?.();
    await end(life, 1);
  }
}

void main();
