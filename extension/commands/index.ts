import type * as vscode from 'vscode';
import { linkLogs } from '../vscode/log-links.ts';
import { provideRunDocuments } from '../vscode/run-documents.ts';
import { provideSourceDocuments } from '../vscode/source-documents.ts';
import type { CommandContext } from './context.ts';
import { daemonCommands } from './daemon.ts';
import { debugCommands } from './debug-step.ts';
import { dvcCommands } from './dvc.ts';
import { endpointCommands } from './endpoints.ts';
import { experimentViewCommands } from './experiment-views.ts';
import { experimentCommands } from './experiments.ts';
import { fileCommands } from './file.ts';
import { importCommands } from './import.ts';
import { modelCommands } from './models.ts';
import { monitorCommands } from './monitors.ts';
import { pipelineCommands } from './pipeline.ts';
import { registerAll } from './register.ts';
import { runChangeCommands } from './run-changes.ts';
import { tellFailuresOfOthers } from './run-news.ts';
import { runCommands } from './runs.ts';
import { statusCommands } from './status.ts';
import { stepCommands } from './step.ts';
import { provideStepLogs } from './step-log.ts';
import { sweepCommands } from './sweeps.ts';
import { tableCommands } from './table.ts';
import { tagCommands } from './tags.ts';
import { triggerCommands } from './triggers.ts';
import { whyCommands } from './why.ts';

export type { CommandContext } from './context.ts';

export function registerCommands(context: CommandContext): vscode.Disposable[] {
  const handlers = {
    ...runCommands(context),
    ...runChangeCommands(context),
    ...tagCommands(context),
    ...experimentCommands(context),
    ...experimentViewCommands(context),
    ...tableCommands(context),
    ...modelCommands(context),
    ...pipelineCommands(context),
    ...stepCommands(context),
    ...whyCommands(context),
    ...triggerCommands(context),
    ...debugCommands(context),
    ...sweepCommands(context),
    ...endpointCommands(context),
    ...monitorCommands(context),
    ...importCommands(context),
    ...dvcCommands(),
    ...daemonCommands(context),
    ...fileCommands(context),
    ...statusCommands(context),
  };
  return [
    registerAll(context, handlers),
    provideStepLogs(context),
    tellFailuresOfOthers(context),
    linkLogs(context.folder),
    provideRunDocuments(context.api, context.folder),
    provideSourceDocuments(context.api),
  ];
}
