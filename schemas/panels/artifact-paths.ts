/** A file or folder of a model that a run logged: MLflow keeps these apart from the run's own. */
export interface ModelPlace {
  model_id: string;
  /** from the model's own top, which is '' */
  path: string;
}

/**
 * Among a run's files a logged model is a folder such as `classifier#m-12ab`: its name is not unique, and no path of a run's
 * own file has a hash.
 */
export function modelFolder(name: string, modelId: string): string {
  return `${name.replaceAll(/[#/\\]/g, '-')}#${modelId}`;
}

/** Undefined for a run's own files. */
export function modelPlace(path: string): ModelPlace | undefined {
  const [, model_id, inside = ''] = /^[^/#]*#(m-[\w-]+)(?:\/(.*))?$/.exec(path) ?? [];
  return model_id === undefined ? undefined : { model_id, path: inside };
}

/** Signs that turn the direction of what follows: a name with them may look like another one. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** As a person reads it: a model by its name, and nothing that looks otherwise than it is. */
export function shownPath(path: string): string {
  const named = path.replace(/^([^/#]*)#m-[\w-]+/, (_, name) => name || 'model');
  return named.replace(TURNING, (sign) => `⟨${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
