import { mlflowPython } from './mlflow-python.ts';
import { runSuites } from './suites.ts';
import type { Tally } from './tally.ts';

const NO_PYTHON = `
!!! The conformance tests were left out: MLflow's own client needs Python 3.10 or newer, and none was found on the PATH.
`;

/** Where it is not needed, a machine without Python goes without, and says so. */
export async function runConformance(tally: Tally, { isNeeded, more = [] }: { isNeeded: boolean; more?: string[] }) {
  const python = await mlflowPython();
  if (!python) {
    console.error(NO_PYTHON);
    if (isNeeded) tally.count(false);
    return;
  }
  process.env.CRISOL_MLFLOW_PYTHON = python;
  await runSuites(['conformance'], tally, more);
}
