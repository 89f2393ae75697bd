import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tracePlaces } from '../../../schemas/trace-places.ts';
import { processorTime } from '../../support/processor-time.ts';

const places = (text: string) => tracePlaces(text).map(({ file, line }) => `${file} ${line}`);

test('what Python says of a failure names its files and lines', () => {
  const text = `Traceback (most recent call last):
  File "src/train.py", line 12, in <module>
    fit()
  File "/usr/lib/python3.12/json/__init__.py", line 346, in loads
  File "<string>", line 1, in <module>
ValueError: y contains 1 class`;
  expect(places(text)).toEqual(['src/train.py 12', '/usr/lib/python3.12/json/__init__.py 346']);
});

test('so does a path with a number behind it', () => {
  expect(places('src/train.py:3:7: warning\n./a-b/c.yaml:10 and C:\\work\\x.py:4')).toEqual([
    'src/train.py 3',
    './a-b/c.yaml 10',
    'C:\\work\\x.py 4',
  ]);
  expect(places('12:30:01 took 3.py at http://127.0.0.1:8080/x.py:9 example.com:80')).toEqual([]);
});

test('each stands where its link is drawn, and long lines cost little', () => {
  const text = 'see a.py:3 there';
  const [place] = tracePlaces(text);
  expect(text.slice(place?.start, (place?.start ?? 0) + (place?.length ?? 0))).toBe('a.py:3');
  const spent = processorTime();
  for (const sign of ['a', '@', '/', '.', 'File "', 'a.']) tracePlaces(sign.repeat(200_000));
  expect(spent()).toBeLessThan(3000);
  fc.assert(fc.property(fc.string(), (any) => tracePlaces(any).every(({ length }) => length > 0)));
});
