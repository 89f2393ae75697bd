import type { SearchRegistry } from '../../../schemas/external/mlflow/registry.ts';
import { PROMPT_TAG } from '../../../schemas/external/mlflow/registry.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { KeyValue, Registry, RegistryQuery } from '../../registry/index.ts';
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
  const { pieces, isMore } = await registry.search.models(query);
  return pageTexts('registered_models', pieces, toRegisteredModel, isMore ? offsetAfter(query) : undefined);
}

export async function findVersions(registry: Registry, request: SearchRegistry): Promise<Iterable<string>> {
  const limit = limitOf(request, MOST_VERSIONS, MOST_VERSIONS);
  const conditions = parseFilter(request.filter ?? '', 'versions');
  conditions.forEach(refuseFraction);
  const asked = parseOrder(request.order_by ?? [], 'versions');
  const orders = asked.length > 0 ? asked : [LAST_CHANGED];
  const query = { ...aboutPrompts(conditions), orders, limit, offset: readOffset(request.page_token) };
  const { pieces, isMore } = await registry.search.versions(query);
  return pageTexts('model_versions', pieces, toFoundVersion, isMore ? offsetAfter(query) : undefined);
}

function offsetAfter({ limit, offset }: RegistryQuery): number {
  return offset + limit;
}

/** A page may be of thousands: it is written piece by piece. What is empty is left out. */
function* pageTexts<T>(
  field: string,
  pieces: Iterable<readonly T[]>,
  translate: (item: T) => object,
  next: number | undefined,
): Generator<string> {
  let start = `{"${field}":[`;
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    yield start + piece.map((item) => JSON.stringify(translate(item))).join();
    start = ',';
  }
  const token = next === undefined ? '' : `"next_page_token":${JSON.stringify(writeOffset(next))}`;
  if (start !== ',') yield `{${token}}`;
  else yield `]${token && `,${token}`}}`;
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
