import type { FeatureRecord, PredictAnswer } from '../../schemas/wire/serving.ts';

/** One request that was answered; a click fills the form with it. */
export interface Past {
  record: FeatureRecord;
  answer: PredictAnswer;
  round_trip_ms: number;
  at: number;
}

export interface EndpointLook {
  mode: 'form' | 'json';
  /** what stands in the fields, as typed */
  texts: Record<string, string>;
  json: string;
  past: Past[];
}

export const DEFAULT_LOOK: EndpointLook = { mode: 'form', texts: {}, json: '', past: [] };

const KEPT_REQUESTS = 20;

export function remember(past: Past[], news: Past): Past[] {
  return [news, ...past].slice(0, KEPT_REQUESTS);
}
