import { trackingRoutes } from '../../../daemon/http/app/tracking.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { trackingTopics } from '../../../daemon/ws/topics/tracking.ts';
import { createApi } from '../../../extension/daemon/api.ts';
import { request } from '../../../extension/daemon/http.ts';
import type { RoomMessage } from '../../../extension/daemon/link.ts';
import { RunLoader } from '../../../extension/views/run-loader.ts';
import { trackingNodes } from '../../../extension/views/tracking-nodes.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { drawn, trackingModel } from '../../unit/extension/views/some.ts';
import { openTracking } from '../../unit/tracking/room.ts';

const TOKEN = 'token';

/** The tree Experiments over real routes and events, without a window; time passes when a test says so. */
export async function openExperimentsTree() {
  const room = openTracking();
  const guard = new Guard(TOKEN);
  const app = createHttp({ guard, logger: { info() {}, warn() {}, error() {} }, onRequest() {} });
  trackingRoutes(app, room.tracking);
  const hub = new Hub('epoch');
  hub.follow('tracking');
  trackingTopics({ hub, tracking: room.tracking, clock: room.clock });
  const port = await listen(app, 0);
  guard.allowPort(port);

  const model = trackingModel();
  const clock = new VirtualClock();
  const asked: string[] = [];
  const door = { url: `http://127.0.0.1:${port}`, token: TOKEN };
  const call = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    asked.push(path);
    // the same shapes on both sides
    return (await request(door, method, path, { body })) as never;
  };
  const api = createApi({ call });
  const loader = new RunLoader(api, model, clock, () => {});
  const hear = (text: string) => {
    const message: RoomMessage = JSON.parse(text);
    model.apply(message);
    loader.refreshSoon();
  };
  hub.published.on(({ text, topic }) => topic === 'tracking' && hear(text));

  return {
    tracking: room.tracking,
    api,
    model,
    loader,
    asked,
    /** the window connects, or does so again */
    connect: async () => hear(await hub.snapshot('tracking')),
    /** what happened is told */
    told: () => room.clock.advance(40),
    /** what became doubtful is read again */
    async settled() {
      await room.clock.advance(40);
      await clock.advance(60_000);
      await loader.idle();
    },
    rows: () => drawn(trackingNodes(model, room.clock.now())),
    tooltip: (experiment: string) => {
      const { tooltip } = trackingNodes(model, room.clock.now()).find(({ label }) => label === experiment) ?? {};
      return typeof tooltip === 'function' ? tooltip() : tooltip;
    },
    async close() {
      loader.dispose();
      await app.close();
      await room.close();
    },
  };
}
export type ExperimentsTree = Awaited<ReturnType<typeof openExperimentsTree>>;
