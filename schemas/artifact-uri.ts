/**
 * Where such an address lies among our artifacts: `mlflow-artifacts:/1/RUN/artifacts` is `1/RUN/artifacts`. Undefined when
 * it is kept elsewhere: in a folder, in a bucket, by another server.
 */
export function pathOfArtifactUri(uri: string): string | undefined {
  const path = /^mlflow-artifacts:(?:\/\/(?=\/))?\/(?!\/)(.*)$/.exec(uri)?.[1];
  return path?.replace(/\/+$/, '');
}
