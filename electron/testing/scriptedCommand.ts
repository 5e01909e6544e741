import type { ClixmlValue } from "../protocol/clixml/value.ts";
import type { ServerPool } from "../protocol/psrp/serverPool.ts";

/** What a scripted command may do. */
export type Voice = {
  readonly pool: ServerPool;
  readonly pipeline: string;
  readonly parameters: ReadonlyMap<string, ClixmlValue>;
  /** Resolves with what the client answered to a host call. */
  call(method: number, parameters: readonly ClixmlValue[]): Promise<ClixmlValue>;
  /** Aborted when the pipeline is stopped. */
  readonly signal: AbortSignal;
};

/** Gives the output; an ErrorRecord thrown ends the pipeline as failed. */
export type ScriptedCommand = (voice: Voice) => Promise<readonly ClixmlValue[]> | readonly ClixmlValue[];
