import type { Shape } from '../grammar/shape.ts';
import { NOT_RUN_YET } from '../grammar/shape.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** What editors show of a key. */
export function annotations({ description = '', later, default: byDefault, examples }: Shape): JsonObject {
  const sentences = [description, later ? NOT_RUN_YET : ''].filter((sentence) => sentence !== '');
  const [plain, markdown] = [sentences.join(' ').replaceAll('`', ''), sentences.join('\n\n')];
  return {
    ...(plain !== '' && { description: plain }),
    ...(markdown !== plain && { markdownDescription: markdown }),
    ...(byDefault !== undefined && { default: byDefault as JsonValue }),
    ...(examples && { examples: [...examples] as JsonValue[] }),
  };
}
