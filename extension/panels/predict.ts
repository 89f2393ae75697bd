import type { FeatureRecord, PredictAnswer } from '../../schemas/wire/serving.ts';
import { RequestError } from '../daemon/link.ts';
import { t } from '../texts.ts';

export interface Timed {
  answer: PredictAnswer;
  round_trip_ms: number;
}

const GIVE_UP_MS = 60_000;

/** Asks the endpoint itself, as any client does, and measures how long that took. */
export async function predict(door: { url: string; token: string }, record: FeatureRecord): Promise<Timed> {
  const started = performance.now();
  const response = await fetch(`${door.url}/predict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(record),
    redirect: 'error',
    signal: AbortSignal.timeout(GIVE_UP_MS),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  const answer: unknown = await response.json().catch(() => null);
  const round_trip_ms = performance.now() - started;
  if (!response.ok || typeof answer !== 'object' || answer === null) throw refusal(response.status, answer);
  return { answer: answer as PredictAnswer, round_trip_ms };
}

function unreachable(cause: unknown): RequestError {
  const hint = t('Look at the state of the endpoint, and start it again if need be.');
  const error = new RequestError('TEMPORARILY_UNAVAILABLE', t('The endpoint did not answer.'), hint);
  error.cause = cause;
  return error;
}

function refusal(status: number, answer: unknown): RequestError {
  const body = typeof answer === 'object' && answer !== null ? answer : {};
  const text = (key: string) => String((body as Record<string, unknown>)[key] ?? '');
  const message = text('message') || t('The endpoint answered with status {0}.', status);
  return new RequestError(text('error_code') || 'INTERNAL_ERROR', message, text('hint'));
}
