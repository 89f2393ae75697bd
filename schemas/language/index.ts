/** The language of crisol.yaml: what the daemon, the command line and the language server share. */
export { hasErrors } from './diagnostic.ts';
export type { PipelineModel, Plan, PlannedStep } from './model.ts';
export { gatherParams } from './params.ts';
export { parsePipelineFile } from './parse.ts';
export { planOf } from './plan.ts';
