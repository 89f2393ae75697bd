import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `POST /api/crisol/v1/editor`: how a web page leads to the editor whose window is connected */
export const EditorLink = Type.Object({
  /** such as `vscode`; null when the editor is itself a page, which other pages cannot open */
  uri_scheme: Type.Union([Type.String({ pattern: '^[a-z][a-z0-9+.-]{0,40}$' }), Type.Null()]),
});
export type EditorLink = Static<typeof EditorLink>;

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
