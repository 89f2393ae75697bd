import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import {
  Model,
  ModelList,
  ModelVersion,
  PromoteRequest,
  Promotion,
  RegisterRequest,
  StageHistory,
  VersionPage,
  VersionsQuery,
} from '../../../schemas/wire/registry.ts';
import type { ModelRecord, Registry, VersionRecord } from '../../registry/index.ts';
import { listTexts, sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';

const ModelParams = Type.Object({ name: Type.String() });
const VersionParams = Type.Object({ name: Type.String(), version: Type.Integer({ minimum: 1 }) });
const MODELS = `${APP_PREFIX}/models`;

const ModelsQuery = Type.Object({ newest: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) });
const USUAL_VERSIONS = 100;

export function registryRoutes(app: App, registry: Registry): void {
  app.get(
    MODELS,
    { schema: { querystring: ModelsQuery, response: { 200: ModelList } } },
    async ({ query: { newest } }, reply) => {
      const pieces = newest === undefined ? registry.pieces() : registry.overviews(newest);
      return sendJsonText(reply, listTexts('models', listed(pieces)));
    },
  );

  app.get(`${MODELS}/:name`, { schema: { params: ModelParams, response: { 200: Model } } }, ({ params }) => {
    return toModel(registry.model(params.name));
  });

  app.get(
    `${MODELS}/:name/history`,
    { schema: { params: ModelParams, response: { 200: StageHistory } } },
    ({ params }) => ({ changes: registry.history(params.name) }),
  );

  versionRoutes(app, registry);
}

function versionRoutes(app: App, registry: Registry): void {
  app.get(
    `${MODELS}/:name/versions`,
    { schema: { params: ModelParams, querystring: VersionsQuery, response: { 200: VersionPage } } },
    ({ params, query: { stage, before, limit = USUAL_VERSIONS } }) => {
      return { versions: registry.inStage(params.name, stage, { before, limit }).map(toVersion) };
    },
  );

  app.post(
    `${MODELS}/:name/versions`,
    { schema: { params: ModelParams, body: RegisterRequest, response: { 200: ModelVersion } } },
    async ({ params, body }) => toVersion(await registry.register(params.name, body)),
  );

  app.post(
    `${MODELS}/:name/versions/:version/promote`,
    { schema: { params: VersionParams, body: PromoteRequest, response: { 200: Promotion } } },
    ({ params, body }) => registry.promote(params.name, params.version, body),
  );
}

function* listed(pieces: Iterable<readonly ModelRecord[]>): Generator<Model[]> {
  for (const piece of pieces) yield piece.map(toModel);
}

/** What the wire does not know stays here. */
function toModel({ versions, ...model }: ModelRecord): Model {
  return { ...model, versions: versions.map(toVersion) };
}

function toVersion({ run_link: _, ...version }: VersionRecord): ModelVersion {
  return version;
}
