import type { Condition } from '../../schemas/search/index.ts';
import { printFilter } from '../../schemas/search/index.ts';
import type { SweepList } from '../../schemas/wire/sweeps.ts';
import type { RunList } from '../../schemas/wire/tracking.ts';
import { CrisolError } from '../base/errors.ts';
import type { Api } from './api.ts';

const SHOWN = 8;
const WHOLE = /^[0-9a-f]{32}$/;
/** Less than this names nothing surely. */
const BEGINNING = /^[0-9a-f]{4,31}$/;

/** As lists show it: each command takes the beginning of an id for the id. */
export const shortId = (id: string): string => id.slice(0, SHOWN);

/** The id of a run that is called like this, the newest of several; or whose id begins like this. `among`: only such. */
export async function runIdOf(api: Api, given: string, among: readonly Condition[] = []): Promise<string> {
  if (WHOLE.test(given)) return given;
  const [named] = await runsLike(api, [{ kind: 'attribute', key: 'run_name', op: '=', value: given }, ...among]);
  if (named !== undefined) return named;
  const begins: Condition = { kind: 'attribute', key: 'run_id', op: 'LIKE', value: `${given}%` };
  const begun = BEGINNING.test(given) ? await runsLike(api, [begins, ...among]) : [];
  return theOnly(begun, given, {
    what: 'run',
    list: '`crisol runs` lists them, with `--all` also what stands below them.',
  });
}

/** The id of the newest sweep of this name, or of that whose id begins like this. */
export async function sweepIdOf(api: Api, given: string): Promise<string> {
  if (WHOLE.test(given)) return given;
  const { sweeps } = await api.get<SweepList>('/sweeps');
  const named = sweeps.find(({ name }) => name === given);
  if (named) return named.sweep_id;
  const begun = sweeps.map(({ sweep_id }) => sweep_id).filter((id) => BEGINNING.test(given) && id.startsWith(given));
  return theOnly(begun, given, { what: 'sweep', list: '`crisol sweeps` lists them.' });
}

/** Steps and trials have runs, too, which nobody can resume. */
export const PIPELINES: readonly Condition[] = [
  { kind: 'tag', key: 'crisol.pipeline', op: 'IS NOT NULL', value: null },
];

async function runsLike(api: Api, conditions: readonly Condition[]): Promise<string[]> {
  const query = new URLSearchParams({ filter: printFilter(conditions), nested: 'true', limit: '2' });
  return (await api.get<RunList>(`/runs?${query}`)).runs.map(({ run_id }) => run_id);
}

function theOnly(ids: readonly string[], given: string, { what, list }: { what: string; list: string }): string {
  const [first, second] = ids;
  if (second !== undefined) {
    throw new CrisolError('CLI_USAGE', `Several ids of ${what}s begin with ${given}.`, {
      hint: 'Give more of the id.',
    });
  }
  if (first !== undefined) return first;
  throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no ${what} "${given}".`, { hint: list });
}
