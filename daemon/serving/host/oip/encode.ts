import type { InferTensor, ModelMetadata, RequestedOutput } from '../../../../schemas/external/oip.ts';
import type { Signature } from '../../../../schemas/model.ts';
import { CrisolError } from '../../../base/errors.ts';
import type { ModelLocation } from '../../protocol.ts';
import type { Outputs } from '../thread-protocol.ts';

/** The outputs that were asked for, in that order; all of them when none was named. */
export function outputTensors(
  { outputs: names, classes }: Signature,
  { labels, probabilities }: Outputs,
  requested: readonly RequestedOutput[] | undefined,
): InferTensor[] {
  const make: Record<string, () => InferTensor> = {
    [names.label]: () => ({ name: names.label, datatype: 'BYTES', shape: [labels.length], data: labels }),
    [names.probabilities]: () => ({
      name: names.probabilities,
      datatype: 'FP32',
      shape: [labels.length, classes.length],
      data: Array.from(probabilities),
    }),
  };
  const wanted = requested?.length ? requested : Object.keys(make).map((name): RequestedOutput => ({ name }));
  return wanted.map(({ name, parameters }) => {
    const tensor = Object.hasOwn(make, name) ? make[name]?.() : undefined;
    if (!tensor) throw unknownOutput(name, Object.keys(make));
    return parameters ? { ...tensor, parameters } : tensor;
  });
}

/** Before inference, so that a wrong name costs nothing. */
export function refuseUnknownOutputs({ outputs }: Signature, requested: readonly RequestedOutput[] | undefined): void {
  const names = Object.values(outputs);
  const unknown = requested?.find(({ name }) => !names.includes(name));
  if (unknown) throw unknownOutput(unknown.name, names);
}

export function modelMetadata(
  { model, version }: ModelLocation,
  { inputs, outputs, classes }: Signature,
): ModelMetadata {
  return {
    name: model,
    versions: [String(version)],
    platform: 'onnx_onnxv1',
    inputs: inputs.map(({ name, kind }) => ({ name, datatype: kind === 'number' ? 'FP32' : 'BYTES', shape: [-1, 1] })),
    outputs: [
      { name: outputs.label, datatype: 'BYTES', shape: [-1] },
      { name: outputs.probabilities, datatype: 'FP32', shape: [-1, classes.length] },
    ],
  };
}

function unknownOutput(name: string, names: readonly string[]): CrisolError {
  return new CrisolError(
    'ENDPOINT_INPUT_INVALID',
    `"${name}" is not an output of this model; it has ${names.join(', ')}.`,
  );
}
