import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { EditorLink } from '../../../schemas/wire/editor.ts';
import { unknownRoute } from '../failures.ts';
import type { App } from '../server.ts';
import { LINK_PAGE_HEADERS, linkPage } from './link-page.ts';

/** Pages for a browser. They need no token, and tell nothing. */
export function pages(app: App): void {
  let scheme: string | null = null;
  app.post(`${APP_PREFIX}/editor`, { schema: { body: EditorLink } }, ({ body }) => {
    scheme = body.uri_scheme;
    return {};
  });
  app.get('/', { schema: { hide: true } }, (request, reply) => {
    // a client that was given a link of ours as its address: it would print the whole page
    if (request.headers['user-agent']?.startsWith('mlflow')) unknownRoute(request);
    return reply.headers(LINK_PAGE_HEADERS).send(linkPage(scheme));
  });
}
