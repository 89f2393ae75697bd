import type { Signature } from '../../schemas/model.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';
import { readForm } from './form.ts';
import { readJson } from './json-record.ts';
import type { EndpointLook } from './look.ts';

/** What would be sent now; `record` is null while something is wrong with it. */
export interface Request {
  record: FeatureRecord | null;
  mistakes: Record<string, string>;
  jsonMistake: string | null;
}

export function readRequest(look: EndpointLook, signature: Signature): Request {
  if (look.mode === 'json') {
    const { record, mistake } = readJson(look.json, signature);
    return { record, mistakes: {}, jsonMistake: mistake };
  }
  const { record, mistakes } = readForm(signature, look.texts);
  return { record: Object.keys(mistakes).length === 0 ? record : null, mistakes, jsonMistake: null };
}
