import { Type } from 'typebox';
import { Dataset, Feature } from './datasets.ts';
import { EndpointEntry, ModelEntry } from './endpoints.ts';
import { MonitorEntry } from './monitors.ts';
import { On } from './on.ts';
import { shapeOf } from './shape.ts';
import { Step } from './steps.ts';
import { Sweep } from './sweeps.ts';
import { Env } from './values.ts';

export const LANGUAGE_VERSION = 1;

const Params = Type.Union(
  [
    Type.String({ format: 'path' }),
    Type.Array(Type.String({ format: 'path', takes: 'a path' })),
    Type.Record(Type.String(), Type.Unknown()),
  ],
  {
    description: `Values for \`\${{ params.… }}\`: a map, a file that holds one, or a list of files.`,
    elsewhere: ['parameters', 'vars'],
    takes: 'a map, a file or a list of files',
  },
);

/** All of crisol.yaml. */
export const PipelineFileSchema = Type.Object(
  {
    version: Type.Literal(LANGUAGE_VERSION, { description: 'The version of this language: `1`.', ownRule: true }),
    name: Type.Optional(
      Type.String({
        description: 'The name of the project; its runs are gathered in an experiment of that name.',
        format: 'project-name',
        takes: 'a name',
      }),
    ),
    params: Type.Optional(Params),
    env: Type.Optional(Env('Environment of all steps.')),
    steps: Type.Optional(
      Type.Record(Type.String(), Step, {
        description: 'The pipeline. The order follows from what the steps read and write.',
        elsewhere: ['stages', 'jobs', 'tasks'],
        takes: 'a map of steps',
        keys: 'name',
      }),
    ),
    models: Type.Optional(
      Type.Record(Type.String(), ModelEntry, {
        description: 'Models of the registry.',
        takes: 'a map of models',
        keys: 'model-name',
      }),
    ),
    endpoints: Type.Optional(
      Type.Record(Type.String(), EndpointEntry, {
        description: 'What is served.',
        takes: 'a map of endpoints',
        keys: 'name',
      }),
    ),
    monitors: Type.Optional(
      Type.Record(Type.String(), MonitorEntry, {
        description: 'What is watched for drift.',
        takes: 'a map of monitors',
        keys: 'name',
      }),
    ),
    include: Type.Optional(
      Type.Union([Type.String({ format: 'path' }), Type.Array(Type.String({ format: 'path', takes: 'a path' }))], {
        description: 'Other files `*.crisol.yaml` that belong to this one.',
        takes: 'a path or a list of paths',
      }),
    ),
    datasets: Type.Optional(
      Type.Record(Type.String(), Dataset, {
        description: 'Data files with their checks.',
        takes: 'a map of datasets',
        keys: 'name',
      }),
    ),
    features: Type.Optional(
      Type.Record(Type.String(), Feature, {
        description: 'The feature store.',
        takes: 'a map of features',
        keys: 'name',
        later: true,
      }),
    ),
    sweeps: Type.Optional(
      Type.Record(Type.String(), Sweep, {
        description: 'Searches for the best params of a step.',
        takes: 'a map of sweeps',
        keys: 'name',
      }),
    ),
    on: Type.Optional(On),
  },
  { description: 'A Crisol project.', takes: 'a map with `version`, `steps`, `endpoints` and so on' },
);

export const FILE_SHAPE = shapeOf(PipelineFileSchema);

/** Keys of one's own at the top, a place for YAML anchors. */
export const OWN_KEYS = '^x-';
const OWN_KEY = new RegExp(OWN_KEYS);
export const isOwnKey = (key: string): boolean => OWN_KEY.test(key);
