import type { IncomingMessage, ServerResponse } from 'node:http';
import { asCrisolError } from '../base/errors.ts';
import { lazily } from '../base/lazily.ts';
import type { App } from './server.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A second app behind the server of a first one, made when it is first asked for: a start does not wait for its routes.
 * `isAt`: whether it is what answers there. Answers how to have it made.
 */
export function addAnnex(app: App, isAt: (url: string) => boolean, make: () => App): () => Promise<App> {
  const { server } = app;
  let ready: App | undefined;
  const opened = lazily(async () => {
    const annex = make();
    await annex.ready();
    ready = annex;
    return annex;
  });
  const [answer] = server.listeners('request') as Answer[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!isAt(request.url ?? '')) answer?.(request, response);
    else if (ready) ready.routing(request, response);
    else {
      opened().then(
        (annex) => annex.routing(request, response),
        (failure) => refuse(response, failure),
      );
    }
  });
  app.addHook('onClose', async () => {
    await ready?.close();
  });
  return opened;
}

function refuse(response: ServerResponse, failure: unknown): void {
  const error = asCrisolError(failure);
  response.writeHead(error.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(error.toBody()));
}
