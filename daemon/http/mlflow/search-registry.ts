import type {
  MlflowModelVersion,
  MlflowRegisteredModel,
  SearchRegistry,
} from '../../../schemas/external/mlflow/registry.ts';
import { PROMPT_TAG } from '../../../schemas/external/mlflow/registry.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { KeyValue, ModelOutline, ModelRecord, Registry, VersionRecord } from '../../registry/index.ts';
import { holds } from './conditions.ts';
import { readOffset, unlessEmpty, writeOffset } from './translate.ts';
import { sourceOf, toModelVersion, toRegisteredModel } from './translate-registry.ts';

const MOST_MODELS = 1000;
const USUAL_MODELS = 100;
const MOST_VERSIONS = 200_000;

type Attribute = string | number;

/** What is searched: its attributes by MLflow's names. */
interface Candidate<T> {
  item: () => T;
  attributes: Record<string, Attribute>;
  tags: readonly KeyValue[];
  isPrompt: boolean;
}

interface Found<T> {
  items: T[] | undefined;
  next_page_token: string | undefined;
}

/** By name, unless another order is asked for. */
export function findModels(registry: Registry, request: SearchRegistry) {
  const limit = limitOf(request, USUAL_MODELS, MOST_MODELS);
  const conditions = parseFilter(request.filter ?? '', 'models');
  const orders = [...parseOrder(request.order_by ?? [], 'models'), byName];
  const { items, next_page_token } = page(
    outlinesOf(registry, conditions).map((model) => modelCandidate(registry, model)),
    request,
    {
      limit,
      conditions,
      orders,
    },
  );
  return { registered_models: items, next_page_token };
}

/** The one changed last comes first, unless another order is asked for. */
export function findVersions(registry: Registry, request: SearchRegistry) {
  const limit = limitOf(request, MOST_VERSIONS, MOST_VERSIONS);
  const conditions = parseFilter(request.filter ?? '', 'versions');
  conditions.forEach(refuseFraction);
  const asked = parseOrder(request.order_by ?? [], 'versions');
  const orders = [...(asked.length > 0 ? asked : [lastChanged]), byName, newest];
  const candidates = modelsOf(registry, conditions).flatMap((model) =>
    model.versions.map((version) => versionCandidate(model, version)),
  );
  const { items, next_page_token } = page(candidates, request, { limit, conditions, orders });
  return { model_versions: items, next_page_token };
}

const byName: Order = { kind: 'attribute', key: 'name', descending: false };
const newest: Order = { kind: 'attribute', key: 'version_number', descending: true };
const lastChanged: Order = { kind: 'attribute', key: 'last_updated_timestamp', descending: true };

/** Most searches are for the versions of one model or of one run: the others need not be read. */
function modelsOf(registry: Registry, conditions: readonly Condition[]): ModelRecord[] {
  const run = asked('run_id', conditions);
  return namedIn(registry, conditions) ?? (run ? registry.modelsOfRun(run) : registry.models());
}

function outlinesOf(registry: Registry, conditions: readonly Condition[]): ModelOutline[] {
  return namedIn(registry, conditions) ?? registry.outlines();
}

/** The model that is asked for by its name, if one is, and if it is there. */
function namedIn(registry: Registry, conditions: readonly Condition[]): ModelRecord[] | undefined {
  const name = asked('name', conditions);
  if (name === undefined) return undefined;
  const model = registry.find(name);
  return model ? [model] : [];
}

/** The only value that an attribute may have. */
function asked(attribute: string, conditions: readonly Condition[]): string | undefined {
  const found = conditions.find(({ kind, key, op }) => kind === 'attribute' && key === attribute && op === '=');
  return found && String(found.value);
}

function modelCandidate(registry: Registry, model: ModelOutline): Candidate<MlflowRegisteredModel> {
  const { name, created_at, updated_at, tags } = model;
  return {
    item: () => toRegisteredModel(registry.model(name)),
    attributes: { name, creation_timestamp: created_at, last_updated_timestamp: updated_at },
    tags,
    isPrompt: isPrompt(model),
  };
}

function versionCandidate(model: ModelRecord, version: VersionRecord): Candidate<MlflowModelVersion> {
  return {
    item: () => toModelVersion(model, version),
    attributes: {
      name: model.name,
      version_number: version.version,
      run_id: version.run_id ?? '',
      source_path: sourceOf(model.name, version),
      creation_timestamp: version.created_at,
      last_updated_timestamp: version.updated_at,
    },
    tags: version.tags,
    isPrompt: isPrompt(model) || isPrompt(version),
  };
}

export function isPrompt({ tags }: { tags: readonly KeyValue[] }): boolean {
  return tags.some(({ key, value }) => key === PROMPT_TAG && value.toLowerCase() === 'true');
}

interface Asked {
  limit: number;
  conditions: Condition[];
  orders: Order[];
}

function page<T>(candidates: Candidate<T>[], { page_token }: SearchRegistry, asked: Asked): Found<T> {
  const { limit, orders } = asked;
  const offset = readOffset(page_token);
  const { conditions, prompts } = aboutPrompts(asked.conditions);
  const found = candidates
    .filter(
      (one) => (prompts || !one.isPrompt) && conditions.every((condition) => holds(condition, valueIn(one, condition))),
    )
    .sort((one, other) => compare(one, other, orders));
  return {
    items: unlessEmpty(found.slice(offset, offset + limit).map(({ item }) => item())),
    next_page_token: offset + limit < found.length ? writeOffset(offset + limit) : undefined,
  };
}

/** Prompts are found only by whoever asks for them. Models lack the tag: asking for those without it means all of them. */
function aboutPrompts(conditions: Condition[]): { conditions: Condition[]; prompts: boolean } {
  const isAbout = ({ kind, key }: Condition) => kind === 'tag' && key === PROMPT_TAG;
  const prompts = conditions.some((one) => {
    const value = String(one.value).toLowerCase();
    return isAbout(one) && ((one.op === '=' && value === 'true') || (one.op === '!=' && value === 'false'));
  });
  return { conditions: prompts ? conditions : conditions.filter((one) => !isAbout(one)), prompts };
}

function valueIn<T>({ attributes, tags }: Candidate<T>, { kind, key }: Condition): Attribute | null {
  if (kind === 'attribute') return attributes[key] ?? null;
  return tags.find((tag) => tag.key === key)?.value ?? null;
}

function compare<T>(one: Candidate<T>, other: Candidate<T>, orders: readonly Order[]): number {
  for (const { key, descending } of orders) {
    const [a, b] = [one.attributes[key] ?? '', other.attributes[key] ?? ''];
    if (a !== b) return a < b === descending ? 1 : -1;
  }
  return 0;
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
