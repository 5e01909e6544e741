import { describe, expect, test } from "vitest";
import { anNtlmClient, anNtlmServer } from "../../testing/signInSupport.ts";
import { avIds, writeAvPairs } from "./avPairs.ts";
import { viewOf } from "./bytes.ts";
import { readChallenge, writeChallenge } from "./messages.ts";
import type { ChallengeMessage } from "./messages.ts";

/* What a hostile server may answer to our NEGOTIATE: each ends in a named error, and nothing of the password is sent. */

/** A client that has sent NEGOTIATE, and the honest answer to it. */
function negotiated() {
  const client = anNtlmClient();
  const server = anNtlmServer();
  client.open();
  const negotiate = client.take();
  server.receive(negotiate);
  return { client, negotiate, challenge: server.take() };
}

const changed = (change: (view: DataView, bytes: Uint8Array) => void): Uint8Array => {
  const { challenge } = negotiated();
  change(viewOf(challenge), challenge);
  return challenge;
};

/** The honest answer with other contents. */
const rewritten = (change: Partial<ChallengeMessage>): Uint8Array =>
  writeChallenge({ ...readChallenge(negotiated().challenge), ...change });

const pair = (id: number, length: number): Uint8Array =>
  writeAvPairs([{ id, value: new Uint8Array(length) }]);

describe("a CHALLENGE is refused by name", () => {
  test.each<[string, Uint8Array, string]>([
    ["with nothing in it", new Uint8Array(0), "badMessage"],
    ["that is cut in its fixed part", negotiated().challenge.subarray(0, 40), "badMessage"],
    ["without its signature", changed((_, bytes) => bytes.fill(0x20, 0, 8)), "badMessage"],
    ["of another type", changed((view) => view.setUint32(8, 3, true)), "badMessage"],
    ["that is our own NEGOTIATE, thrown back", negotiated().negotiate, "badMessage"],
    [
      "larger than 64 KiB",
      new Uint8Array(65_537).map((_, at) => negotiated().challenge[at] ?? 0),
      "badMessage",
    ],
    ["whose target begins past its end", changed((view) => view.setUint32(16, 9_999, true)), "badMessage"],
    ["whose target ends past its end", changed((view) => view.setUint16(12, 65_535, true)), "badMessage"],
    ["whose target begins at 4 GiB", changed((view) => view.setUint32(16, 0xffffffff, true)), "badMessage"],
    ["whose pairs begin past its end", changed((view) => view.setUint32(44, 9_999, true)), "badMessage"],
    ["whose pairs end past its end", changed((view) => view.setUint16(40, 65_535, true)), "badMessage"],
    ["with half a character in its target", changed((view) => view.setUint16(12, 3, true)), "badMessage"],
    ["with a pair past the end", rewritten({ targetInfo: pair(1, 8).subarray(0, 9) }), "badMessage"],
    ["without an end of its pairs", rewritten({ targetInfo: pair(1, 8).subarray(0, 12) }), "badMessage"],
    [
      "with 101 pairs",
      rewritten({
        targetInfo: writeAvPairs(Array.from({ length: 101 }, () => ({ id: 1, value: new Uint8Array(2) }))),
      }),
      "badMessage",
    ],
    ["with a time of seven bytes", rewritten({ targetInfo: pair(avIds.timestamp, 7) }), "badMessage"],
    ["without encryption", changed((view) => view.setUint32(20, 0xe2888215, true)), "weakServer"],
    ["without 128 bits", changed((view) => view.setUint32(20, 0xc2888235, true)), "weakServer"],
    ["without a key of its own", changed((view) => view.setUint32(20, 0xa2888235, true)), "weakServer"],
    ["for NTLM version 1", changed((view) => view.setUint32(20, 0xe2808235, true)), "weakServer"],
    ["without Unicode", changed((view) => view.setUint32(20, 0xe2888234, true)), "weakServer"],
  ])("%s", (_, challenge, code) => {
    const { client } = negotiated();
    expect(() => client.receive(challenge)).toThrow(expect.objectContaining({ code }));
    expect(client.take()).toHaveLength(0);
    expect(client.state.kind).toBe("failed");
    // One failure is the end of this exchange.
    expect(() => client.receive(negotiated().challenge)).toThrow(
      expect.objectContaining({ code: "badState" }),
    );
  });

  test("while fields that overlap, and names that are not ours to judge, are taken", () => {
    const { client } = negotiated();
    const overlapping = changed((view) => view.setUint32(16, 40, true));
    expect(() => client.receive(overlapping)).not.toThrow();
    const { client: other } = negotiated();
    const longNames = rewritten({ targetName: "x".repeat(2_000) });
    expect(() => other.receive(longNames)).not.toThrow();
  });
});
