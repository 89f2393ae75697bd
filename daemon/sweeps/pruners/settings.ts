import type { HalvingOptions } from './halving.ts';
import { prunesByHalving, resourceOf } from './halving.ts';
import type { PatienceOptions } from './patience.ts';
import { prunesByPatience } from './patience.ts';
import type { PercentileOptions } from './percentile.ts';
import { prunesByPercentile } from './percentile.ts';
import type { Question } from './pruner.ts';
import type { ThresholdOptions } from './threshold.ts';
import { prunesByThreshold } from './threshold.ts';

export type PrunerSettings =
  | { kind: 'none' }
  | ({ kind: 'asha' } & HalvingOptions)
  | ({ kind: 'percentile' } & PercentileOptions)
  | ({ kind: 'threshold' } & ThresholdOptions)
  | ({ kind: 'patience' } & PatienceOptions);

/** Ends trials without hope, as one sweep's settings say. */
export class Pruner {
  private readonly settings: PrunerSettings;
  /** ASHA's lowest rung where the settings leave it open: it stays what it was once found, so that rungs can be compared */
  minResource: number | null;

  constructor(settings: PrunerSettings, minResource: number | null = null) {
    this.settings = settings;
    this.minResource = settings.kind === 'asha' ? (settings.minResource ?? minResource) : null;
  }

  prunes(question: Question): boolean {
    const { settings } = this;
    switch (settings.kind) {
      case 'asha':
        this.minResource ??= resourceOf(question.trials);
        return prunesByHalving(question, { ...settings, minResource: this.minResource });
      case 'percentile':
        return prunesByPercentile(question, settings);
      case 'threshold':
        return prunesByThreshold(question, settings);
      case 'patience':
        return prunesByPatience(question, settings);
      default:
        return false;
    }
  }
}
