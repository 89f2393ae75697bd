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
} from '../../../schemas/wire/registry.ts';
import type { ModelRecord, Registry } from '../../registry/index.ts';
import { listTexts, sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';

const ModelParams = Type.Object({ name: Type.String() });
const VersionParams = Type.Object({ name: Type.String(), version: Type.Integer({ minimum: 1 }) });
const MODELS = `${APP_PREFIX}/models`;

export function registryRoutes(app: App, registry: Registry): void {
  app.get(MODELS, { schema: { response: { 200: ModelList } } }, async (_request, reply) => {
    return sendJsonText(reply, listTexts('models', listed(registry.pieces())));
  });

  app.get(`${MODELS}/:name`, { schema: { params: ModelParams, response: { 200: Model } } }, ({ params }) => {
    return registry.model(params.name);
  });

  app.get(
    `${MODELS}/:name/history`,
    { schema: { params: ModelParams, response: { 200: StageHistory } } },
    ({ params }) => ({ changes: registry.history(params.name) }),
  );

  app.post(
    `${MODELS}/:name/versions`,
    { schema: { params: ModelParams, body: RegisterRequest, response: { 200: ModelVersion } } },
    ({ params, body }) => registry.register(params.name, body),
  );

  app.post(
    `${MODELS}/:name/versions/:version/promote`,
    { schema: { params: VersionParams, body: PromoteRequest, response: { 200: Promotion } } },
    ({ params, body }) => registry.promote(params.name, params.version, body),
  );
}

/** What the wire does not know stays here. */
function* listed(pieces: Iterable<readonly ModelRecord[]>): Generator<Model[]> {
  for (const piece of pieces) {
    yield piece.map(({ versions, ...model }) => {
      return { ...model, versions: versions.map(({ run_link: _, ...version }) => version) };
    });
  }
}
