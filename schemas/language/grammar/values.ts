import { Type } from 'typebox';

/** Pieces that several sections share. */
export const Path = (description: string, path?: 'in' | 'out') =>
  Type.String({ description, format: 'path', takes: 'a path', ...(path && { path }) });

export const Paths = (description: string) =>
  Type.Union([Type.String({ format: 'path' }), Type.Array(Type.String({ format: 'path', takes: 'a path' }))], {
    description,
    takes: 'a path or a list of paths',
  });

/** Paths that a step writes. */
export const OutPaths = (description: string) =>
  Type.Union(
    [
      Type.String({ format: 'path', path: 'out' }),
      Type.Array(Type.String({ format: 'path', path: 'out', takes: 'a path' })),
    ],
    { description, takes: 'a path or a list of paths' },
  );

export const Names = (description: string, names?: 'step' | 'param') =>
  Type.Union([Type.String({ names }), Type.Array(Type.String({ names, takes: 'a name' }))], {
    description,
    takes: 'a name or a list of names',
  });

export const Env = (description: string) =>
  Type.Record(
    Type.String(),
    Type.Union([Type.String({ format: 'process-text' }), Type.Number(), Type.Boolean()], { takes: 'a text' }),
    {
      description,
      takes: 'a map of names and texts',
      keys: 'variable',
    },
  );
