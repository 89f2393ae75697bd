import type { FromRunsPanel, RunState } from '../../schemas/panels/runs.ts';
import type { Host } from '../shared/host.ts';
import type { LineStyle } from '../shared/palette.ts';
import type { RunsLook } from './look.ts';

/** What every part of the panel needs. */
export interface RunsContext {
  run: RunState;
  style: LineStyle;
  look: RunsLook;
  host: Host<FromRunsPanel, RunsLook>;
}
