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
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new CrisolError('INTERNAL_ERROR', message, { cause: thrown });
}
