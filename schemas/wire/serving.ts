import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Signature } from '../model.ts';
import { Timestamp } from './common.ts';

export const EndpointState = Type.Union([
  Type.Literal('stopped'),
  Type.Literal('starting'),
  Type.Literal('ready'),
  Type.Literal('failed'),
]);
export type EndpointState = Static<typeof EndpointState>;

export const Endpoint = Type.Object({
  name: Type.String(),
  /** as crisol.yaml says it: `match-outcome@production` */
  model_ref: Type.String(),
  state: EndpointState,
  model: Type.Union([Type.String(), Type.Null()]),
  version: Type.Union([Type.Integer(), Type.Null()]),
  url: Type.Union([Type.String(), Type.Null()], { description: "the serving host's own address" }),
  started_at: Type.Union([Timestamp, Type.Null()]),
  requests: Type.Integer(),
  errors: Type.Integer(),
  p50_ms: Type.Union([Type.Number(), Type.Null()]),
  p99_ms: Type.Union([Type.Number(), Type.Null()]),
  problem: Type.Union([Type.String(), Type.Null()]),
});
export type Endpoint = Static<typeof Endpoint>;

/** `GET /endpoints`: those of crisol.yaml, and those started by hand. */
export const EndpointList = Type.Object({ endpoints: Type.Array(Endpoint) });
export type EndpointList = Static<typeof EndpointList>;

/** `GET /endpoints/:name`; the token is for requests to the endpoint itself. */
export const EndpointDetail = Type.Object({
  ...Endpoint.properties,
  token: Type.Union([Type.String(), Type.Null()]),
  signature: Type.Union([Signature, Type.Null()]),
});
export type EndpointDetail = Static<typeof EndpointDetail>;

/** `POST /endpoints/:name/start`, `/stop`; `model_ref` serves something that crisol.yaml does not name. */
export const StartEndpoint = Type.Object({ model_ref: Type.Optional(Type.String()) });
export type StartEndpoint = Static<typeof StartEndpoint>;

/** What the serving host takes at `POST /predict`: one record of named values. `/predict/batch`: `{records: […]}`. */
export const FeatureValue = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]);
export type FeatureValue = Static<typeof FeatureValue>;
export const FeatureRecord = Type.Record(Type.String(), FeatureValue);
export type FeatureRecord = Static<typeof FeatureRecord>;

export const Prediction = Type.Object({
  label: Type.String(),
  probabilities: Type.Record(Type.String(), Type.Number()),
});
export type Prediction = Static<typeof Prediction>;

export const PredictAnswer = Type.Object({
  ...Prediction.properties,
  model: Type.String(),
  version: Type.Integer(),
  latency_ms: Type.Number(),
});
export type PredictAnswer = Static<typeof PredictAnswer>;
