import { expect, test } from 'vitest';
import { stagesAfter } from '../../../../extension/views/registry-model.ts';

test('a promotion offers the usual next stage first, and never the one that a version is in', () => {
  expect(stagesAfter('development')).toEqual(['staging', 'production', 'archived']);
  expect(stagesAfter('staging')).toEqual(['production', 'development', 'archived']);
  expect(stagesAfter('production')).toEqual(['archived', 'staging', 'development']);
  expect(stagesAfter('archived')).toEqual(['staging', 'production', 'development']);
});
