// for `hide`
import type {} from '@fastify/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOfArtifactUri } from '../../../schemas/artifact-uri.ts';
import type { MlflowFiles } from '../../../schemas/external/mlflow/artifacts.ts';
import {
  ListArtifacts,
  ListFiles,
  NO_MULTIPART,
  SERVER_INFO,
  SPOKEN_VERSION,
} from '../../../schemas/external/mlflow/artifacts.ts';
import type { ArtifactEntry, Artifacts } from '../../artifacts/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { receiveFile, sendFile } from './artifact-files.ts';
import { artifactPath, filePath } from './artifact-paths.ts';
import { toRunInfo } from './translate.ts';

export interface ArtifactRooms {
  tracking: Tracking;
  artifacts: Artifacts;
}

/** What runs keep as files. `<prefix>-artifacts` is where the client moves the files themselves. */
export function artifactRoutes(app: App, prefix: string, { tracking, artifacts }: ArtifactRooms): void {
  app.get(`${prefix}/artifacts/list`, { schema: { querystring: ListArtifacts } }, ({ query }) => {
    return listBelow(artifacts, artifactUri(tracking, query.run_id), query.path);
  });
  fileRoutes(app, `${prefix}-artifacts`, artifacts);
}

/** A folder of what a run or a model keeps at `root_uri`. */
export function listBelow(artifacts: Artifacts, root_uri: string, path = ''): { root_uri: string } & MlflowFiles {
  const folder = artifactPath(path);
  return { root_uri, ...toFiles(artifacts.list(join(ownPath(root_uri), folder)), folder) };
}

function fileRoutes(app: App, base: string, artifacts: Artifacts): void {
  void app.register(async (scope: App) => {
    // a file's own type says nothing about how to read the request
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));

    scope.get(`${base}/artifacts`, { schema: { querystring: ListFiles } }, ({ query }) => {
      return toFiles(artifacts.list(artifactPath(query.path ?? '')), '');
    });
    scope.put(`${base}/artifacts/*`, async (request, reply) => {
      await receiveFile(request, artifacts, filePath(sentPath(request)));
      return reply.send();
    });
    const send = async (request: FastifyRequest, reply: FastifyReply) =>
      sendFile(request, reply, artifacts, filePath(sentPath(request)));
    scope.get(`${base}/artifacts/*`, { exposeHeadRoute: false }, send);
    scope.head(`${base}/artifacts/*`, { schema: { hide: true } }, send);
    scope.delete(`${base}/artifacts/*`, async (request) => {
      await artifacts.delete(artifactPath(sentPath(request)));
      return {};
    });

    // not thrown: nothing went wrong that the log should tell of
    const decline = async (_request: FastifyRequest, reply: FastifyReply) =>
      reply.code(501).send(new CrisolError('NOT_IMPLEMENTED', NO_MULTIPART).toBody());
    for (const action of ['create', 'complete', 'abort']) {
      scope.post(`${base}/mpu/${action}/*`, { schema: { hide: true } }, decline);
    }
    scope.get(`${base}/presigned/*`, { schema: { hide: true } }, decline);
  });
}

/** What clients ask before they do anything else. */
export function serverInfoRoutes(app: App): void {
  for (const prefix of ['/api/3.0/mlflow', '/ajax-api/3.0/mlflow']) app.get(`${prefix}/server-info`, () => SERVER_INFO);
  app.get('/version', (_request, reply) => reply.type('text/plain').send(SPOKEN_VERSION));
}

/** What was sent after `artifacts/`. A question mark or a hash in a name cuts a careless client's path short. */
function sentPath({ params, raw }: FastifyRequest): string {
  if (/[?#]/.test(raw.url ?? '')) throw new CrisolError('INVALID_PARAMETER_VALUE', 'Invalid path');
  return String(Object(params)['*']);
}

function artifactUri({ runs }: Tracking, runId: string): string {
  return toRunInfo(runs.get(runId)).artifact_uri;
}

/** Never outside of our own: what an experiment keeps elsewhere its clients read by themselves. */
function ownPath(uri: string): string {
  const path = pathOfArtifactUri(uri);
  if (path !== undefined) return artifactPath(path);
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `These artifacts are kept elsewhere, at ${uri}: read them there, for example with mlflow.artifacts.list_artifacts.`,
  );
}

function toFiles(entries: readonly ArtifactEntry[], folder: string): MlflowFiles {
  if (entries.length === 0) return {};
  return {
    files: entries.map(({ name, file }) => {
      const path = join(folder, name);
      return file ? { path, is_dir: false, file_size: file.bytes || undefined } : { path, is_dir: true };
    }),
  };
}

function join(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== '').join('/');
}
