import { VERSIONS_TAG } from '../../../schemas/external/mlflow/registry.ts';
import type { Tracking } from '../../tracking/index.ts';
import { isTooDeep } from '../json-body.ts';

/** Each builds on what the one before wrote. */
let turn: Promise<void> = Promise.resolve();

/** Says on a logged model that it was registered, and as what; MLflow's pages and client read it there. */
export function noteOnLoggedModel(
  { loggedModels }: Pick<Tracking, 'loggedModels'>,
  modelId: string,
  name: string,
  version: number,
): Promise<void> {
  const note = async () => {
    const model = loggedModels.find(modelId);
    if (!model) return;
    const known = listOf(model.tags.find(({ key }) => key === VERSIONS_TAG)?.value);
    const value = JSON.stringify([...known, { name, version }]);
    await loggedModels.setTag(modelId, { key: VERSIONS_TAG, value });
  };
  const noted = turn.then(note);
  turn = noted.catch(() => undefined);
  return noted;
}

/** Anybody may have written the tag. */
function listOf(text = '[]'): unknown[] {
  if (isTooDeep(text)) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
