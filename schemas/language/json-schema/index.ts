import { FILE_SHAPE, OWN_KEYS } from '../grammar/file.ts';
import type { JsonObject } from '../json.ts';
import { mapKeywords } from './convert.ts';

const DRAFT = 'http://json-schema.org/draft-07/schema#';
const MADE = 'Made from the grammar of the language: not to be changed by hand.';
const FILE_NAME = 'crisol.schema.json';

/** The grammar as JSON Schema, for editors that know no language server of ours; draft-07 is what they read. By file name. */
export function languageSchemas(): Record<string, JsonObject> {
  const { required = [], ...file } = mapKeywords(FILE_SHAPE);
  return {
    [FILE_NAME]: {
      $schema: DRAFT,
      $id: FILE_NAME,
      $comment: MADE,
      title: 'crisol.yaml',
      allOf: [{ $ref: '#/definitions/file' }],
      required,
      definitions: {
        file: {
          description: FILE_SHAPE.description ?? '',
          // an empty file is no map, and `${{ }}` is no file
          type: 'object',
          ...file,
          patternProperties: { [OWN_KEYS]: { description: 'A key of your own, such as a place for YAML anchors.' } },
        },
      },
    },
    // a part may leave out whatever stands in another file
    'crisol-part.schema.json': {
      $schema: DRAFT,
      $id: 'crisol-part.schema.json',
      $comment: MADE,
      title: '*.crisol.yaml',
      allOf: [{ $ref: `${FILE_NAME}#/definitions/file` }],
    },
  };
}
