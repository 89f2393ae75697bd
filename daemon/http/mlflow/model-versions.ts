import * as requests from '../../../schemas/external/mlflow/registry.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Registry, VersionRecord } from '../../registry/index.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import { asRegistryTag, checkKey } from './limits.ts';
import { noteOnLoggedModel } from './logged-versions.ts';
import { findVersions } from './search-registry.ts';
import { stageOf, tagsOf, toFoundVersion, versionOf } from './translate-registry.ts';
import type { SourceRooms } from './version-sources.ts';
import { originOf } from './version-sources.ts';

export function modelVersionRoutes(app: App, prefix: string, rooms: SourceRooms): void {
  const { registry } = rooms;
  const at = (name: string) => `${prefix}/model-versions/${name}`;
  const answer = (name: string, { version }: Pick<VersionRecord, 'version'>) => {
    return { model_version: toFoundVersion(registry.versions.described(name, version)) };
  };

  app.post(at('create'), { schema: { body: requests.CreateVersion } }, async ({ body }) => {
    return answer(body.name, await create(rooms, body));
  });

  app.get(at('get'), { schema: { querystring: requests.VersionByNumber } }, ({ query }) => {
    return answer(query.name, { version: versionOf(query.version) });
  });

  app.get(at('search'), { schema: { querystring: requests.SearchRegistry } }, async ({ query }, reply) => {
    return sendJsonText(reply, await findVersions(registry, query));
  });

  app.get(at('get-download-uri'), { schema: { querystring: requests.VersionByNumber } }, async ({ query }) => {
    return { artifact_uri: await downloadUri(registry, query.name, versionOf(query.version)) };
  });

  app.patch(at('update'), { schema: { body: requests.UpdateVersion } }, async ({ body }) => {
    const { name, version, description = '' } = body;
    return answer(name, await registry.versions.describe(name, versionOf(version), description));
  });

  app.delete(at('delete'), { schema: { body: requests.VersionByNumber } }, async ({ body }) => {
    await registry.versions.delete(body.name, versionOf(body.version));
    return {};
  });

  app.post(at('transition-stage'), { schema: { body: requests.TransitionStage } }, async ({ body }) => {
    const { name, version, stage, archive_existing_versions: replaces = false } = body;
    const to = stageOf(stage);
    if (replaces) refuseUnlessActive(stage);
    const reason = 'Moved with transition_model_version_stage';
    return answer(name, await registry.versions.move(name, versionOf(version), { to, reason, replaces }));
  });

  app.post(at('set-tag'), { schema: { body: requests.SetVersionTag } }, async ({ body }) => {
    await registry.versions.setTag(body.name, versionOf(body.version), asRegistryTag(body));
    return {};
  });

  app.delete(at('delete-tag'), { schema: { body: requests.DeleteVersionTag } }, async ({ body }) => {
    await registry.versions.deleteTag(body.name, versionOf(body.version), checkKey(body.key, 'key', 'key'));
    return {};
  });
}

async function create(rooms: SourceRooms, body: requests.CreateVersion): Promise<VersionRecord> {
  const { name, description, run_link } = body;
  const { versions } = rooms.registry;
  rooms.registry.catalog.refuseUnknown(name);
  const { copyOf, location, ...origin } = originOf(rooms, body);
  const registration = { ...origin, description, run_link, tags: tagsOf(body.tags) };
  if (copyOf) return versions.copy(copyOf, name, registration);
  const version = await versions.add(name, { ...registration, location: location ?? origin.source });
  if (version.model_id !== null) await noteOnLoggedModel(rooms.tracking, version.model_id, name, version.version);
  return version;
}

/** Of a version whose files are ours, they are laid where the client can load them from. */
async function downloadUri({ versions }: Registry, name: string, version: number): Promise<string> {
  return versions.get(name, version).location ?? `mlflow-artifacts:/${await versions.publish(name, version)}`;
}

function refuseUnlessActive(stage: string): void {
  if (['staging', 'production'].includes(stageOf(stage))) return;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages ` +
      "are ['Staging', 'Production']",
  );
}
