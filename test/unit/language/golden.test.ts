import { describe } from 'vitest';
import { DRAWN_DIAGNOSTICS, drawDiagnostics } from './draw-diagnostics.ts';
import { goldenCases } from './golden-cases.ts';

describe('diagnostics are as drawn in', () => {
  goldenCases('diagnostics', DRAWN_DIAGNOSTICS, drawDiagnostics);
});
