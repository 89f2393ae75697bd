import { contextFrom } from './context.ts';
import { stepFailure } from './failure.ts';
import { runStep } from './run.ts';

/**
 * The program of the built-in steps: `built-in-step KIND JSON`, in the workspace folder, with the environment that any
 * step has. It exits with 0, or with 1 and the reason on stderr.
 */
async function main(kind = '', settings = '{}'): Promise<void> {
  try {
    await runStep(kind, settings, contextFrom(process.env, kind));
  } catch (thrown) {
    const failure = stepFailure(thrown);
    process.stderr.write(`${failure.code}: ${failure.message}\n${failure.hint}\n`);
    if (failure.code === 'INTERNAL_ERROR' && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
    process.exitCode = 1;
  }
}

void main(...process.argv.slice(2));
