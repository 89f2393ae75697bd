import type { Datatype, InferTensor } from '../../../../schemas/external/oip.ts';
import type { InputColumn, Signature } from '../../../../schemas/model.ts';
import type { FeatureRecord } from '../../../../schemas/wire/serving.ts';
import { CrisolError } from '../../../base/errors.ts';
import { describeValue, recordsOfColumns } from '../records.ts';

/** The rows that input tensors hold; refuses with the tensor's name. */
export function recordsOfTensors(tensors: readonly InferTensor[], { inputs }: Signature): FeatureRecord[] {
  const columns = new Map<string, unknown[]>();
  for (const tensor of tensors) {
    const column = inputs.find(({ name }) => name === tensor.name);
    if (!column)
      throw invalid(tensor.name, `is not an input of this model; it has ${inputs.map((i) => i.name).join(', ')}`);
    if (columns.has(tensor.name)) throw invalid(tensor.name, 'is given twice');
    columns.set(tensor.name, valuesOf(tensor, column));
  }
  const missing = inputs.find(({ name }) => !columns.has(name));
  if (missing) throw invalid(missing.name, 'is missing');
  const rows = tensors[0]?.shape[0] ?? 0;
  const odd = tensors.find(({ shape }) => shape[0] !== rows);
  if (odd) throw invalid(odd.name, `has ${odd.shape[0]} rows, "${tensors[0]?.name}" has ${rows}`);
  return recordsOfColumns([...columns], rows);
}

function valuesOf(tensor: InferTensor, { kind }: InputColumn): unknown[] {
  const { name, datatype, shape } = tensor;
  if ((datatype === 'BYTES') !== (kind === 'category')) {
    throw invalid(name, `is ${kind === 'category' ? 'BYTES' : 'a number (FP32)'} for this model, not ${datatype}`);
  }
  if (shape.length === 0 || shape.length > 2 || (shape.length === 2 && shape[1] !== 1)) {
    throw invalid(name, `has the shape [${shape}]; this model wants [rows, 1]`);
  }
  const values = flatten(tensor);
  const wrong = values.find((value) => !FITS[datatype](value));
  if (wrong !== undefined) throw invalid(name, `holds ${describeValue(wrong)}, which is not ${datatype}`);
  return values;
}

/** Data may be flat or nested as the shape says. */
function flatten({ name, shape, data }: InferTensor): unknown[] {
  const rows = shape[0] ?? 0;
  const nested = shape.length === 2 && data.every((item) => Array.isArray(item) && item.length === 1);
  const values = nested ? data.map((item) => (item as unknown[])[0]) : data;
  if (values.length !== rows) throw invalid(name, `has the shape [${shape}] and ${values.length} values`);
  if (values.some(Array.isArray)) throw invalid(name, `is not nested as its shape [${shape}] says`);
  return values;
}

/** null stands for a missing value, for JSON has no NaN */
const float = (value: unknown): boolean => typeof value === 'number' || value === null;
const integer = (min: number, max: number) => (value: unknown) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
const signed = (bits: number) => integer(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1);
const unsigned = (bits: number) => integer(0, 2 ** bits - 1);

const FITS: Record<Datatype, (value: unknown) => boolean> = {
  BOOL: (value) => typeof value === 'boolean',
  UINT8: unsigned(8),
  UINT16: unsigned(16),
  UINT32: unsigned(32),
  UINT64: unsigned(64),
  INT8: signed(8),
  INT16: signed(16),
  INT32: signed(32),
  INT64: signed(64),
  FP16: float,
  FP32: float,
  FP64: float,
  BYTES: (value) => typeof value === 'string' || value === null,
};

function invalid(name: string, problem: string): CrisolError {
  return new CrisolError('ENDPOINT_INPUT_INVALID', `Input "${name}" ${problem}.`);
}
