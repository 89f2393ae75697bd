import { lazily } from '../base/lazily.ts';

/**
 * What checks requests and writes answers is compiled from the schemas, a fifth of the daemon's start for all routes together:
 * each is compiled when its route is first asked for.
 */
export function whenNeeded<Args extends unknown[], Answer>(
  compile: () => (...args: Args) => Answer,
): (...args: Args) => Answer {
  const compiled = lazily(compile);
  return (...args) => compiled()(...args);
}
