import { mlflowPython } from './mlflow-python.ts';
import type { Tally } from './tally.ts';

const NO_PYTHON =
  'The conformance tests and those of Python projects in VS Code were left out: they need Python 3.10 or newer, and none was found on the PATH.';

/** Brings what its tests need, and says whether they can run: where they need not, a machine without Python goes without. */
export async function prepareConformance(tally: Tally, { isNeeded }: { isNeeded: boolean }): Promise<boolean> {
  const python = await mlflowPython();
  if (!python) {
    console.error(`\n!!! ${NO_PYTHON}\n`);
    if (isNeeded) tally.count(NO_PYTHON);
    return false;
  }
  process.env.CRISOL_MLFLOW_PYTHON = python;
  return true;
}
