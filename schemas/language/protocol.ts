/** Which files are ours: crisol.yaml, and parts of it. YAML's own language id stays, so that formatters go on working. */
export const PIPELINE_FILE_NAME = 'crisol.yaml';
export const PIPELINE_FILE_GLOB = '**/{crisol.yaml,*.crisol.yaml}';

/** Pipelines of DVC: explained, never written. */
export const DVC_FILE_NAME = 'dvc.yaml';
export const DVC_FILE_GLOB = `**/${DVC_FILE_NAME}`;
export const isDvcFile = (path: string): boolean => /(^|[/\\])dvc\.yaml$/.test(path);

export type PipelineFileRole = 'main' | 'part';

/** Takes a path or a URI. Null: not a file of this language. */
export function pipelineFileRole(path: string): PipelineFileRole | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (name === PIPELINE_FILE_NAME) return 'main';
  return name.endsWith(`.${PIPELINE_FILE_NAME}`) ? 'part' : null;
}

/** Editor → server, a notification: what the daemon knows right now (`LiveValues`); replaces what was sent before. */
export const LIVE_NOTIFICATION = 'crisol/live';

/** Editor → server, a request: why a step would run. Answers null where there is no such step. */
export const WHY_REQUEST = 'crisol/why';
export interface WhyParams {
  uri: string;
  step: string;
}

/** `initializationOptions`, all optional. */
export interface LanguageServerOptions {
  /** the editor has the commands of our extension: lenses and suggestions may call them */
  commands?: boolean;
  /** address of docs/crisol-yaml.md: diagnostics then link to their entry */
  docs?: string;
}

/**
 * For Node, where the editor starts the server itself: what a key throws away is collected at once, while it is young; and what
 * opening a file of thousands of lines takes to keep is no reason to look through all memory in its middle. Only at the start
 * this can be said.
 */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--initial-old-space-size=40'];
