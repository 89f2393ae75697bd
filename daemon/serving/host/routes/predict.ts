import type { FastifyInstance } from 'fastify';
import type { PredictAnswer } from '../../../../schemas/wire/serving.ts';
import { CrisolError } from '../../../base/errors.ts';
import type { HostParts } from '../parts.ts';
import type { Answered } from '../predictor.ts';
import { isRecord, recordList } from '../records.ts';

/** Our own interface: a record of named values in, a label with its probabilities out. */
export function predictRoutes({ predictor }: HostParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.post('/predict', async ({ body }): Promise<PredictAnswer> => {
      if (!isRecord(body)) throw new CrisolError('ENDPOINT_INPUT_INVALID', 'Send one JSON object of named values.');
      const answered = await predictor.predict([body]);
      const [answer] = toAnswers(answered);
      if (!answer) throw new Error('One record gave no prediction.');
      return answer;
    });
    app.post('/predict/batch', async ({ body }): Promise<{ predictions: PredictAnswer[] }> => {
      const records = isRecord(body) ? recordList((body as { records?: unknown }).records) : null;
      if (!records)
        throw new CrisolError('ENDPOINT_INPUT_INVALID', 'Send {"records": […]} with a list of JSON objects.');
      return { predictions: toAnswers(await predictor.predict(records)) };
    });
  };
}

function toAnswers({ model, predictions, latency_ms }: Answered): PredictAnswer[] {
  const { model: name, version } = model.location;
  return predictions.map((prediction) => ({ ...prediction, model: name, version, latency_ms }));
}
