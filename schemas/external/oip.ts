import type { Static } from 'typebox';
import { Type } from 'typebox';

/** The Open Inference Protocol v2 over REST: what MLServer, Triton and KServe speak, as far as our models need it. */
export const Datatype = Type.Enum([
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
]);
export type Datatype = Static<typeof Datatype>;

/** Plain values, as the protocol says: what comes back to the client is walked to be written. */
const Parameters = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]));

/** Row-major; nested as the shape says, or flat. */
export const InferTensor = Type.Object({
  name: Type.String(),
  shape: Type.Array(Type.Integer({ minimum: 0 })),
  datatype: Datatype,
  parameters: Type.Optional(Parameters),
  data: Type.Array(Type.Unknown()),
});
export type InferTensor = Static<typeof InferTensor>;

export const RequestedOutput = Type.Object({ name: Type.String(), parameters: Type.Optional(Parameters) });
export type RequestedOutput = Static<typeof RequestedOutput>;

/** `POST /v2/models/:model[/versions/:version]/infer` */
export const InferRequest = Type.Object({
  id: Type.Optional(Type.String()),
  parameters: Type.Optional(Parameters),
  inputs: Type.Array(InferTensor, { minItems: 1 }),
  outputs: Type.Optional(Type.Array(RequestedOutput)),
});
export type InferRequest = Static<typeof InferRequest>;

export const InferResponse = Type.Object({
  model_name: Type.String(),
  model_version: Type.String(),
  id: Type.String(),
  parameters: Type.Optional(Parameters),
  outputs: Type.Array(InferTensor),
});
export type InferResponse = Static<typeof InferResponse>;

/** In metadata −1 stands for any number of rows. */
export const TensorMetadata = Type.Object({
  name: Type.String(),
  datatype: Datatype,
  shape: Type.Array(Type.Integer()),
});
export type TensorMetadata = Static<typeof TensorMetadata>;

/** `GET /v2/models/:model[/versions/:version]` */
export const ModelMetadata = Type.Object({
  name: Type.String(),
  versions: Type.Array(Type.String()),
  platform: Type.String(),
  inputs: Type.Array(TensorMetadata),
  outputs: Type.Array(TensorMetadata),
});
export type ModelMetadata = Static<typeof ModelMetadata>;

/** `GET /v2` */
export const ServerMetadata = Type.Object({
  name: Type.String(),
  version: Type.String(),
  extensions: Type.Array(Type.String()),
});
export type ServerMetadata = Static<typeof ServerMetadata>;

export const OipError = Type.Object({ error: Type.String() });
export type OipError = Static<typeof OipError>;
