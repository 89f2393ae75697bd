import { expect, test } from 'vitest';
import { thresholdNumber, thresholdOffset } from '../../../extension/panels/threshold.ts';

const written = (text: string, monitor: string) => {
  const place = thresholdNumber(text, monitor);
  return place && text.slice(place.from, place.to);
};

test('the number of a threshold is found in its monitor, however that is written', () => {
  const text = [
    'monitors:',
    '  other:',
    '    drift: { test: auto, threshold: 0.5 }',
    '  mine:',
    '    endpoint: e',
    '    drift:',
    '      threshold: 0.25 # a quarter',
  ].join('\n');
  expect([written(text, 'mine'), written(text, 'other')]).toEqual(['0.25', '0.5']);
});

test('where no threshold is written there is none to change, but a place to go to', () => {
  const text = 'monitors:\n  mine:\n    endpoint: e\n';
  expect(thresholdNumber(text, 'mine')).toBeNull();
  expect(thresholdOffset(text, 'mine')).toBe(text.indexOf('mine'));
});
