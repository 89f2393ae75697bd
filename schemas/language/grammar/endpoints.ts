import { Type } from 'typebox';
import { Later } from './values.ts';

export const ModelEntry = Type.Object(
  {
    owners: Type.Optional(
      Type.Array(Type.String({ takes: 'a name' }), {
        description: 'Who answers for the model.',
        takes: 'a list of names',
      }),
    ),
    promote: Type.Optional(Later('What a version must pass to enter a stage: gates and approvals.')),
  },
  { description: 'A model of the registry.', takes: 'a map' },
);

export const EndpointEntry = Type.Object(
  {
    model: Type.String({
      description:
        'What it serves: `NAME@STAGE` (whatever holds the stage), `NAME/VERSION`, or `NAME` (what is in production, else in staging, else the newest).',
      format: 'model-ref',
      takes: 'a model',
    }),
    traffic: Type.Optional(Later('How a challenger gets its share of the requests.')),
  },
  { description: 'An endpoint: answers predictions over HTTP.', takes: 'a map with `model`' },
);
