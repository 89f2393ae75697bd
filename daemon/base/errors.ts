import type { ErrorCode } from '../../schemas/errors.ts';
import { ERRORS } from '../../schemas/errors.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';

/** A failure with a code of the catalogue. Rooms throw it; the boundary (HTTP, CLI) turns it into words once. */
export class CrisolError extends Error {
  readonly code: ErrorCode;
  /** what to do; the catalogue's sentence unless the thrower knows better */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; hint?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = 'CrisolError';
    this.code = code;
    this.hint = options.hint ?? ERRORS[code].hint;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  toBody(): ErrorBody {
    return { error_code: this.code, message: this.message, hint: this.hint };
  }
}

/** Whatever was thrown, as a CrisolError; an unexpected one becomes INTERNAL_ERROR and keeps its cause. */
export function asCrisolError(thrown: unknown): CrisolError {
  if (thrown instanceof CrisolError) return thrown;
  return new CrisolError('INTERNAL_ERROR', messageOf(thrown), { cause: thrown });
}

/** An error as a server or a program of ours told it. */
export function errorOfBody(body: unknown, otherwise = 'The answer was not understood.'): CrisolError {
  const { error_code: code, message, hint } = Object(body);
  const known: ErrorCode = Object.hasOwn(ERRORS, code) ? code : 'INTERNAL_ERROR';
  return new CrisolError(known, String(message ?? otherwise), { hint });
}

/** Anything can be thrown, not only errors. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
