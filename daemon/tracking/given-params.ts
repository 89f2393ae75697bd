import type { JsonObject, JsonValue } from '../../schemas/language/json.ts';
import { leavesOf } from '../../schemas/pipelines/leaves.ts';
import type { KeyValue } from './records.ts';
import type { RunRepository } from './runs/repository.ts';

/**
 * On a run: the params that whoever began it gave to it, by name. Its script knows nothing of that, and may log each of them in words
 * of its own (`1e-05` for 0.00001): these then count, where a second value would be refused otherwise.
 */
const GIVEN_TAG = 'crisol.givenParams';

export const givenTag = (params: readonly KeyValue[]): KeyValue => ({
  key: GIVEN_TAG,
  value: JSON.stringify(params.map(({ key }) => key)),
});

/** More than anybody compares, and than any client takes: a params file may hold tables. */
const MOST = 200;
const LONGEST_VALUE = 6000;

/** `{train: {lr: 0.1}}` as params of a run: `train.lr` is 0.1. */
export function givenParams(values: JsonObject): KeyValue[] {
  const leaves = Object.entries(leavesOf(values)).slice(0, MOST);
  const asText = (value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value));
  return leaves.map(([key, value]) => ({ key, value: asText(value).slice(0, LONGEST_VALUE) }));
}

/** True once for each that was given. */
export function takeGiven({ tags }: Pick<RunRepository, 'tags'>, runNo: number, key: string): boolean {
  const given = namesIn(tags.get(runNo, GIVEN_TAG));
  if (!given.includes(key)) return false;
  tags.set(runNo, { key: GIVEN_TAG, value: JSON.stringify(given.filter((one) => one !== key)) });
  return true;
}

/**
 * Built-in steps log their settings as `train.l2`: that says nothing new of a run that was given an `l2` of that value. The run of
 * the step keeps it.
 */
export function isGivenAlready(
  { params, tags }: Pick<RunRepository, 'params' | 'tags'>,
  { step, run }: { step: number; run: number },
  { key, value }: KeyValue,
): boolean {
  const dot = key.indexOf('.');
  const own = key.slice(dot + 1);
  if (dot < 1 || params.get(run, own) !== value || tags.get(step, 'crisol.step') !== key.slice(0, dot)) return false;
  return namesIn(tags.get(run, GIVEN_TAG)).includes(own);
}

/** Tags can be written by anybody. */
function namesIn(text: string | undefined): unknown[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}
