import { MODEL_FILES } from '../../schemas/model.ts';
import type { VersionRecord } from './records.ts';

/** The file by which MLflow's client knows a folder as a model. */
export const DESCRIPTION = 'MLmodel';

const MODULE = 'crisol_model';
const CODE = 'code';
const REQUIREMENTS = ['mlflow', 'numpy', 'onnx', 'onnxruntime', 'pandas'];

/** What goes beside the files of a version so that MLflow's client loads them; its description comes last. */
export function loadable(version: VersionRecord): [name: string, text: string][] {
  return [
    ['requirements.txt', REQUIREMENTS.map((name) => `${name}\n`).join('')],
    [`${CODE}/${MODULE}.py`, LOADER],
    [DESCRIPTION, describe(version)],
  ];
}

/** It is read as YAML, which JSON is. */
function describe({ run_id, created_at }: VersionRecord): string {
  const flavors = {
    onnx: { data: MODEL_FILES.onnx, providers: ['CPUExecutionProvider'] },
    python_function: { loader_module: MODULE, code: CODE },
  };
  const utc_time_created = new Date(created_at).toISOString().replace('T', ' ').replace('Z', '000');
  return `${JSON.stringify({ run_id: run_id ?? undefined, utc_time_created, flavors }, null, 2)}\n`;
}

/** The graph wants each column as a tensor of its own, which MLflow's loader for ONNX does not make of a table. */
const LOADER = `"""Loads a model that Crisol trained: from the columns of a table to its classes."""

import json
import os

import numpy
import onnxruntime
import pandas


class Model:
    def __init__(self, folder):
        with open(os.path.join(folder, "${MODEL_FILES.signature}"), encoding="utf-8") as file:
            self.signature = json.load(file)
        self.session = onnxruntime.InferenceSession(
            os.path.join(folder, "${MODEL_FILES.onnx}"), providers=["CPUExecutionProvider"]
        )

    def predict(self, data, params=None):
        table = pandas.DataFrame(data)
        feeds = {column["name"]: tensor(table, column) for column in self.signature["inputs"]}
        (labels,) = self.session.run([self.signature["outputs"]["label"]], feeds)
        return numpy.asarray(labels)


def tensor(table, column):
    values = table[column["name"]]
    if column["kind"] == "number":
        numbers = pandas.to_numeric(values).to_numpy(dtype="float32", na_value=numpy.nan)
        return numbers.reshape(-1, 1)
    texts = ["" if pandas.isna(value) else str(value) for value in values]
    return numpy.array(texts, dtype=object).reshape(-1, 1)


def _load_pyfunc(path):
    return Model(path)
`;
