import type { SearchRegistry } from '../../../schemas/external/mlflow/registry.ts';
import { PROMPT_TAG } from '../../../schemas/external/mlflow/registry.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Found, KeyValue, Registry, RegistryQuery } from '../../registry/index.ts';
import { listTexts } from '../json-text.ts';
import { readOffset, writeOffset } from './translate.ts';
import { toFoundVersion, toRegisteredModel } from './translate-registry.ts';

const MOST_MODELS = 1000;
const USUAL_MODELS = 100;
const MOST_VERSIONS = 200_000;

/** The one changed last comes first, unless another order is asked for. */
const LAST_CHANGED: Order = { kind: 'attribute', key: 'last_updated_timestamp', descending: true };

/** By name, unless another order is asked for. */
export async function findModels(registry: Registry, request: SearchRegistry): Promise<Iterable<string>> {
  const limit = limitOf(request, USUAL_MODELS, MOST_MODELS);
  const conditions = parseFilter(request.filter ?? '', 'models');
  const orders = parseOrder(request.order_by ?? [], 'models');
  const query = { ...aboutPrompts(conditions), orders, limit, offset: readOffset(request.page_token) };
  return pageTexts('registered_models', await registry.search.models(query), toRegisteredModel, query);
}

export async function findVersions(registry: Registry, request: SearchRegistry): Promise<Iterable<string>> {
  const limit = limitOf(request, MOST_VERSIONS, MOST_VERSIONS);
  const conditions = parseFilter(request.filter ?? '', 'versions');
  conditions.forEach(refuseFraction);
  const asked = parseOrder(request.order_by ?? [], 'versions');
  const orders = asked.length > 0 ? asked : [LAST_CHANGED];
  const query = { ...aboutPrompts(conditions), orders, limit, offset: readOffset(request.page_token) };
  return pageTexts('model_versions', await registry.search.versions(query), toFoundVersion, query);
}

/** A page may be of thousands: it is written piece by piece. Absent stands for empty. */
function pageTexts<T>(
  field: string,
  { pieces, total, isMore }: Found<T>,
  translate: (item: T) => object,
  { offset, limit }: RegistryQuery,
): Iterable<string> {
  if (total === 0) return ['{}'];
  const more = isMore ? `"next_page_token":${JSON.stringify(writeOffset(offset + limit))}` : '';
  return listTexts(field, translated(pieces, translate), more);
}

function* translated<T>(pieces: Iterable<readonly T[]>, translate: (item: T) => object): Generator<object[]> {
  for (const piece of pieces) yield piece.map(translate);
}

export function isPrompt({ tags }: { tags: readonly KeyValue[] }): boolean {
  return tags.some(({ key, value }) => key === PROMPT_TAG && value.toLowerCase() === 'true');
}

/** Prompts are found only by whoever asks for them. Models lack the tag: asking for those without it means all of them. */
function aboutPrompts(conditions: readonly Condition[]): Pick<RegistryQuery, 'conditions' | 'without'> {
  const isAbout = ({ kind, key }: Condition) => kind === 'tag' && key === PROMPT_TAG;
  const prompts = conditions.some((one) => {
    const value = String(one.value).toLowerCase();
    return isAbout(one) && ((one.op === '=' && value === 'true') || (one.op === '!=' && value === 'false'));
  });
  if (prompts) return { conditions };
  return { conditions: conditions.filter((one) => !isAbout(one)), without: { key: PROMPT_TAG, value: 'true' } };
}

function limitOf({ max_results }: SearchRegistry, usual: number, most: number): number {
  const limit = max_results ?? usual;
  if (limit >= 1 && limit <= most) return limit;
  const wanted = limit < 1 ? 'It must be a positive integer' : `It must be at most ${most}`;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid value ${limit} for parameter 'max_results' supplied. ${wanted}, but got value ${limit}.`,
  );
}

function refuseFraction({ key, value }: Condition): void {
  if (typeof value !== 'number' || Number.isInteger(value)) return;
  throw new CrisolError('INVALID_PARAMETER_VALUE', `Invalid value for numeric attribute '${key}': ${value}`);
}
