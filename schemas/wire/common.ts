import type { Static } from 'typebox';
import { Type } from 'typebox';

export { APP_PREFIX } from './prefix.ts';

/** States of runs and steps, everywhere: HTTP, WebSocket, trees, command line. */
export const WorkState = Type.Union([
  Type.Literal('pending'),
  Type.Literal('running'),
  Type.Literal('succeeded'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('skipped'),
]);
export type WorkState = Static<typeof WorkState>;

const SAFE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

/** A whole number that JSON, JavaScript and the store all hold as it is. */
export const WholeNumber = Type.Integer(SAFE);

/** Milliseconds since 1970, as MLflow sends them: also before it, if a script says so. */
export const Timestamp = Type.Integer(SAFE);

/** JSON has no NaN and no infinities: they travel as these words. */
export const MetricNumber = Type.Union([
  Type.Number(),
  Type.Literal('NaN'),
  Type.Literal('Infinity'),
  Type.Literal('-Infinity'),
]);
export type MetricNumber = Static<typeof MetricNumber>;

export function toMetricNumber(value: number): MetricNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** Every error, ours and MLflow's, has this shape; `hint` says what to do. */
export const ErrorBody = Type.Object({
  error_code: Type.String(),
  message: Type.String(),
  hint: Type.Optional(Type.String()),
});
export type ErrorBody = Static<typeof ErrorBody>;
