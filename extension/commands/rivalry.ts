import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import type { ModelVersion } from '../../schemas/wire/registry.ts';
import { metric } from '../views/words.ts';

const SHOWN = 4;
/** Less than the digits on display. */
const SMALLEST = 0.0005;

export interface RivalRow {
  label: string;
  description: string;
}

/** The metrics that both versions have, those that matter first: "f1_macro  0.612 ▲ 0.008  (v3: 0.604)". */
export function rivalry(champion: ModelVersion, challenger: ModelVersion): RivalRow[] {
  const shared = Object.entries(challenger.metrics).flatMap(([key, now]) => {
    const before = Object.hasOwn(champion.metrics, key) ? champion.metrics[key] : undefined;
    return typeof now === 'number' && typeof before === 'number' ? [{ key, now, before }] : [];
  });
  return headlinesFirst(shared, ({ key }) => key)
    .slice(0, SHOWN)
    .map(({ key, now, before }) => ({
      label: `$(graph) ${key}`,
      description: `v${challenger.version} ${metric(now)} ${change(now - before)} · v${champion.version} ${metric(before)}`,
    }));
}

function change(by: number): string {
  const size = Math.abs(by);
  return size < SMALLEST ? '=' : `${by > 0 ? '▲' : '▼'} ${metric(size)}`;
}
