export type Goal = 'lowest' | 'highest';

const LOWER_IS_BETTER =
  /(^|[^a-z])(loss|error|err|mse|rmse|mae|mape|nll|brier|perplexity|ppl|ece|regret|latency|duration|seconds|secs|ms|time|wer|cer|fpr|fnr|difference)([^a-z]|$)/;

/** Names say which way is better; where they don't, more is. */
export function goalOf(metric: string): Goal {
  return LOWER_IS_BETTER.test(metric.toLowerCase()) ? 'lowest' : 'highest';
}
