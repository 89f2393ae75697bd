import { expect, test } from 'vitest';
import { linksIn } from '../../../../extension/vscode/printed-links.ts';
import { decides, variablesFor } from '../../../../extension/vscode/variables.ts';

test.each([
  ['nothing', {}, {}, false],
  ['other variables', { PATH: '/bin' }, {}, false],
  ['an address', { MLFLOW_TRACKING_URI: 'https://mlflow.example' }, {}, true],
  ['an empty address', { MLFLOW_TRACKING_URI: '' }, {}, true],
  ['a token alone', { MLFLOW_TRACKING_TOKEN: 'x' }, {}, true],
  ['a password', { MLFLOW_TRACKING_PASSWORD: 'x' }, {}, true],
  ['one that is taken away', { MLFLOW_TRACKING_URI: null }, {}, false],
  ['what every program here inherits', { MLFLOW_TRACKING_URI: 'x' }, { MLFLOW_TRACKING_URI: 'x' }, false],
])('whoever says where to log is left alone: %s', (_what, env, inherited, expected) => {
  expect(decides(env, inherited)).toBe(expected);
});

test('scripts are told address and token', () => {
  expect(variablesFor({ url: 'http://127.0.0.1:1', token: 't' })).toEqual({
    MLFLOW_TRACKING_URI: 'http://127.0.0.1:1',
    MLFLOW_TRACKING_TOKEN: 't',
  });
});

test("what MLflow's client prints is a link, if it is of this daemon", () => {
  const url = 'http://127.0.0.1:5000';
  const line = `🏃 View run a at: ${url}/#/experiments/0/runs/ab and "${url.replace('127.0.0.1', 'localhost')}/#/experiments/12"`;
  const found = linksIn(line, url);
  expect(found.map(({ fragment }) => fragment)).toEqual(['#/experiments/0/runs/ab', '#/experiments/12']);
  for (const { startIndex, length } of found) {
    expect(line.slice(startIndex, startIndex + length)).toMatch(
      /^http:\/\/[\w.]+:5000\/#\/experiments\/\d+(\/runs\/ab)?$/,
    );
  }
  for (const other of [
    'http://127.0.0.1:50001/#/experiments/0',
    'http://mlflow.example:5000/#/experiments/0',
    `${url}/docs`,
  ]) {
    expect(linksIn(other, url)).toEqual([]);
  }
});
