import { readAvPairs } from "../../protocol/ntlm/avPairs.ts";
import { readAuthenticate, readChallenge, readNegotiate } from "../../protocol/ntlm/messages.ts";
import { NtlmError } from "../../protocol/ntlm/ntlmError.ts";
import {
  openBody,
  SEALED_CONTENT_TYPE,
  sealBody,
  SealedBodyError,
} from "../../protocol/sealing/sealedBody.ts";
import { SpnegoError } from "../../protocol/spnego/spnegoError.ts";
import { SpnegoServer } from "../../protocol/spnego/spnegoServer.ts";
import { SpnegoClient } from "../../protocol/spnego/tokenClient.ts";
import { readToken } from "../../protocol/spnego/tokens.ts";
import { sealedPairs } from "../bench/sealedPair.ts";
import type { Seeded } from "../seeded.ts";
import { anNtlmClient, anNtlmServer, digests } from "../signInSupport.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { bytesOf } from "./samples.ts";

/** The whole roles compute digests for each case, so only one case in so many goes through them. */
const throughRoles = 8;

/** What is read before anybody is signed in, and the sealed body. */
export function signInTargets(): readonly FuzzTarget[] {
  return [ntlmTarget(), spnegoTarget(), sealedTarget()];
}

/** The three messages of one sign-in, each taken from its sender. */
function ntlmTarget(): FuzzTarget {
  const [negotiate, challenge, authenticate] = ntlmMessages();
  return {
    name: "NTLM",
    samples: [negotiate, challenge, authenticate],
    read: (bytes, chance) => {
      const type = bytes[8] ?? 0;
      if (chance.below(throughRoles) === 0) signInWith(bytes, negotiate);
      else if (type === 2) readAvPairs(readChallenge(bytes).targetInfo);
      else if (type === 3) readAuthenticate(bytes);
      else readNegotiate(bytes);
      return true;
    },
    declared: [NtlmError],
  };
}

function ntlmMessages(): readonly [Uint8Array, Uint8Array, Uint8Array] {
  const client = anNtlmClient();
  const server = anNtlmServer();
  client.open();
  const negotiate = client.take();
  server.receive(negotiate);
  const challenge = server.take();
  client.receive(challenge);
  return [negotiate, challenge, client.take()];
}

/** A CHALLENGE goes to a client, everything else to a server, at both of its turns. */
function signInWith(bytes: Uint8Array, negotiate: Uint8Array): void {
  if (bytes[8] === 2) {
    const client = anNtlmClient();
    client.open();
    client.take();
    client.receive(bytes);
  } else {
    const server = anNtlmServer();
    if (bytes[8] === 3) server.receive(negotiate);
    server.receive(bytes);
  }
}

function spnegoTarget(): FuzzTarget {
  const tokens = spnegoTokens();
  return {
    name: "SPNEGO",
    samples: tokens,
    read: (bytes, chance) => {
      if (chance.below(throughRoles) === 0) negotiateWith(bytes, chance);
      else readToken(bytes);
      return true;
    },
    declared: [SpnegoError, NtlmError],
  };
}

function spnegoTokens(): readonly Uint8Array[] {
  const client = new SpnegoClient(anNtlmClient());
  const server = new SpnegoServer(anNtlmServer());
  client.open();
  const tokens = [client.take()];
  for (let turn = 0; turn < 3; turn++) {
    const [from, to] = turn % 2 === 0 ? ([server, client] as const) : ([client, server] as const);
    from.receive(tokens.at(-1) ?? new Uint8Array());
    tokens.push(from.take());
    if (to.state.kind === "complete") break;
  }
  return tokens.filter((token) => token.length > 0);
}

function negotiateWith(bytes: Uint8Array, chance: Seeded): void {
  if (chance.below(2) === 0) return new SpnegoServer(anNtlmServer()).receive(bytes);
  const client = new SpnegoClient(anNtlmClient());
  client.open();
  client.take();
  client.receive(bytes);
}

function sealedTarget(): FuzzTarget {
  const fresh = sealedPairs(digests);
  return {
    name: "sealed body",
    samples: ["", "text", "<Envelope>text</Envelope>"].map((text) => sealBody(fresh().sender, bytesOf(text))),
    read: (bytes) => {
      openBody(fresh().receiver, bytes, SEALED_CONTENT_TYPE);
      return true;
    },
    declared: [SealedBodyError, NtlmError],
  };
}
