/** What comes after the scheme: the extension's own address. */
export const EXTENSION_AUTHORITY = 'crisol.crisol';

export type TrackingPlace = { experimentId: string; runId: string | undefined };

/** As MLflow's client prints it, `#/experiments/1/runs/0a1b…`, and what follows it. */
export const PLACE_IN_FRAGMENT = /^#\/experiments\/(\d{1,19})(?:\/runs\/([\w-]{1,64}))?(?=[/?\s]|$)/;
const PATH = /^\/(?:run\/(\d{1,19})\/([\w-]{1,64})|experiment\/(\d{1,19}))$/;

export function placeOfFragment(fragment: string): TrackingPlace | undefined {
  const [, experimentId, runId] = PLACE_IN_FRAGMENT.exec(fragment) ?? [];
  return experimentId === undefined ? undefined : { experimentId, runId };
}

/** `/run/1/0a1b…` or `/experiment/1`, as in `vscode://crisol.crisol/run/1/0a1b…` */
export function placeOfPath(path: string): TrackingPlace | undefined {
  const [, ofRun, runId, alone] = PATH.exec(path) ?? [];
  const experimentId = ofRun ?? alone;
  return experimentId === undefined ? undefined : { experimentId, runId };
}

export function pathOfPlace({ experimentId, runId }: TrackingPlace): string {
  return runId === undefined ? `/experiment/${experimentId}` : `/run/${experimentId}/${runId}`;
}
