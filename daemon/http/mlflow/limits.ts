import type { KeyValue as MlflowKeyValue } from '../../../schemas/external/mlflow/common.ts';
import type { MlflowMetric } from '../../../schemas/external/mlflow/metrics.ts';
import { CrisolError } from '../../base/errors.ts';
import type { KeyValue, LoggedMetric } from '../../tracking/index.ts';
import { invalid } from './reader.ts';

/** MLflow's limits, which its client and its users rely on. */
const MAX_KEY = 250;
const MAX_PARAM_VALUE = 6000;
const MAX_TAG_VALUE = 8000;
const MAX_EXPERIMENT_NAME = 500;
const MAX_EXPERIMENT_TAG_VALUE = 20_000;
const MAX_REGISTRY_TAG_VALUE = 100_000;

const BAD_CHARACTERS =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';
const BAD_PATH =
  'Names may be treated as files in certain cases, and must not resolve to other names when treated as such.';

/** Keys come again with every point: what was found good once need not be looked at again. */
const goodKeys = new Set<string>();
const REMEMBERED_KEYS = 10_000;

/** `path` names the parameter in messages; `what` is how MLflow calls a key that is too long. */
export function checkKey(key: string, path: string, what: string): string {
  if (goodKeys.has(key)) return key;
  if (!/^[/\p{L}\p{N}_.\- :]*$/u.test(key)) throw invalid(key, path, BAD_CHARACTERS);
  if (key.startsWith('..') || key.split('/').some(isNoName)) throw invalid(key, path, BAD_PATH);
  if (lengthOf(key) > MAX_KEY) throw tooLong(what, MAX_KEY);
  if (goodKeys.size >= REMEMBERED_KEYS) goodKeys.clear();
  goodKeys.add(key);
  return key;
}

/** Such a part makes a path mean another one. */
function isNoName(part: string): boolean {
  return part === '' || part === '.' || part === '..';
}

export function asMetric(metric: MlflowMetric, path = ''): LoggedMetric {
  const { key, value, timestamp, step = 0, model_id, dataset_name, dataset_digest } = metric;
  checkKey(key, `${path}name`, 'Metric name');
  if (timestamp < 0)
    throw invalid(timestamp, `${path}timestamp`, 'Timestamp must be a nonnegative long (64-bit integer)');
  if (model_id || dataset_name || dataset_digest) return { key, value, timestamp, step, ...originOf(metric) };
  return { key, value, timestamp, step };
}

/** What was measured, and on which dataset; a dataset alone says nothing. */
function originOf({ model_id, dataset_name, dataset_digest }: MlflowMetric): Partial<LoggedMetric> {
  if (!dataset_name !== !dataset_digest) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      'Both dataset_name and dataset_digest must be provided if one is provided',
    );
  }
  if (!model_id) return {};
  return dataset_name && dataset_digest
    ? { model_id, dataset: { name: dataset_name, digest: dataset_digest } }
    : { model_id };
}

export function asParam({ key, value = '' }: MlflowKeyValue, path = ''): KeyValue {
  return { key: checkKey(key, `${path}key`, 'Param key'), value: cut(value, MAX_PARAM_VALUE) };
}

export function asTag({ key, value = '' }: MlflowKeyValue, path = ''): KeyValue {
  return { key: checkKey(key, `${path}key`, `${path}key`), value: cut(value, MAX_TAG_VALUE) };
}

export function asExperimentTag({ key, value = '' }: MlflowKeyValue): KeyValue {
  if (lengthOf(value) > MAX_EXPERIMENT_TAG_VALUE) throw tooLong('value', MAX_EXPERIMENT_TAG_VALUE);
  return { key: checkKey(key, 'key', 'key'), value };
}

/** Of models and their versions. */
export function asRegistryTag({ key, value = '' }: MlflowKeyValue): KeyValue {
  if (lengthOf(value) > MAX_REGISTRY_TAG_VALUE) throw tooLong('value', MAX_REGISTRY_TAG_VALUE);
  return { key: checkKey(key, 'key', 'key'), value };
}

export function checkExperimentName(name: string): string {
  return checkLength('name', name, MAX_EXPERIMENT_NAME);
}

export function checkLength(what: string, text: string, limit: number): string {
  if (text.length > limit && lengthOf(text) > limit) throw tooLong(what, limit);
  return text;
}

/** The name of a model that is logged. */
export function checkModelName(name: string): string {
  if (!/[/:.%"']/.test(name)) return name;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid model name (${JSON.stringify(name)}) provided. Model name must be a non-empty string and cannot contain the ` +
      'following characters: / : . % " \'',
  );
}

const MAX_METRICS = 1000;
const MAX_PARAMS_OR_TAGS = 100;
const MAX_IN_ALL = 1000;

export function checkBatchSizes(metrics: number, params: number, tags: number): void {
  checkBatchSize('metrics', metrics, MAX_METRICS);
  checkBatchSize('params', params, MAX_PARAMS_OR_TAGS);
  checkBatchSize('tags', tags, MAX_PARAMS_OR_TAGS);
  checkBatchSize('metrics, params, and tags', metrics + params + tags, MAX_IN_ALL);
}

function checkBatchSize(what: string, size: number, limit: number): void {
  if (size <= limit) return;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `A batch logging request can contain at most ${limit} ${what}. Got ${size} ${what}. Please split up ${what} across ` +
      'multiple requests and try again.',
  );
}

export function checkParamsUnique(params: readonly KeyValue[]): void {
  checkKeysUnique(params, 'parameter');
}

export function checkKeysUnique(pairs: readonly KeyValue[], what: 'parameter' | 'tag'): readonly KeyValue[] {
  const seen = new Set<string>();
  for (const { key } of pairs) {
    if (seen.has(key)) {
      const short = what === 'tag' ? what : 'param';
      throw new CrisolError(
        'INVALID_PARAMETER_VALUE',
        `Duplicate ${what} keys have been submitted: ['${key}']. Please ensure the request contains only one ${short} ` +
          `value per ${short} key.`,
      );
    }
    seen.add(key);
  }
  return pairs;
}

/** As people count: an emoji is one character. */
function lengthOf(text: string): number {
  return text.length <= MAX_KEY ? text.length : [...text].length;
}

/** Silently, as MLflow does: a long value must not end a training. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : [...text].slice(0, limit).join('');
}

function tooLong(what: string, limit: number): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `'${what}' exceeds the maximum length of ${limit} characters`);
}
