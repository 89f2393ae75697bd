import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

export type Initializer = InstanceType<typeof onnx.TensorProto>;

export const TYPES = {
  float: onnx.TensorProto.DataType.FLOAT,
  double: onnx.TensorProto.DataType.DOUBLE,
  int64: onnx.TensorProto.DataType.INT64,
  string: onnx.TensorProto.DataType.STRING,
} as const;

export function doubles(name: string, dims: number[], data: ArrayLike<number>): Initializer {
  return onnx.TensorProto.create({ name, dims, dataType: TYPES.double, doubleData: Array.from(data) });
}

export function strings(name: string, values: readonly string[]): Initializer {
  return onnx.TensorProto.create({
    name,
    dims: [values.length],
    dataType: TYPES.string,
    stringData: values.map((value) => Buffer.from(value)),
  });
}

export function integers(name: string, values: readonly number[]): Initializer {
  return onnx.TensorProto.create({
    name,
    dims: [values.length],
    dataType: TYPES.int64,
    int64Data: [...values],
  });
}

/** The declaration of an input or output; `null` is a dimension that the caller chooses. */
export function declaration(name: string, elemType: number, dims: readonly (number | null)[]) {
  const shape = { dim: dims.map((dim) => (dim === null ? { dimParam: 'rows' } : { dimValue: dim })) };
  return onnx.ValueInfoProto.create({ name, type: { tensorType: { elemType, shape } } });
}
