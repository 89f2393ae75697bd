import type { PipelineOverview, PipelineRun } from '../wire/pipelines.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';

/** There is one in a window: the pipeline of its folder. */
export interface PipelineSubject {
  of: 'workspace';
}

/** What crisol.yaml says now. */
export type PipelinePlan = Pick<PipelineOverview, 'name' | 'problem' | 'steps'>;

export type ToPipelinePanel =
  | AnyToPanel
  /** runs from the newest to the oldest */
  | { type: 'pipeline/all'; plan: PipelinePlan; runs: PipelineRun[] }
  /** these are new, or other than before */
  | { type: 'pipeline/runs'; runs: PipelineRun[] };

export type FromPipelinePanel =
  | AnyFromPanel
  /** without a step: all of it. `onward`: every step that waits for it, too */
  | { type: 'pipeline/start'; step: string | null; onward: boolean }
  | { type: 'pipeline/cancel'; run_id: string }
  | { type: 'pipeline/cancel-step'; run_id: string; step: string }
  | { type: 'pipeline/why'; step: string }
  | { type: 'pipeline/open-file' }
  | { type: 'pipeline/open-step'; step: string }
  | { type: 'pipeline/open-log'; run_id: string; step: string }
  | { type: 'pipeline/open-run'; run_id: string }
  /** of the workspace */
  | { type: 'pipeline/open-path'; path: string };
