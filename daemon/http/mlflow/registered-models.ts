import type { LatestVersions } from '../../../schemas/external/mlflow/registry.ts';
import * as requests from '../../../schemas/external/mlflow/registry.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Registry } from '../../registry/index.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import { asRegistryTag, checkKey } from './limits.ts';
import { findModels } from './search-registry.ts';
import { unlessEmpty } from './translate.ts';
import {
  newestOfStages,
  stageOf,
  tagsOf,
  toFoundVersion,
  toModelVersion,
  toRegisteredModel,
  versionOf,
} from './translate-registry.ts';

export function registeredModelRoutes(app: App, prefix: string, registry: Registry): void {
  const { catalog } = registry;
  const at = (name: string) => `${prefix}/registered-models/${name}`;

  app.post(at('create'), { schema: { body: requests.CreateModel } }, async ({ body }) => {
    const model = await catalog.create(body.name, body.description, tagsOf(body.tags));
    return { registered_model: toRegisteredModel(model) };
  });

  app.get(at('get'), { schema: { querystring: requests.ModelByName } }, ({ query }) => {
    return { registered_model: toRegisteredModel(registry.overview(query.name)) };
  });

  app.get(at('search'), { schema: { querystring: requests.SearchRegistry } }, async ({ query }, reply) => {
    return sendJsonText(reply, await findModels(registry, query));
  });

  app.patch(at('update'), { schema: { body: requests.UpdateModel } }, async ({ body }) => {
    return { registered_model: toRegisteredModel(await catalog.describe(body.name, body.description ?? '')) };
  });

  app.post(at('rename'), { schema: { body: requests.RenameModel } }, async ({ body }) => {
    return { registered_model: toRegisteredModel(await catalog.rename(body.name, body.new_name)) };
  });

  app.delete(at('delete'), { schema: { body: requests.ModelByName } }, async ({ body }) => {
    await catalog.delete(body.name);
    return {};
  });

  app.post(at('get-latest-versions'), { schema: { body: requests.LatestVersions } }, ({ body }) => {
    return latestVersions(registry, body);
  });
  app.get(at('get-latest-versions'), { schema: { querystring: requests.LatestVersions } }, ({ query }) => {
    return latestVersions(registry, query);
  });

  app.post(at('set-tag'), { schema: { body: requests.SetModelTag } }, async ({ body }) => {
    await catalog.setTag(body.name, asRegistryTag(body));
    return {};
  });

  app.delete(at('delete-tag'), { schema: { body: requests.DeleteModelTag } }, async ({ body }) => {
    await catalog.deleteTag(body.name, checkKey(body.key, 'key', 'key'));
    return {};
  });

  aliasRoutes(app, at('alias'), registry);
}

function aliasRoutes(app: App, path: string, registry: Registry): void {
  const { catalog } = registry;

  app.post(path, { schema: { body: requests.SetAlias } }, async ({ body }) => {
    await catalog.setAlias(body.name, body.alias, versionOf(body.version));
    return {};
  });

  app.get(path, { schema: { querystring: requests.ModelAlias } }, ({ query }) => {
    const found = catalog.byAlias(query.name, query.alias);
    if (found) return { model_version: toFoundVersion(registry.versions.described(query.name, found.version)) };
    if (query.alias.toLowerCase() !== 'latest') {
      throw new CrisolError('INVALID_PARAMETER_VALUE', `Registered model alias ${query.alias} not found.`);
    }
    throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `Latest version not found for model ${query.name}.`);
  });

  app.delete(path, { schema: { body: requests.ModelAlias } }, async ({ body }) => {
    await catalog.deleteAlias(body.name, body.alias);
    return {};
  });
}

function latestVersions(registry: Registry, { name, stages = [] }: LatestVersions) {
  const model = registry.overview(name);
  const found = newestOfStages(model, stages.length > 0 ? stages.map(stageOf) : undefined);
  return { model_versions: unlessEmpty(found.map((version) => toModelVersion(model, version))) };
}
