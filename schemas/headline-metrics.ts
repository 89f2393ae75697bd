/** What people judge a model by, first to last: a row, a line or a check has room for few. */
const HEADLINES = ['f1_macro', 'accuracy', 'f1', 'roc_auc', 'log_loss', 'r2', 'rmse', 'val_loss', 'loss'];

/** The metrics people judge a model by before all others, which stay in their order. */
export function headlinesFirst<Metric>(metrics: readonly Metric[], keyOf: (metric: Metric) => string): Metric[] {
  const place = (metric: Metric) => {
    const at = HEADLINES.indexOf(keyOf(metric));
    return at < 0 ? HEADLINES.length : at;
  };
  return metrics.toSorted((a, b) => place(a) - place(b));
}

/** The first of them that people judge a model by; undefined where none is. */
export function headlineOf(keys: readonly string[]): string | undefined {
  return HEADLINES.find((headline) => keys.includes(headline));
}
