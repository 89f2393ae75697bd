/** A column of feature values, as training and scoring see it. */
export type Column = NumberColumn | CategoryColumn;

export interface NumberColumn {
  kind: 'number';
  name: string;
  /** NaN where the value is missing */
  values: Float64Array;
}

export interface CategoryColumn {
  kind: 'category';
  name: string;
  /** the empty text where the value is missing */
  values: string[];
}

/** The texts of a category column, sorted by code point, so that the same rows give the same model everywhere. */
export function distinctSorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
