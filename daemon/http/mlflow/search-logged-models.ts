import { createHash } from 'node:crypto';
import type {
  MlflowLoggedModel,
  SearchLoggedModels,
  LoggedModelOrder as SentOrder,
} from '../../../schemas/external/mlflow/logged-models.ts';
import type { Condition } from '../../../schemas/search/index.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { LoggedModelDetail, LoggedModelOrder, Tracking } from '../../tracking/index.ts';
import { listTexts } from '../json-text.ts';
import { readOffset, writeOffset } from './translate.ts';
import { artifactLocations, statusOf, toLoggedModel } from './translate-models.ts';

const USUAL_RESULTS = 100;
const MAX_ORDERS = 100;
const METRICS = 'metrics.';

/** A page may be of thousands: it is written piece by piece. Absent stands for empty. */
export function findLoggedModels(tracking: Tracking, request: SearchLoggedModels): Iterable<string> {
  const { experiment_ids, filter = '', datasets = [], order_by = [], page_token } = request;
  const limit = request.max_results || USUAL_RESULTS;
  if (limit < 0) {
    throw refused(`Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`);
  }
  if (order_by.length > MAX_ORDERS) throw refused(`A search may be ordered by at most ${MAX_ORDERS} fields.`);
  const offset = readPage(page_token, request);
  const { total, isMore, pieces } = tracking.loggedModels.page({
    experiment_ids,
    conditions: parseFilter(filter, 'logged-models').map(asCondition),
    datasets: datasets.map((dataset) => ({ name: dataset.dataset_name, digest: dataset.dataset_digest || undefined })),
    orders: order_by.map(asOrder),
    limit,
    offset,
  });
  if (total === 0) return ['{}'];
  const more = isMore ? `"next_page_token":${JSON.stringify(writePage(offset + limit, request))}` : '';
  return listTexts('models', translated(tracking, pieces), more);
}

function* translated(tracking: Tracking, pieces: Iterable<LoggedModelDetail[]>): Generator<MlflowLoggedModel[]> {
  const locationOf = artifactLocations(tracking);
  for (const piece of pieces) yield piece.map((model) => toLoggedModel(model, locationOf));
}

/** A status is searched for by any of its names. */
function asCondition(condition: Condition): Condition {
  if (condition.kind !== 'attribute' || condition.key !== 'status') return condition;
  if (condition.op === '=' || condition.op === '!=') {
    return { kind: 'attribute', key: 'status', op: condition.op, value: statusOf(condition.value) };
  }
  if (condition.op === 'IN' || condition.op === 'NOT IN') return { ...condition, value: condition.value.map(statusOf) };
  return condition;
}

function asOrder({ field_name, ascending = true, dataset_name, dataset_digest }: SentOrder): LoggedModelOrder {
  const descending = !ascending;
  if (field_name.startsWith(METRICS)) {
    const dataset = { name: dataset_name || undefined, digest: dataset_digest || undefined };
    return { kind: 'metric', key: field_name.slice(METRICS.length), descending, dataset };
  }
  if (field_name.includes('.')) {
    throw refused(`Invalid order by field name: ${field_name}. Only metrics are supported.`);
  }
  const [order] = parseOrder([field_name], 'logged-models');
  if (!order) throw refused(`Invalid order by field name: ${field_name}`);
  return { kind: 'attribute', key: order.key, descending };
}

/** A page belongs to what was asked: it makes no sense of another search. */
function readPage(token: string | undefined, request: SearchLoggedModels): number {
  if (!token) return 0;
  const [offset = '', of] = token.split('.');
  if (of === fingerprint(request)) return readOffset(offset);
  throw refused('The page token is not one of this search: experiments, filter and order must be the same.');
}

function writePage(offset: number, request: SearchLoggedModels): string {
  return `${writeOffset(offset)}.${fingerprint(request)}`;
}

function fingerprint({ experiment_ids, filter = '', order_by = [] }: SearchLoggedModels): string {
  const asked = JSON.stringify([experiment_ids, filter, order_by]);
  return createHash('sha256').update(asked).digest('base64url').slice(0, 16);
}

function refused(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}
