import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import { metricText } from '../../schemas/metric-text.ts';
import type { ModelVersion, PromotionCheck, Stage } from '../../schemas/wire/registry.ts';
import { CrisolError } from '../base/errors.ts';

const SHOWN = 2;

/** What is looked at before a version is relied on. Leaving a stage needs no checks: a damaged version can be archived. */
export async function promotionChecks(
  to: Stage,
  { metrics, location = null }: Pick<ModelVersion, 'metrics' | 'location'>,
  findDamaged: () => Promise<string[]>,
): Promise<PromotionCheck[]> {
  if (to === 'archived' || to === 'development') return [];
  const measured = Object.keys(metrics).length > 0;
  return [
    location === null ? ownFiles(await findDamaged()) : filesElsewhere(location),
    {
      blocking: false,
      name: 'evaluated',
      ok: measured,
      detail: measured ? inShort(metrics) : 'no metrics came with this version',
    },
  ];
}

/** Without them nothing could be served. */
function ownFiles(damaged: readonly string[]): PromotionCheck {
  const ok = damaged.length === 0;
  const detail = ok ? 'all files are as registered' : `changed or missing: ${damaged.join(', ')}`;
  return { blocking: true, name: 'files', ok, detail };
}

function filesElsewhere(location: string): PromotionCheck {
  return { blocking: false, name: 'files', ok: true, detail: `they stay where a script keeps them: ${location}` };
}

/** "f1_macro 0.615, accuracy 0.639 and 12 more": those first that people judge a model by. */
function inShort(metrics: ModelVersion['metrics']): string {
  const all = headlinesFirst(Object.entries(metrics), ([name]) => name);
  const shown = all.slice(0, SHOWN).map(([name, value]) => `${name} ${metricText(value)}`);
  return shown.join(', ') + (all.length > SHOWN ? ` and ${all.length - SHOWN} more` : '');
}

export function refuseFailed(checks: readonly PromotionCheck[], what: string): void {
  const failed = checks.find(({ ok, blocking }) => !ok && blocking);
  if (failed) throw new CrisolError('MODEL_CHECKS_FAILED', `${what} cannot be promoted: ${failed.detail}.`);
}
