import type { ModelVersion, PromotionCheck, Stage } from '../../schemas/wire/registry.ts';
import { CrisolError } from '../base/errors.ts';

/** Without it nothing could be served; the other checks only advise. */
const BLOCKING: readonly string[] = ['files'];

/** What is looked at before a version is relied on. Leaving a stage needs no checks: a damaged version can be archived. */
export async function promotionChecks(
  to: Stage,
  { metrics }: Pick<ModelVersion, 'metrics'>,
  findDamaged: () => Promise<string[]>,
): Promise<PromotionCheck[]> {
  if (to === 'archived' || to === 'development') return [];
  const damaged = await findDamaged();
  const names = Object.keys(metrics);
  return [
    {
      name: 'files',
      ok: damaged.length === 0,
      detail: damaged.length === 0 ? 'all files are as registered' : `changed or missing: ${damaged.join(', ')}`,
    },
    {
      name: 'evaluated',
      ok: names.length > 0,
      detail: names.length > 0 ? `evaluated by ${names.join(', ')}` : 'no metrics came with this version',
    },
  ];
}

export function refuseFailed(checks: readonly PromotionCheck[], what: string): void {
  const failed = checks.find(({ name, ok }) => !ok && BLOCKING.includes(name));
  if (failed) throw new CrisolError('MODEL_CHECKS_FAILED', `${what} cannot be promoted: ${failed.detail}.`);
}
