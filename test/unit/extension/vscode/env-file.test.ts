import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVariables, withoutVariables, withVariables } from '../../../../extension/vscode/env-file.ts';

const VALUES = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:5000', MLFLOW_TRACKING_TOKEN: 'abc-_1' };
const NAMES = Object.keys(VALUES);
const LINES = 'MLFLOW_TRACKING_URI=http://127.0.0.1:5000\nMLFLOW_TRACKING_TOKEN=abc-_1\n';

describe('a file of variables', () => {
  it.each([
    ['that is empty', '', LINES],
    ['with others', '# mine\nA=1\n', `# mine\nA=1\n${LINES}`],
    ['whose last line has no end', 'A=1', `A=1\n${LINES}`],
    ['as Windows writes it', 'A=1\r\n', `A=1\r\n${LINES.replaceAll('\n', '\r\n')}`],
    [
      'that has one, twice',
      'export MLFLOW_TRACKING_URI = "x"\nA=1\nMLFLOW_TRACKING_URI=y\n',
      'MLFLOW_TRACKING_URI=http://127.0.0.1:5000\nA=1\nMLFLOW_TRACKING_TOKEN=abc-_1\n',
    ],
    ['that has one in a comment', '#MLFLOW_TRACKING_URI=x\n', `#MLFLOW_TRACKING_URI=x\n${LINES}`],
    ['that has a longer one', 'MY_MLFLOW_TRACKING_URI=x\n', `MY_MLFLOW_TRACKING_URI=x\n${LINES}`],
  ])('%s gets the lines', (_what, before, after) => {
    expect(withVariables(before, VALUES)).toBe(after);
    expect(readVariables(after)).toMatchObject(VALUES);
  });

  it('has the rest as it was, whatever that is, with the lines and without them again', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('A=1', '# x', '  B = "2"', ...NAMES.map((name) => `${name}=old`)),
    );
    const text = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean());
    fc.assert(
      fc.property(text, ([lines, end, ended]) => {
        const before = lines.map((one) => one.replaceAll(/[\r\n]/g, '')).join(end) + (ended ? end : '');
        const after = withVariables(before, VALUES);
        expect(readVariables(after)).toMatchObject(VALUES);
        expect(withVariables(after, VALUES)).toBe(after);
        const rest = withoutVariables(after, NAMES);
        expect(rest.replace(/\r?\n$/, '')).toBe(withoutVariables(before, NAMES).replace(/\r?\n$/, ''));
      }),
    );
  });
});
