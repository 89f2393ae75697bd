import { Type } from 'typebox';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { RunGroups, SearchKeys, SearchValues } from '../../../schemas/wire/run-changes.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';

/** More groups than anybody looks through; a key with so many values is not one to group by. */
const MOST_GROUPS = 500;

const OfExperiment = Type.Object({ experiment_id: Type.String() });
const GroupsQuery = Type.Object({
  experiment_id: Type.String(),
  /** `params.lr` or `tags.stage` */
  by: Type.String(),
  filter: Type.Optional(Type.String()),
});
const ValuesQuery = Type.Object({ kind: Type.Union([Type.Literal('param'), Type.Literal('tag')]), key: Type.String() });

/** What runs can be grouped and searched by. */
export function runFacetRoutes(app: App, { runs, facets }: Tracking): void {
  app.get(
    `${APP_PREFIX}/runs/groups`,
    { schema: { querystring: GroupsQuery, response: { 200: RunGroups } } },
    async ({ query: { experiment_id, by, filter = '' } }) => {
      const groups = await runs.groups({
        experiment_ids: [experiment_id],
        conditions: parseFilter(filter, 'runs'),
        by: groupingOf(by),
        limit: MOST_GROUPS,
      });
      return { groups: groups.slice(0, MOST_GROUPS), more: groups.length > MOST_GROUPS };
    },
  );

  app.get(
    `${APP_PREFIX}/experiments/:experiment_id/keys`,
    { schema: { params: OfExperiment, response: { 200: SearchKeys } } },
    ({ params }) => facets.keys(params.experiment_id),
  );

  app.get(
    `${APP_PREFIX}/experiments/:experiment_id/values`,
    { schema: { params: OfExperiment, querystring: ValuesQuery, response: { 200: SearchValues } } },
    ({ params, query }) => ({ values: facets.values(params.experiment_id, query.kind, query.key) }),
  );
}

function groupingOf(by: string): { kind: 'param' | 'tag'; key: string } {
  const [order] = parseOrder([by], 'runs');
  if (order?.kind === 'param' || order?.kind === 'tag') return { kind: order.kind, key: order.key };
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Runs are grouped by a param or a tag, not by ${JSON.stringify(by)}.`,
  );
}
