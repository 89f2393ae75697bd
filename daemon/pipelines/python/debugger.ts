import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { StepDebugging } from '../../../schemas/wire/pipelines.ts';

/**
 * What Python runs before anything else, where it is on its path: the step's command stays as it is. Another one of that name
 * would have been run, and still is. The first Python of a step attaches; debuggers follow what it starts by themselves.
 */
const SITE_CUSTOMIZE = `# Written by Crisol, for steps that are debugged.
import os
import sys


def _attach():
    port = os.environ.pop("CRISOL_DEBUG_PORT", None)
    libraries = os.environ.pop("CRISOL_DEBUG_LIBRARIES", None)
    if not port:
        return
    try:
        try:
            import debugpy
        except ImportError:
            if not libraries:
                raise
            sys.path.append(libraries)
            import debugpy
        debugpy.connect(("127.0.0.1", int(port)))
        debugpy.wait_for_client()
    except BaseException as problem:
        print(f"The debugger could not be attached: {problem}", file=sys.stderr)


def _go_on():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    own = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        pass
    # whoever imports it expects it to be there
    if own is not None:
        sys.modules.setdefault("sitecustomize", own)


_go_on()
_attach()
`;

/** The environment in which the first Python of a step waits for its debugger. */
export function debuggingEnvironment(
  folder: string,
  { port, libraries }: Pick<StepDebugging, 'port'> & { libraries: string | undefined },
  pythonPath: string | undefined,
): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sitecustomize.py'), SITE_CUSTOMIZE);
  return {
    PYTHONPATH: [folder, ...(pythonPath ? [pythonPath] : [])].join(delimiter),
    CRISOL_DEBUG_PORT: String(port),
    ...(libraries && { CRISOL_DEBUG_LIBRARIES: libraries }),
    // the standard library is frozen from Python 3.11 on: debuggers say so at each start
    PYDEVD_DISABLE_FILE_VALIDATION: '1',
  };
}
