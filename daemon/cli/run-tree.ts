import type { RunList, RunSummary } from '../../schemas/wire/tracking.ts';
import type { Api } from './api.ts';

export interface Row {
  run: RunSummary;
  depth: number;
}

/** So many ids fit into the address of a request. */
const PARENTS_A_REQUEST = 100;
const RUNS_A_PAGE = 50_000;

/** Each run with those below it, in the order in which they began. Asked for level by level, however many there are. */
export async function withChildren(api: Pick<Api, 'get'>, tops: readonly RunSummary[]): Promise<Row[]> {
  const below = new Map<string, RunSummary[]>();
  for (let level = tops; level.length > 0; ) {
    const parents = level.filter(({ children }) => children !== undefined).map(({ run_id }) => run_id);
    const found: RunSummary[] = [];
    for (let at = 0; at < parents.length; at += PARENTS_A_REQUEST) {
      found.push(...(await childrenOf(api, parents.slice(at, at + PARENTS_A_REQUEST))));
    }
    for (const [parent = '', runs] of Map.groupBy(found, (run) => run.parent_run_id)) below.set(parent, runs);
    level = found;
  }
  return rowsOf(tops, below);
}

async function childrenOf(api: Pick<Api, 'get'>, parents: readonly string[]): Promise<RunSummary[]> {
  const found: RunSummary[] = [];
  const query = new URLSearchParams({ order_by: 'start_time ASC', limit: String(RUNS_A_PAGE) });
  for (const parent of parents) query.append('parent', parent);
  for (let token: string | undefined = ''; token !== undefined; ) {
    if (token !== '') query.set('page_token', token);
    const page: RunList = await api.get<RunList>(`/runs?${query}`);
    found.push(...page.runs);
    token = page.next_page_token;
  }
  return found;
}

function rowsOf(runs: readonly RunSummary[], below: ReadonlyMap<string, readonly RunSummary[]>, depth = 0): Row[] {
  return runs.flatMap((run) => [{ run, depth }, ...rowsOf(below.get(run.run_id) ?? [], below, depth + 1)]);
}
