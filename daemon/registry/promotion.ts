import type { Model, Stage } from '../../schemas/wire/registry.ts';

export interface Move {
  version: number;
  from: Stage;
  to: Stage;
}

export interface PromotionPlan {
  /** in this order: what stands in the way leaves first */
  moves: Move[];
  effects: string[];
}

/** Stages that a reference such as `name@production` points to: one version at most stands there. */
const SINGLE: readonly Stage[] = ['staging', 'production'];

/**
 * What moving a version does. The version that held the stage before is archived, as MLflow does with
 * `archive_existing_versions`; it can be promoted again.
 */
export function planPromotion(model: Pick<Model, 'name' | 'versions'>, move: Move): PromotionPlan {
  const holder = SINGLE.includes(move.to) ? holderOf(model, move.to) : undefined;
  const effects = [`v${move.version} moves from ${move.from} to ${move.to}`];
  const moves: Move[] = [];
  if (holder) {
    moves.push({ version: holder.version, from: move.to, to: 'archived' });
    effects.push(`v${holder.version} leaves ${move.to} and is archived`);
    if (holder.version > move.version)
      effects.push(`v${move.version} is older than v${holder.version}, which it replaces`);
  }
  moves.push(move);
  if (SINGLE.includes(move.to)) effects.push(`${model.name}@${move.to} means v${move.version} from then on`);
  if (SINGLE.includes(move.from)) effects.push(`${model.name}@${move.from} means no version any more`);
  return { moves, effects };
}

function holderOf(model: Pick<Model, 'versions'>, stage: Stage): Model['versions'][number] | undefined {
  return model.versions.find((version) => version.stage === stage);
}
