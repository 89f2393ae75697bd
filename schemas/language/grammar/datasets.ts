import { Type } from 'typebox';
import { Paths } from './values.ts';

const Bounds = (description: string) =>
  Type.Object(
    {
      min: Type.Optional(Type.Integer({ description: 'At least so many.', minimum: 0 })),
      max: Type.Optional(Type.Integer({ description: 'At most so many.', minimum: 0 })),
    },
    { description, takes: 'a map such as `{min: 500}`' },
  );

const Check = Type.Object(
  {
    rows: Type.Optional(Bounds('How many rows there may be.')),
    column: Type.Optional(Type.String({ description: 'The column that is checked.', takes: 'the name of a column' })),
    type: Type.Optional(
      Type.Union(
        ['integer', 'number', 'string', 'boolean', 'date', 'timestamp'].map((name) => Type.Literal(name)),
        { description: 'What the values of the column are.' },
      ),
    ),
    not_null: Type.Optional(Type.Boolean({ description: 'No value may be missing.', takes: '`true` or `false`' })),
    between: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'The least and the greatest value: `[0, 20]`.',
        takes: 'a list of two values',
        items: { takes: 'a value' },
      }),
    ),
    in: Type.Optional(
      Type.Array(Type.Unknown(), { description: 'All values that there may be.', takes: 'a list of values' }),
    ),
    matches: Type.Optional(
      Type.String({ description: 'A regular expression that each value matches.', takes: 'a regular expression' }),
    ),
    unique: Type.Optional(
      Type.Union([Type.Boolean(), Type.Array(Type.String({ takes: 'the name of a column' }))], {
        description: 'No value twice, or no combination of these columns twice.',
        takes: '`true`, or a list of columns',
      }),
    ),
  },
  { description: 'A rule that the data must keep.', takes: 'a map with `rows`, `column` or `unique`' },
);

export const Dataset = Type.Object(
  {
    path: Paths('CSV, Parquet or NDJSON: a file, a folder or a glob.'),
    description: Type.Optional(Type.String({ description: 'What the data are.' })),
    checks: Type.Optional(
      Type.Array(Check, { description: 'What is checked of the data.', takes: 'a list of checks', later: true }),
    ),
  },
  { description: 'Data with their checks.', takes: 'a map with `path`' },
);

export const Feature = Type.Object(
  {
    entity: Type.String({ description: 'What a row is about: the column that names it.', takes: 'a column' }),
    timestamp: Type.Optional(
      Type.String({ description: 'The column that says since when a row holds.', takes: 'a column' }),
    ),
    ttl: Type.Optional(
      Type.String({ description: 'How long a row holds.', format: 'duration', takes: 'a time such as `90d`' }),
    ),
    sql: Type.Optional(
      Type.String({ description: 'The file with the query that computes it.', format: 'path', takes: 'a path' }),
    ),
    description: Type.Optional(Type.String({ description: 'What the feature says.' })),
  },
  { description: 'A group of features in the feature store.', takes: 'a map with `entity`' },
);
