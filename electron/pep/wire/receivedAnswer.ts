import type { ClientEvent } from "../../protocol/psrp/clientEvents.ts";

/** What a Receive brought. */
export type ReceivedAnswer = {
  readonly events: readonly ClientEvent[];
  readonly done: boolean;
  /** What its streams carried, before it was read. */
  readonly bytes: number;
};

/** The endpoint had nothing to say for as long as it was asked to wait. */
export const silentAnswer: ReceivedAnswer = { events: [], done: false, bytes: 0 };

export function isSilent({ done, bytes }: ReceivedAnswer): boolean {
  return !done && bytes === 0;
}
