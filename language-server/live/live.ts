import type { LiveValues } from '../../schemas/language/live.ts';
import type { MonitorSummary } from '../../schemas/wire/monitoring.ts';

/** What the editor told last of the daemon. Nothing here is waited for. */
export class Live {
  monitors: readonly MonitorSummary[] = [];
  values: LiveValues | null = null;

  /** What is known of the project of this file; null for a file of another folder. */
  of(uri: string): LiveValues | null {
    const folder = this.values?.folder ?? null;
    return folder !== null && uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`) ? this.values : null;
  }
}
