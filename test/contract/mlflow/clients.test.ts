import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Guard } from '../../../daemon/http/guard.ts';
import { holdClients } from '../../../daemon/http/mlflow/clients.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { TOKEN } from './mlflow-server.ts';

test('the connection of a script is kept while it is silent, any other one is closed as usual', async () => {
  const guard = new Guard(TOKEN);
  const note = () => {};
  const app = createHttp({ guard, logger: { info: note, warn: note, error: note }, onRequest: note });
  const counts: number[] = [];
  void app.register(async (scope: App) => {
    holdClients(app.server, scope, (open) => counts.push(open));
    scope.get('/mlflow', () => 'here');
  });
  const port = await listen(app, 0);
  guard.allowPort(port);
  app.server.keepAliveTimeout = 20;
  try {
    const [script, other] = await Promise.all([ask(port, '/mlflow'), ask(port, '/health')]);
    await waitFor(() => other.closed, { what: 'the end of the other connection' });
    expect(script.closed).toBe(false);
    expect(counts).toEqual([1]);
    script.destroy();
    await waitFor(() => counts.length > 1, { what: 'the end of the script' });
    expect(counts).toEqual([1, 0]);
  } finally {
    await app.close();
  }
});

/** A connection that was answered once. */
function ask(port: number, path: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`);
  return new Promise((resolve) => socket.once('data', () => resolve(socket.resume())));
}
