/** What MLflow's newer interfaces have and Crisol does not keep, by the word in their paths. */
const NOT_KEPT = new Map(
  Object.entries({
    traces: 'Crisol keeps no traces: runs, metrics, params, artifacts and models are logged, traces are not.',
    datasets: 'Crisol keeps no evaluation datasets: log what a run took in with mlflow.log_input.',
    scorers: 'Crisol keeps no scorers.',
    webhooks: 'Crisol has no webhooks.',
  }),
);

/** Of MLflow's own pages, which a browser shows with a session of its own: no client asks for them. */
const OF_PAGES = ['/get-artifact', '/model-versions/get-artifact'];
const FILES =
  'Files are at /api/2.0/mlflow-artifacts/artifacts/…: read them with mlflow.artifacts.download_artifacts, or see them in the editor.';

/**
 * Why there is nothing at a path, where MLflow has something. The client says this sentence at once: it asks again after a 5xx only,
 * and some of its calls rely on this code. Found when nothing else is: a route for each of them took part of the daemon's start.
 */
export function whyNotKept(path: string): string | undefined {
  if (OF_PAGES.includes(path)) return FILES;
  const [, word = ''] = /^\/api\/[23]\.0\/mlflow\/([a-z]+)(?:\/|$)/.exec(path) ?? [];
  return NOT_KEPT.get(word);
}
