import { SETTINGS_VARIABLE } from '../../base/step-settings.ts';
import { contextFrom } from './context.ts';
import { stepFailure } from './failure.ts';
import { runStep } from './run.ts';

/**
 * The program of the built-in steps: `built-in-step KIND`, in the workspace folder, with the environment that any step has and
 * its settings as JSON in one variable more: they may hold secrets, and arguments can be read by other users. It exits with 0, or with 1 and the reason on stderr.
 */
async function main(kind = ''): Promise<void> {
  const settings = process.env[SETTINGS_VARIABLE] ?? '{}';
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
