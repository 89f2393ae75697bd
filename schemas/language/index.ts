/** The language of crisol.yaml: what the daemon, the command line and the language server share. */
export type { Diagnostic, Fix, Severity } from './diagnostic.ts';
export { hasErrors } from './diagnostic.ts';
export type { BuiltInStep } from './grammar/built-in-steps.ts';
export { BUILT_IN_NAMES, BUILT_IN_STEPS, isBuiltInStep } from './grammar/built-in-steps.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type {
  DriftTest,
  EndpointModel,
  Located,
  MonitorModel,
  PipelineModel,
  Plan,
  PlannedStep,
  StepModel,
} from './model.ts';
export { MONITOR_DEFAULTS } from './model.ts';
export type { GatheredParams } from './params.ts';
export { gatherParams } from './params.ts';
export type { ParseOptions, PipelineDocument, PipelineFile } from './parse.ts';
export { parsePipelineFile } from './parse.ts';
export { planOf } from './plan.ts';
export type { Position, Range } from './positions.ts';
export type { PlanContext } from './scope.ts';
export { parseDuration } from './values/duration.ts';
export type { ModelRef, StageName } from './values/model-ref.ts';
export { parseModelRef, STAGES } from './values/model-ref.ts';
export { normalPath, pathsOverlap } from './values/paths.ts';
