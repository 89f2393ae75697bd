// for `hide`
import type {} from '@fastify/swagger';
import { CrisolError } from '../../base/errors.ts';
import type { App } from '../server.ts';

/** What MLflow's newer interfaces have and Crisol does not keep, by the word in their paths. */
const NOT_KEPT: Record<string, string> = {
  traces: 'Crisol keeps no traces: runs, metrics, params, artifacts and models are logged, traces are not.',
  datasets: 'Crisol keeps no evaluation datasets: log what a run took in with mlflow.log_input.',
  scorers: 'Crisol keeps no scorers.',
  webhooks: 'Crisol has no webhooks.',
};

/** Of MLflow's own pages, which a browser shows with a session of its own: no client asks for them. */
const OF_PAGES = ['/get-artifact', '/model-versions/get-artifact'];
const FILES =
  'Files are at /api/2.0/mlflow-artifacts/artifacts/…: read them with mlflow.artifacts.download_artifacts, or see them in the editor.';

/** The client says this sentence at once: it asks again after a 5xx only, and some of its calls rely on this code. */
export function notKeptRoutes(app: App): void {
  for (const [word, message] of Object.entries(NOT_KEPT)) {
    for (const version of ['2.0', '3.0']) {
      const base = `/api/${version}/mlflow/${word}`;
      decline(app, [base, `${base}/*`], message);
    }
  }
  decline(app, OF_PAGES, FILES);
}

function decline(app: App, paths: readonly string[], message: string): void {
  for (const path of paths) {
    app.all(path, { schema: { hide: true } }, () => {
      throw new CrisolError('ENDPOINT_NOT_FOUND', message);
    });
  }
}
