import type { Static } from 'typebox';
import { Type } from 'typebox';

/** The Python that commands of steps find. */
export const PythonInfo = Type.Object({
  /** the program */
  path: Type.String(),
  /** chosen in VS Code; of a virtual environment in the workspace, or the one that was active; the first on PATH */
  from: Type.Union([Type.Literal('chosen'), Type.Literal('workspace'), Type.Literal('active'), Type.Literal('path')]),
  /** such as `Python 3.12.1`; null when it does not say */
  version: Type.Union([Type.String(), Type.Null()]),
});
export type PythonInfo = Static<typeof PythonInfo>;

/** `GET /pipelines/python`, and what the next answers. */
export const PythonAnswer = Type.Object({ python: Type.Union([PythonInfo, Type.Null()]) });
export type PythonAnswer = Static<typeof PythonAnswer>;

/** `POST /pipelines/python`: what was chosen in VS Code; null: nothing is any more */
export const ChoosePython = Type.Object({ path: Type.Union([Type.String(), Type.Null()]) });
export type ChoosePython = Static<typeof ChoosePython>;
