import { CrisolError } from '../../base/errors.ts';
import { isTooDeep, tooDeep } from '../json-body.ts';

/** Older clients keep what they log as models in a tag of their run: a JSON list. */
export const LOGGED_MODELS_TAG = 'mlflow.log-model.history';

const REQUIRED = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];
const KEPT = ['run_id', 'artifact_path', 'utc_time_created', 'model_uuid'];

type Entry = Record<string, unknown>;

/** What the tag keeps of a model's description. */
export function readModelEntry(json: string): Entry {
  // a text within the body, whose own depth is counted without it
  if (isTooDeep(json)) throw tooDeep('model_json');
  const model = parse(json);
  if (!isEntry(model)) throw malformed(json);
  const missing = REQUIRED.filter((field) => !Object.hasOwn(model, field));
  if (missing.length > 0) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      `Model json is missing mandatory fields: {${missing.map((field) => `'${field}'`).join(', ')}}`,
    );
  }
  const kept = KEPT.filter((field) => Object.hasOwn(model, field)).map((field) => [field, model[field]]);
  return { ...Object.fromEntries(kept), flavors: withoutConfigs(model.flavors) };
}

/** A tag that holds no list, because somebody else wrote it, is begun anew. */
export function withModelEntry(before: string | undefined, entry: Entry): string {
  const entries = before === undefined || isTooDeep(before) ? [] : parse(before);
  return JSON.stringify([...(Array.isArray(entries) ? entries : []), entry]);
}

function withoutConfigs(flavors: unknown): unknown {
  if (!isEntry(flavors)) return flavors;
  const cleaned = Object.entries(flavors).map(([name, flavor]) => {
    if (!isEntry(flavor)) return [name, flavor];
    const { config: _, ...rest } = flavor;
    return [name, rest];
  });
  return Object.fromEntries(cleaned);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHOWN_CHARS = 200;

function malformed(json: string): CrisolError {
  const shown = json.slice(0, SHOWN_CHARS);
  return new CrisolError('INVALID_PARAMETER_VALUE', `Malformed model info. \n ${shown} \n is not a valid JSON.`);
}
