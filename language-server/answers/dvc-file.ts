import type { DvcDocument } from '../../schemas/language/dvc/file.ts';
import { dvcActions } from '../dvc/actions.ts';
import { dvcDefinition } from '../dvc/definition.ts';
import { dvcHover } from '../dvc/hover.ts';
import type { DvcParamsFile } from '../dvc/params-file.ts';
import { dvcParamDefinition, dvcParamHover, dvcParamReferences } from '../dvc/params-file.ts';
import { dvcSymbols } from '../dvc/symbols.ts';
import type { FileAnswers } from './answers.ts';

/** dvc.yaml is explained, and can become a crisol.yaml. `read` gives the texts of files beside it. */
export function aboutDvc(file: DvcDocument, uri: string, read: (path: string) => string | undefined): FileAnswers {
  return {
    hover: (at) => dvcHover(file, at),
    definition: (at) => dvcDefinition(file, uri, at, read),
    actions: ({ start }) => dvcActions(file, uri, start),
    symbols: () => dvcSymbols(file),
  };
}

/** A params file beside it leads back to the stages. */
export function aboutDvcParams(params: DvcParamsFile): FileAnswers {
  return {
    hover: (at) => dvcParamHover(params, at),
    definition: (at) => dvcParamDefinition(params, at),
    references: (at, withDefinition) => dvcParamReferences(params, at, withDefinition),
  };
}
