import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { choicesOf } from '../../schemas/language/grammar/shape.ts';

/** What stands for a value that a person will write: such a one as it takes. */
const EXAMPLES: Record<string, string> = {
  path: 'data/data.csv',
  data: 'data/data.csv',
  train: 'build/train.parquet',
  test: 'build/test.parquet',
  target: 'label',
  out: 'build/model',
  model: 'build/model',
  name: 'my-model',
  run: 'python src/main.py',
  entity: 'id',
  cron: '"0 3 * * *"',
  goal: 'maximize f1_macro',
  metric: 'f1_macro',
  endpoint: 'my-endpoint',
  monitor: 'my-monitor',
  dataset: 'my-data',
  step: 'train',
  space: '{lr: {log: [0.001, 0.1]}}',
  limit: '2',
  last: '1000',
  min: '0.5',
};

export function exampleOf(key: string, shape: Shape): string {
  if (shape.format === 'model-ref') return 'my-model@production';
  const [choice] = choicesOf(shape) ?? [];
  const example = EXAMPLES[key] ?? choice ?? shape.default;
  if (example !== undefined) return String(example);
  return shape.type === 'boolean' ? 'true' : shape.type === 'number' || shape.type === 'integer' ? '1' : '""';
}
