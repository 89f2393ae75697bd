import type { ColumnDrift } from '../../../schemas/wire/monitoring.ts';
import type { DriftRules } from '../rules.ts';
import type { Measured } from './measure.ts';
import { measure, testFor } from './measure.ts';
import { missingNote, newCategoriesNote, whyNotComparable } from './notes.ts';
import { picture } from './picture.ts';
import type { PreparedColumn } from './prepare.ts';

/** One column's reference against its current values: always a plain answer, never NaN. */
export function columnDrift(
  name: string,
  reference: PreparedColumn | undefined,
  current: PreparedColumn | undefined,
  rules: DriftRules,
): ColumnDrift {
  const reason = whyNotComparable(reference, current, rules.minRows);
  if (reason !== undefined || !reference || !current)
    return unknownColumn(name, reference, current, rules, reason ?? '');
  const measured = measure(reference, current, rules.test);
  const { significance, threshold } = rules;
  const isLarge = measured.effectName === 'KS' ? measured.effect > threshold : measured.effect >= threshold;
  const isSignificant = measured.pvalue === null || measured.pvalue < significance;
  const notes = [newCategoriesNote(reference, current), missingNote(reference, current)];
  if (isLarge && !isSignificant) notes.unshift(`may be chance: p is not below ${Number(significance.toPrecision(2))}`);
  return {
    ...describe(name, reference, current, rules),
    ...numbers(measured),
    state: isLarge && isSignificant ? 'drift' : 'ok',
    note: notes.filter((note) => note !== '').join('; '),
  };
}

/** A column that is not compared, and why. */
export function unknownColumn(
  name: string,
  reference: PreparedColumn | undefined,
  current: PreparedColumn | undefined,
  rules: DriftRules,
  note: string,
): ColumnDrift {
  const kind = (reference ?? current)?.kind ?? 'category';
  const test = testFor(kind, rules.test);
  return {
    ...describe(name, reference, current, rules),
    state: 'unknown',
    note,
    test,
    statistic: null,
    p_value: null,
    effect: null,
    effect_name: test === 'ks' ? 'KS' : 'PSI',
    psi: null,
  };
}

function describe(
  name: string,
  reference: PreparedColumn | undefined,
  current: PreparedColumn | undefined,
  rules: DriftRules,
) {
  return {
    name,
    kind: (reference ?? current)?.kind ?? 'category',
    threshold: rules.threshold,
    reference_rows: reference?.rows ?? 0,
    current_rows: current?.rows ?? 0,
    bins: reference && current ? picture(reference, current) : null,
  };
}

function numbers({ test, statistic, pvalue, effect, effectName, psi }: Measured) {
  return {
    test,
    statistic: finite(statistic),
    p_value: pvalue === null ? null : finite(pvalue),
    effect: finite(effect),
    effect_name: effectName,
    psi: finite(psi),
  };
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
