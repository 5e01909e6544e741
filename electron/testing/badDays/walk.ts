import { ConsoleError } from "#contract";
import type { ConsoleClient, GrantProgress, RevokeProgress, Target } from "#contract";
import { aGrantRequest, openDoor } from "../journeys/steps.ts";

/** How an act ended, in the words that the operator reads. */
export type Ended = { readonly how: string; readonly sentence: string };

/** A failure as it reached the client; anything but a ConsoleError is a bug. */
export async function ended<T>(act: Promise<T>, words: (value: T) => Ended): Promise<Ended> {
  try {
    return words(await act);
  } catch (error) {
    if (error instanceof ConsoleError) return { how: error.code, sentence: error.message };
    throw error;
  }
}

/** Reads the grants. */
export const reads = (client: ConsoleClient, { id }: Target): Promise<Ended> =>
  ended(client.grants.list({ targetId: id }), ({ endpoint }) => ({ how: "read", sentence: endpoint }));

/** Asks for a grant and answers Yes. */
export const grants = (client: ConsoleClient, { id }: Target): Promise<Ended> =>
  ended(
    openDoor(client, aGrantRequest(id), async ({ questionId }) => {
      // The question may be gone before the answer is there.
      await client.consent.answer({ questionId, answer: "yes" }).catch(() => undefined);
    }),
    outcomeOf,
  );

/** Revokes, up to its proof or the end of its patience. */
export async function revokes(client: ConsoleClient, { id }: Target): Promise<Ended> {
  const lastOf = async (): Promise<RevokeProgress> => {
    let last: RevokeProgress | null = null;
    const request = { targetId: id, operator: "Ada B", reason: "case closed" };
    for await (const progress of client.grants.revoke(request)) last = progress;
    if (last === null) throw new Error("the revoke said nothing");
    return last;
  };
  return await ended(lastOf(), outcomeOf);
}

function outcomeOf({ outcome }: GrantProgress | RevokeProgress): Ended {
  if (outcome === null) throw new Error("it ended without an outcome");
  const { kind, receipt } = outcome;
  return { how: kind, sentence: "because" in outcome ? outcome.because.sentence : receipt.stateAfter };
}
