/** `crisol`: the command line over the same daemon that VS Code uses. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../../schemas/version.ts';
import { asCrisolError } from '../base/errors.ts';
import { daemonCommands } from './commands/daemon.ts';
import { demoCommand } from './commands/demo.ts';
import { driftCommands } from './commands/drift.ts';
import { lintCommand } from './commands/lint.ts';
import { modelCommands } from './commands/models.ts';
import { runCommands } from './commands/run.ts';
import { servingCommands } from './commands/serving.ts';
import { trackingCommands } from './commands/tracking.ts';
import { exitCodeOf, WRONG_USAGE } from './exit-codes.ts';

const program = new Command('crisol')
  .description('MLOps on your machine: experiments, models, pipelines, endpoints and drift.')
  .version(VERSION)
  .exitOverride();

const groups = [
  ...daemonCommands(),
  ...runCommands(),
  ...trackingCommands(),
  ...modelCommands(),
  ...servingCommands(),
  ...driftCommands(),
  lintCommand(),
  demoCommand(),
];
for (const command of groups) program.addCommand(command);
overrideExits(program);

program.parseAsync().catch((thrown: unknown) => {
  process.exitCode = explain(thrown);
});

function explain(thrown: unknown): number {
  // commander has said what is wrong
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : WRONG_USAGE;
  const failure = asCrisolError(thrown);
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(failure.toBody(), null, 2)}\n`);
  process.stderr.write(`${failure.code}: ${failure.message}\n${failure.hint}\n`);
  if (failure.code === 'INTERNAL_ERROR' && failure.cause instanceof Error)
    process.stderr.write(`${failure.cause.stack}\n`);
  return exitCodeOf(failure);
}

function overrideExits(command: Command): void {
  command.exitOverride();
  command.commands.forEach(overrideExits);
}
