import assert from "node:assert/strict";
import type { Peer } from "./peer.ts";
import type { Scenario } from "./scenarios.ts";

/** A scenario at a server that does as it should, and must not break by what we say. */
export function usualDay(peer: Peer, sentence: string, run: () => Promise<void>): Scenario {
  return {
    sentence: `client: ${sentence}`,
    run: async () => {
      await peer.begin([]);
      await run();
      assert.deepEqual(peer.seen("crashed"), []);
    },
  };
}
