import type { ArtifactEntry, ArtifactPreview, RunOrigin } from '../../../schemas/panels/run-details.ts';

/** What the extension answers about the files of a run, and about what ran. */
export const top: ArtifactEntry[] = [
  { path: 'model', bytes: null },
  { path: 'plots', bytes: null },
  { path: 'confusion.csv', bytes: 1204 },
  { path: 'metrics.json', bytes: 88 },
  { path: 'README.md', bytes: 640 },
  { path: 'report.html', bytes: 48_120 },
  { path: 'weights.bin', bytes: 734_003_200 },
];
export const listed = { type: 'runs/artifacts', folder: '', entries: top };
export const listedModel = {
  type: 'runs/artifacts',
  folder: 'model',
  entries: [
    { path: 'model/data', bytes: null },
    { path: 'model/MLmodel', bytes: 711 },
    { path: 'model/model.onnx', bytes: 40_213 },
  ],
};
export const hugeFolder = {
  type: 'runs/artifacts',
  folder: '',
  entries: Array.from({ length: 10_000 }, (_, at) => ({ path: `frame-${at}.png`, bytes: 1000 + at })),
};

export function shows(path: string, preview: ArtifactPreview): object {
  return { type: 'runs/preview', path, preview };
}

/** One red dot. */
export const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

export function text(kind: 'table' | 'json' | 'html' | 'markdown' | 'text', content: string, whole = true) {
  return { kind, text: content, bytes: whole ? content.length : 80_000_000, whole } satisfies ArtifactPreview;
}

export const origin: RunOrigin = {
  source: {
    user: 'ana',
    entry: 'src/train.py',
    git: {
      commit: '4f2d9a7c11e0b3c4d5e6f708192a3b4c5d6e7f80',
      branch: 'main',
      dirty: true,
      diff: 'diff --git a/train.py b/train.py\n--- a/train.py\n+++ b/train.py\n@@ -1 +1 @@\n-lr = 0.1\n+lr = 0.3\n',
      diff_complete: true,
      untracked: ['notes.txt', 'data/new.csv'],
    },
    programs: [
      {
        command: [
          '/srv/project/.venv/bin/python',
          'src/train.py',
          '--lr',
          '0.3',
          '--name',
          'second try',
          '--token',
          '***',
        ],
        cwd: '/srv/project',
        interpreter: '/srv/project/.venv/bin/python3.12',
        language: 'Python 3.12',
        packages: Array.from({ length: 60 }, (_, at) => ({ name: `package-${at}`, version: `1.${at}.0` })).concat([
          { name: 'numpy', version: '2.3.4' },
          { name: 'scikit-learn', version: '1.7.2' },
        ]),
      },
    ],
    machine: { host: 'atlas', os: 'Linux', arch: 'x64', cpu: 'AMD EPYC 7B13', cpus: 2, memory_bytes: 8_589_934_592 },
  },
  inputs: {
    datasets: [
      {
        name: 'matches',
        digest: 'a1b2c3d4',
        source_type: 'local',
        source: '{"uri": "data/matches.csv"}',
        context: 'training',
      },
    ],
    model_ids: ['m-0123456789abcdef'],
  },
  models: [{ model_id: 'm-fedcba9876543210', name: 'match-outcome' }],
};
export const known = { type: 'runs/origin', origin };

export const unknownOrigin: RunOrigin = {
  source: { user: 'ana', entry: null, git: null, programs: [], machine: null },
  inputs: { datasets: [], model_ids: [] },
  models: [],
};
