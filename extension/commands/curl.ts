import type { EndpointDetail } from '../../schemas/wire/serving.ts';

/** One line for a terminal, with an example from the training data; nothing while the endpoint does not run. */
export function curlCommand({ url, token, signature }: EndpointDetail): string | undefined {
  if (url === null || token === null || signature === null) return undefined;
  const record = Object.fromEntries(signature.inputs.map(({ name, example }) => [name, example]));
  const parts = [
    `curl -s ${quoted(`${url}/predict`)}`,
    `-H ${quoted(`Authorization: Bearer ${token}`)}`,
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(record))}`,
  ];
  return parts.join(' ');
}

/** For a POSIX shell: nothing within single quotes means anything, but a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
