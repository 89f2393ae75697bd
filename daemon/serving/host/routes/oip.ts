import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { InferResponse } from '../../../../schemas/external/oip.ts';
import { InferRequest } from '../../../../schemas/external/oip.ts';
import { VERSION } from '../../../../schemas/version.ts';
import { CrisolError } from '../../../base/errors.ts';
import type { LoadedModel } from '../engine.ts';
import { recordsOfTensors } from '../oip/decode.ts';
import { modelMetadata, outputTensors, refuseUnknownOutputs } from '../oip/encode.ts';
import type { HostParts } from '../parts.ts';

interface ModelPath {
  model: string;
  version?: string;
}

/** The Open Inference Protocol v2, below `/v2`. */
export function oipRoutes({ engine, predictor }: HostParts) {
  const asked = ({ model, version }: ModelPath): LoadedModel => {
    const { location } = engine.current;
    if (model !== location.model || (version !== undefined && version !== String(location.version))) {
      const name = version === undefined ? `"${model}"` : `"${model}" version ${version}`;
      const served = `"${location.model}" version ${location.version}`;
      throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `The model ${name} is not served here; ${served} is.`);
    }
    return engine.current;
  };

  const infer = async (path: ModelPath, request: InferRequest): Promise<InferResponse> => {
    const { signature } = asked(path);
    refuseUnknownOutputs(signature, request.outputs);
    const { model, outputs } = await predictor.predict(recordsOfTensors(request.inputs, signature));
    return {
      model_name: model.location.model,
      model_version: String(model.location.version),
      id: request.id ?? randomUUID(),
      ...(request.parameters && { parameters: request.parameters }),
      outputs: outputTensors(model.signature, outputs, request.outputs),
    };
  };

  return async (app: FastifyInstance): Promise<void> => {
    app.get('/', async () => ({ name: 'crisol', version: VERSION, extensions: [] }));
    app.get('/health/live', async () => ({ live: true }));
    app.get('/health/ready', async (_, reply) => reply.code(engine.ready ? 200 : 503).send({ ready: engine.ready }));
    for (const path of ['/models/:model', '/models/:model/versions/:version']) {
      app.get<{ Params: ModelPath }>(path, async ({ params }) => {
        const { location, signature } = asked(params);
        return modelMetadata(location, signature);
      });
      app.get<{ Params: ModelPath }>(`${path}/ready`, async ({ params }) => {
        return { name: asked(params).location.model, ready: true };
      });
      app.post<{ Params: ModelPath; Body: InferRequest }>(
        `${path}/infer`,
        { schema: { body: InferRequest } },
        ({ params, body }) => infer(params, body),
      );
    }
  };
}
