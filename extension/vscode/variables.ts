/** What MLflow's client reads to know where to log. */
export const ADDRESS = 'MLFLOW_TRACKING_URI';
export const TOKEN = 'MLFLOW_TRACKING_TOKEN';

/** Where one of these is set, somebody has decided: our token must not go to another server, nor their words to ours. */
const DECIDING = [ADDRESS, TOKEN, 'MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD'];

export function variablesFor({ url, token }: { url: string; token: string }): Record<string, string> {
  return { [ADDRESS]: url, [TOKEN]: token };
}

/** `inherited` are those that every program here gets: they were not set for this one. */
export function decides(env: Record<string, unknown>, inherited: Record<string, string | undefined> = {}): boolean {
  return DECIDING.some((name) => env[name] !== undefined && env[name] !== null && env[name] !== inherited[name]);
}
