import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import { goalOf } from '../../schemas/metric-goal.ts';
import type { ModelVersion } from '../../schemas/wire/registry.ts';
import { t } from '../texts.ts';
import { metric } from '../views/words.ts';

const SHOWN = 4;
/** Less than the digits on display. */
const SMALLEST = 0.0005;

export interface RivalRow {
  label: string;
  description: string;
}

/** The metrics that both versions have, those that matter first: "v4 0.612 ▲ 0.008 better · v3 0.604". */
export function rivalry(champion: ModelVersion, challenger: ModelVersion): RivalRow[] {
  const shared = Object.entries(challenger.metrics).flatMap(([key, now]) => {
    const before = Object.hasOwn(champion.metrics, key) ? champion.metrics[key] : undefined;
    return typeof now === 'number' && typeof before === 'number' ? [{ key, now, before }] : [];
  });
  return headlinesFirst(shared, ({ key }) => key)
    .slice(0, SHOWN)
    .map(({ key, now, before }) => ({
      label: `$(graph) ${key}`,
      description: `v${challenger.version} ${metric(now)} ${change(key, now - before)} · v${champion.version} ${metric(before)}`,
    }));
}

function change(key: string, by: number): string {
  const size = Math.abs(by);
  if (size < SMALLEST) return '=';
  const better = goalOf(key) === 'highest' ? by > 0 : by < 0;
  return `${by > 0 ? '▲' : '▼'} ${metric(size)} ${better ? t('better') : t('worse')}`;
}
