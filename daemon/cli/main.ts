/** The command line over the same daemon that VS Code uses; see launch.ts. */
import { Command, CommanderError } from 'commander';
import { VERSION } from '../../schemas/version.ts';
import type { CrisolError } from '../base/errors.ts';
import { withCommonOptions } from './command.ts';
import { convertCommand } from './commands/convert.ts';
import { daemonCommands } from './commands/daemon.ts';
import { demoCommand } from './commands/demo.ts';
import { driftCommands } from './commands/drift.ts';
import { gcCommand } from './commands/gc.ts';
import { graphCommand } from './commands/graph.ts';
import { importCommand } from './commands/import.ts';
import { languageServerCommand } from './commands/language-server.ts';
import { lintCommand } from './commands/lint.ts';
import { logsCommand } from './commands/logs.ts';
import { modelCommands } from './commands/models.ts';
import { runCommands } from './commands/run.ts';
import { servingCommands } from './commands/serving.ts';
import { sweepCommands } from './commands/sweep.ts';
import { trackingCommands } from './commands/tracking.ts';
import { trainingCommands } from './commands/training.ts';
import { triggerCommands } from './commands/triggers.ts';
import { whyCommand } from './commands/why.ts';
import { exitCodeOf, WRONG_USAGE } from './exit-codes.ts';
import { asFailure } from './failures.ts';
import { printable } from './text.ts';
import { reportToMain } from './usage.ts';

const OLDEST_NODE = 22;

const program = withCommonOptions(new Command('crisol'))
  .description('MLOps on your machine: experiments, models, pipelines, endpoints and drift.')
  .version(VERSION)
  .configureHelp({ showGlobalOptions: false })
  .addHelpText(
    'after',
    '\n`crisol help COMMAND` tells more about one. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no daemon, 130 cancelled.',
  )
  .hook('preAction', (all, action) => {
    // `crisol --json runs` means `crisol runs --json`
    for (const [name, value] of Object.entries(all.opts())) action.setOptionValue(name, action.opts()[name] ?? value);
  });

const groups = [
  ...daemonCommands(),
  ...runCommands(),
  whyCommand(),
  graphCommand(),
  ...triggerCommands(),
  ...sweepCommands(),
  logsCommand(),
  ...trackingCommands(),
  gcCommand(),
  ...modelCommands(),
  ...servingCommands(),
  ...driftCommands(),
  ...trainingCommands(),
  importCommand(),
  lintCommand(),
  convertCommand(),
  languageServerCommand(),
  demoCommand(),
];
for (const command of groups) program.addCommand(command);
reportToMain(program);

// `crisol runs | head` has enough before the end
process.stdout.on('error', () => process.exit());
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(`crisol needs Node ${OLDEST_NODE} or newer; this is ${process.version}.\n`);
  process.exitCode = WRONG_USAGE;
} else {
  program.parseAsync().catch((thrown: unknown) => {
    process.exitCode = explain(thrown);
  });
}

function explain(thrown: unknown): number {
  // help, as an answer or because there was no command
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : WRONG_USAGE;
  return tell(asFailure(thrown));
}

function tell(failure: CrisolError): number {
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(failure.toBody(), null, 2)}\n`);
  process.stderr.write(printable(`${failure.code}: ${failure.message}\n${failure.hint}\n`));
  const { cause } = failure;
  if (failure.code === 'INTERNAL_ERROR' && cause instanceof Error) process.stderr.write(`${cause.stack}\n`);
  return exitCodeOf(failure);
}
