import { Type } from 'typebox';
import { ArtifactTable } from '../../../schemas/wire/artifact-table.ts';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { Artifacts } from '../../artifacts/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { App } from '../server.ts';

const Query = Type.Object({ path: Type.String() });

/** What of an artifact takes more than bytes to see. */
export function artifactTableRoutes(app: App, artifacts: Pick<Artifacts, 'beginning'>): void {
  app.get(
    `${APP_PREFIX}/artifacts/table`,
    { schema: { querystring: Query, response: { 200: ArtifactTable } } },
    async ({ query: { path } }) => {
      if (/[.]parquet$/i.test(path)) return artifacts.beginning(path);
      throw new CrisolError('INVALID_PARAMETER_VALUE', `Only Parquet files are read so, not '${path}'.`);
    },
  );
}
