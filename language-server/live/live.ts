import type { LiveValues } from '../../schemas/language/live.ts';
import { pathFrom } from '../projects/addresses.ts';

/** What the editor told last of the daemon. Nothing here is waited for. */
export class Live {
  values: LiveValues | null = null;

  /** What is known of the project of this file; null for a file of another folder. */
  of(uri: string): LiveValues | null {
    const folder = this.values?.folder ?? null;
    // the folder of everything is written with a slash at its end
    return folder !== null && pathFrom(folder.replace(/\/$/, ''), uri) !== null ? this.values : null;
  }
}
