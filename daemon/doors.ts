/** How others get in. */
import { VERSION } from '../schemas/version.ts';
import type { Status } from '../schemas/wire/system.ts';
import type { Disposables } from './base/disposables.ts';
import { Garbage } from './garbage.ts';
import { addAnnex } from './http/annex.ts';
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
import { RouteBook } from './http/docs.ts';
import { Guard } from './http/guard.ts';
import { isMlflow, mlflowRoutes } from './http/mlflow/routes.ts';
import { pages } from './http/pages/index.ts';
import { createHttp, listen } from './http/server.ts';
import type { DaemonOptions } from './options.ts';
import { sweepsOf, writtenSweep } from './ports.ts';
import type { Presence } from './presence.ts';
import type { Rooms, State } from './rooms.ts';
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

/** HTTP and WebSocket, on a port that is ours when this answers: it says how the daemon is. */
export async function openDoors(
  state: State,
  rooms: Rooms,
  presence: Presence,
  options: DaemonOptions,
  life: Disposables,
) {
  const { clock, logger, address, store, project, info } = state;
  const { artifacts, tracking, registry, pipelines, serving, monitoring, triggers } = rooms;
  const guard = new Guard(info.token);
  const startedAt = clock.now();
  const ways = { guard, logger, onRequest: () => presence.used() };
  const http = createHttp(ways);
  const routes = new RouteBook();
  routes.note(http);
  // two thirds of all
  const mlflow = addAnnex(http, isMlflow, () => {
    const app = routes.note(createHttp(ways));
    mlflowRoutes(app, rooms, { server: http.server, changed: (open) => presence.scripts(open) });
    return app;
  });
  routes.page(http, mlflow);
  const status = (): Status => {
    const { version, epoch, pid, url, workspace } = info;
    const now = { started_at: startedAt, busy: presence.busy(), ahead: presence.ahead(), store: store.health() };
    return { version, epoch, pid, url, workspace, ...now };
  };
  pages(http);
  systemRoutes(http, { status, shutdown: (when) => presence.shutdown(when) });
  trackingRoutes(http, tracking);
  runSourceRoutes(http, tracking);
  runTableRoutes(http, tracking.table);
  artifactTableRoutes(http, artifacts);
  registryRoutes(http, registry);
  importRoutes(http, rooms.imports);
  gcRoutes(http, new Garbage({ tracking, artifacts, registry, results: pipelines.leftovers, clock }));
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

  const hub = publish(state, rooms, life);
  life.add({ dispose: () => http.close() });
  const check = guard.check.bind(guard);
  const onClients = presence.connected.bind(presence);
  life.add(new EventServer(http.server, { hub, version: VERSION, clock, check, onClients }));

  const port = await listen(http, options.port ?? address.lastPort);
  guard.allowPort(port);
  address.remember(port);
  info.url = `http://127.0.0.1:${port}`;
  return status;
}

/** What others hear of without asking again. */
function publish({ info, clock, project }: State, rooms: Rooms, life: Disposables): Hub {
  const { artifacts, tracking, registry, pipelines, serving, monitoring, triggers, sweeps } = rooms;
  const hub = new Hub(info.epoch);
  life.add(trackingTopics({ hub, tracking, clock }));
  life.add(artifactTopics({ hub, artifacts, tracking, clock }));
  life.add(registryTopics({ hub, registry }));
  life.add(pipelineTopics({ hub, pipelines, planChanged: project.changed }));
  logTopics({ hub, pipelines });
  life.add(servingTopics({ hub, serving }));
  life.add(monitoringTopics({ hub, monitoring }));
  life.add(triggerTopics({ hub, triggers }));
  life.add(sweepTopics({ hub, sweeps }));
  return hub;
}
