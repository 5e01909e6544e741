/** What all answers to one command may carry together (bytes of PSRP, before they are read). */
export const mostPayload = 64 * 1024 * 1024;
/** Objects that are kept of one command. */
export const mostObjects = 100_000;
/** Errors that are kept of one command; nobody reads more. */
export const mostErrors = 10_000;

/** A command sent more than is kept of one; it was stopped. */
export class TooMuchOutput extends Error {
  override readonly name = "TooMuchOutput";
  readonly bound: string;

  constructor(bound: string) {
    super(`more than ${bound}`);
    this.bound = bound;
  }
}

/** Counts what a command sends: one that never ends must not fill the memory. Null while it is within the measure. */
export class Measure {
  #bytes = 0;
  #objects = 0;
  #errors = 0;

  answer(bytes: number): TooMuchOutput | null {
    this.#bytes += bytes;
    return this.#bytes > mostPayload ? new TooMuchOutput(`${mostPayload / 1024 / 1024} MiB`) : null;
  }

  object(): TooMuchOutput | null {
    this.#objects += 1;
    return this.#objects > mostObjects ? new TooMuchOutput(`${mostObjects} objects`) : null;
  }

  error(): TooMuchOutput | null {
    this.#errors += 1;
    return this.#errors > mostErrors ? new TooMuchOutput(`${mostErrors} errors`) : null;
  }
}
