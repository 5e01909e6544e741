/**
 * The conversation with the endpoint cannot go on; a new pool is needed. `acted` is "no" when what was asked cannot
 * have been begun.
 */
export class PoolLost extends Error {
  override readonly name = "PoolLost";
  readonly acted: "no" | "maybe";

  constructor(sentence: string, acted: "no" | "maybe", cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.acted = acted;
  }
}

/** What had to come from the endpoint next did not come in time. */
export class PoolSilent extends PoolLost {}
