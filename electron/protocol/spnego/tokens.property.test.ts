import fc from "fast-check";
import { expect, test } from "vitest";
import { negStates, NTLMSSP, OUR_MECHANISMS, readToken, writeInit, writeResponse } from "./tokens.ts";

/** So long that every form of a length up to three bytes is met. */
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.integer({ min: 100, max: 300 }).map((length) => new Uint8Array(length).fill(length)),
  fc.integer({ min: 20_000, max: 30_000 }).map((length) => new Uint8Array(length).fill(length)),
);

test("a first token is read as our mechanism and the message in it", () => {
  fc.assert(
    fc.property(octets, (mechToken) => {
      expect(readToken(writeInit(mechToken))).toEqual({
        kind: "init",
        mechanisms: [NTLMSSP],
        mechanismList: OUR_MECHANISMS,
        mechToken,
      });
    }),
  );
});

test("a later token is read as it was written, whatever parts it has", () => {
  const parts = fc.record({
    negState: fc.constantFrom(...Object.values(negStates)),
    namesNtlm: fc.boolean(),
    responseToken: fc.option(octets, { freq: 2 }),
    mechListMic: fc.option(octets, { freq: 2 }),
  });
  fc.assert(
    fc.property(parts, (token) => {
      const { namesNtlm, ...others } = token;
      const supportedMech = namesNtlm ? NTLMSSP : null;
      expect(readToken(writeResponse(token))).toEqual({ kind: "response", supportedMech, ...others });
    }),
  );
});
