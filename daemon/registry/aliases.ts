import { isModelAlias } from '../../schemas/model-ref.ts';
import { CrisolError } from '../base/errors.ts';

const MAX_CHARACTERS = 255;

/** MLflow's rules, in its words. */
export function checkAlias(alias: string): string {
  if ([...alias].length > MAX_CHARACTERS) {
    throw refusal(`'Registered model alias name' exceeds the maximum length of ${MAX_CHARACTERS} characters`);
  }
  if (isModelAlias(alias)) return alias;
  throw refusal(
    `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
  );
}

/** `latest` and `v12` mean a version by themselves. */
export function checkNewAlias(alias: string): string {
  if (/^latest$/i.test(alias)) throw refusal("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw refusal(`Version alias name '${alias}' is reserved.`);
  return checkAlias(alias);
}

function refusal(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}
