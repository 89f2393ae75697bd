import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Signature } from '../../../schemas/model.ts';
import { MODEL_FILES } from '../../../schemas/model.ts';
import { CrisolError } from '../../base/errors.ts';
import { readSignature } from '../../base/signature.ts';
import type { Feeds, Outputs } from './thread-protocol.ts';

const TENSOR_TYPE = { number: 'float32', category: 'string' } as const;

/** An ONNX model with its signature. Lives in the worker: `run` of onnxruntime blocks the thread that calls it. */
export class ModelSession {
  readonly signature: Signature;
  private readonly session: InferenceSession;

  private constructor(signature: Signature, session: InferenceSession) {
    this.signature = signature;
    this.session = session;
  }

  /** Reads the folder, holds graph against signature and runs the example row: what opens can predict. */
  static async open(folder: string): Promise<ModelSession> {
    const signature = await readSignature(folder);
    // one thread an inference: such small graphs only get slower with more
    const options: InferenceSession.SessionOptions = {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    };
    const session = await InferenceSession.create(join(folder, MODEL_FILES.onnx), options);
    for (const problem of mismatches(signature, session)) throw new CrisolError('MODEL_INVALID', problem);
    const model = new ModelSession(signature, session);
    await model.run(exampleRow(signature));
    return model;
  }

  async run(feeds: Feeds): Promise<Outputs> {
    const { label, probabilities } = this.signature.outputs;
    const results = await this.session.run(this.tensors(feeds), [label, probabilities]);
    const labels = Array.from((results[label]?.data ?? []) as ArrayLike<unknown>, String);
    const shares = results[probabilities]?.data;
    if (!(shares instanceof Float32Array) || shares.length !== feeds.rows * this.signature.classes.length) {
      throw new Error(
        `The output "${probabilities}" is not one float32 for each of ${this.signature.classes.length} classes.`,
      );
    }
    if (labels.length !== feeds.rows) throw new Error(`The output "${label}" is not one label a row.`);
    return { labels, probabilities: shares };
  }

  release(): Promise<void> {
    return this.session.release();
  }

  private tensors({ rows, numbers, texts }: Feeds): Record<string, Tensor> {
    const tensors = new Map<string, Tensor>();
    let number = 0;
    let text = 0;
    for (const { name, kind } of this.signature.inputs) {
      if (kind === 'number') {
        tensors.set(name, new Tensor('float32', numbers.subarray(number, number + rows), [rows, 1]));
        number += rows;
      } else {
        tensors.set(name, new Tensor('string', texts.slice(text, text + rows), [rows, 1]));
        text += rows;
      }
    }
    // a column may be called `__proto__`, which no assignment makes a key
    return Object.fromEntries(tensors);
  }
}

function* mismatches({ inputs, outputs }: Signature, session: InferenceSession): Generator<string> {
  const byName = new Map(session.inputMetadata.map((input) => [input.name, input]));
  for (const { name, kind } of inputs) {
    const found = byName.get(name);
    if (!found) yield `The signature names the input "${name}", which the graph does not have.`;
    else if (!found.isTensor || found.type !== TENSOR_TYPE[kind]) {
      yield `The graph's input "${name}" is not ${TENSOR_TYPE[kind]}, as the signature says (${kind}).`;
    }
    byName.delete(name);
  }
  for (const name of byName.keys()) yield `The graph wants the input "${name}", which the signature does not name.`;
  for (const name of [outputs.label, outputs.probabilities]) {
    if (!session.outputNames.includes(name)) yield `The graph has no output "${name}".`;
  }
}

function exampleRow({ inputs }: Signature): Feeds {
  const feeds = { rows: 1, numbers: [] as number[], texts: [] as string[] };
  for (const input of inputs) {
    if (input.kind === 'number') feeds.numbers.push(input.example);
    else feeds.texts.push(input.example);
  }
  return { ...feeds, numbers: Float32Array.from(feeds.numbers) };
}
