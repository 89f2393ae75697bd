import type { Signature } from '../model.ts';
import type { ErrorBody } from '../wire/common.ts';
import type { Endpoint, FeatureRecord, PredictAnswer } from '../wire/serving.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';

export interface EndpointSubject {
  name: string;
}

export type SnippetLanguage = 'curl' | 'python' | 'javascript';

/** `ask` names one press of the button, so that an answer finds its question. The token never comes here. */
export type ToEndpointPanel =
  | AnyToPanel
  | { type: 'endpoint/state'; endpoint: Endpoint; signature: Signature | null }
  | { type: 'endpoint/answer'; ask: number; answer: PredictAnswer; round_trip_ms: number; at: number }
  | { type: 'endpoint/refused'; ask: number; problem: ErrorBody };

export type FromEndpointPanel =
  | AnyFromPanel
  | { type: 'endpoint/predict'; ask: number; record: FeatureRecord }
  | { type: 'endpoint/start' }
  | { type: 'endpoint/stop' }
  | { type: 'endpoint/promote' }
  | { type: 'endpoint/copy-as'; language: SnippetLanguage; record: FeatureRecord };
