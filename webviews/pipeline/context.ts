import type { FromPipelinePanel } from '../../schemas/panels/pipeline.ts';
import type { Host } from '../shared/host.ts';
import type { PipelineLook } from './look.ts';
import type { Finding } from './model/finding.ts';
import type { Picture } from './model/picture.ts';

export type PipelineHost = Host<FromPipelinePanel, PipelineLook>;

/** What every part of the panel needs. */
export interface PipelineContext {
  picture: Picture;
  look: PipelineLook;
  host: PipelineHost;
  now: number;
  finding: Finding;
}
