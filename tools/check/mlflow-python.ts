import { pythonWith } from '../lib/python-env.ts';

/** What the scripts and notebooks in test/conformance import. */
const PACKAGES = [
  'mlflow',
  'scikit-learn',
  'skl2onnx',
  'onnxruntime',
  'schemathesis',
  'nbclient',
  'ipykernel',
  'debugpy',
];

/** A Python with the newest MLflow. Undefined on a machine without Python 3.10 or newer. */
export async function mlflowPython(): Promise<string | undefined> {
  if (process.env.CRISOL_MLFLOW_PYTHON) return process.env.CRISOL_MLFLOW_PYTHON;
  const what = 'MLflow and scikit-learn from PyPI, for its own client to test with';
  return pythonWith({ name: 'mlflow', packages: PACKAGES, what });
}
