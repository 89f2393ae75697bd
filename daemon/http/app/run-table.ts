import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { RunTable, RunTableColumns } from '../../tracking/index.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';

const USUAL_RUNS = 1000;

const Params = Type.Object({ experiment_id: Type.String() });
const Query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  page_token: Type.Optional(Type.String()),
  /** instead of a page these, as far as they are there; repeated for several */
  run_ids: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 1000 })])),
});

export function runTableRoutes(app: App, table: RunTable): void {
  app.get(
    `${APP_PREFIX}/experiments/:experiment_id/table`,
    { schema: { params: Params, querystring: Query } },
    async ({ params: { experiment_id }, query: { limit = USUAL_RUNS, page_token, run_ids } }, reply) => {
      const columns =
        run_ids === undefined
          ? await table.page(experiment_id, limit, page_token)
          : await table.some(experiment_id, typeof run_ids === 'string' ? [run_ids] : run_ids);
      return sendJsonText(reply, runTableTexts(columns));
    },
  );
}

/** A RunTablePage, written by hand: its lists are JSON already. */
function* runTableTexts(columns: RunTableColumns): Generator<string> {
  const { runs, artifact_root, next_page_token } = columns;
  const { run_ids, names, states, users, started_at, ended_at } = runs;
  const token = next_page_token === undefined ? undefined : JSON.stringify(next_page_token);
  const everyRun = `[${[...Array(runs.count).keys()].join()}]`;
  // those of a column may be in another order, though it has all
  const places = (at: string) => (at === everyRun ? undefined : at);
  const keyed = ({ key, at, values }: RunTableColumns['params'][number]) => {
    return asObject({ key: JSON.stringify(key), at: places(at), values });
  };
  const facts = { run_ids, names, states, users, started_at, ended_at, next_page_token: token };
  yield `${asObject({ ...facts, artifact_root: JSON.stringify(artifact_root) }).slice(0, -1)},"params":`;
  yield* asLists(columns.params, keyed);
  yield ',"tags":';
  yield* asLists(columns.tags, keyed);
  yield ',"metrics":';
  yield* asLists(columns.metrics, ({ key, at, last, step, long_count, long_at, ...rest }) => {
    const { least, least_step, greatest, greatest_step } = rest;
    const long = asObject({ at: long_at, least, least_step, greatest, greatest_step });
    return asObject({ key: JSON.stringify(key), at: places(at), last, step, long: long_count > 0 ? long : undefined });
  });
  const { at, name, digest, context } = columns.datasets ?? { at: '[]', name: '[]', digest: '[]', context: '[]' };
  yield `,"datasets":${asObject({ at, name, digest, context })}}`;
}

/** Of texts that are JSON; what is undefined is left out. */
function asObject(fields: Record<string, string | undefined>): string {
  const there = Object.entries(fields).filter(([, text]) => text !== undefined);
  return `{${there.map(([name, text]) => `"${name}":${text}`).join()}}`;
}

function* asLists<Column>(columns: readonly Column[], textOf: (column: Column) => string): Generator<string> {
  let start = '[';
  for (const column of columns) {
    yield start + textOf(column);
    start = ',';
  }
  yield start === '[' ? '[]' : ']';
}
