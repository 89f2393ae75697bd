/** Loaded when it is needed: with it comes all that reads and writes YAML. */
export { convertDvc, filesNamedBy } from '../../schemas/language/dvc/convert.ts';
