import { createDecipheriv, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { nodeClock } from "../adapters/node/clock.ts";
import { property } from "../protocol/clixml/look.ts";
import type { RunningStamp } from "../drill/runningStamp.ts";
import { startStamp } from "../drill/startStamp.ts";
import { wrapSessionKey } from "../drill/winrm/sessionCipher.ts";
import { revealSecureString, secureString } from "../protocol/psrp/sessionKey.ts";
import { Secret } from "../services/secret.ts";
import { stillClock } from "../testing/stillClock.ts";
import { openConnection } from "../transport/openConnection.ts";
import { closePrivilegedEndpoint } from "./commands/closePrivilegedEndpoint.ts";
import { Conversation } from "./conversation.ts";
import { endpointUrl } from "./endpointPlace.ts";
import { restBefore } from "./wire/idleReceive.ts";
import { newKeyPair } from "./wire/keyExchange.ts";
import { WinrmPool } from "./wire/winrmPool.ts";

/* Secrets as arguments: the practice stamp takes the credential only when its password can be deciphered. */

const password = "Practice-horse-9";
const never = new AbortController().signal;
const share = { path: "\\\\share\\transcripts", account: "AZS\\ana", password: new Secret("Grüße 𝄞") };

async function withStamp(
  act: (stamp: RunningStamp, conversation: Conversation) => Promise<void>,
): Promise<void> {
  await using stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 3,
    switches: { engineer: "nobody" },
  });
  const { account, configuration } = stamp;
  const address = { ...stamp.endpoints[0], transport: "http", configuration } as const;
  const newPool = (): WinrmPool =>
    new WinrmPool({
      to: endpointUrl(address),
      configuration,
      connect: (signal) => openConnection(address, { account, revealPassword: () => password }, { signal }),
      clock: nodeClock,
      newId: () => crypto.randomUUID(),
    });
  const credential = { account, password: new Secret(password) };
  const conversation = new Conversation(address, credential, { clock: nodeClock, newPool });
  await act(stamp, conversation);
  await conversation.close();
}

test("the credential arrives sealed, after one exchange of keys for the runspace", async () => {
  await withStamp(async (stamp, conversation) => {
    await conversation.open(never);
    const opened = stamp.counts(0).envelopes;
    const first = await conversation.change(closePrivilegedEndpoint(share), never);
    expect(first).toMatchObject({ end: "completed", errors: [] });
    expect(first.said.join(" ")).toContain("nothing was moved to \\\\share\\transcripts");
    // Send and Receive for the keys, then Command and Receive.
    expect(stamp.counts(0).envelopes - opened).toBe(4);
    await conversation.change(closePrivilegedEndpoint(share), never);
    expect(stamp.counts(0).envelopes - opened).toBe(6);
  });
});

test("a password that was not sealed with the runspace's key is refused by the stamp", async () => {
  await withStamp(async (_stamp, conversation) => {
    const other = {
      encrypt: (_iv: Uint8Array, plain: Uint8Array) => plain,
      decrypt: (_iv: Uint8Array, data: Uint8Array) => data,
    };
    const { name, sealed } = closePrivilegedEndpoint(share);
    const forged = { name, sealed: () => sealed(() => secureString("Grüße 𝄞", other)) };
    const { end, errors } = await conversation.change(forged, never);
    expect(end).toBe("failed");
    expect(errors.at(-1)?.errorId).toContain("ParameterArgumentTransformationError");
  });
});

test("no key without an answer: the command is not sent, and the next one has a new runspace", async () => {
  await withStamp(async (stamp, conversation) => {
    await conversation.open(never);
    stamp.endpoint(0)?.order({ kind: { type: "fault", code: 995 }, on: "send" });
    await expect(conversation.change(closePrivilegedEndpoint(share), never)).rejects.toMatchObject({
      code: "conversationLost",
    });
    expect(stamp.endpoint(0)?.commandsRun).toEqual([]);
    stamp.endpoint(0)?.behave();
    expect((await conversation.change(closePrivilegedEndpoint(share), never)).end).toBe("completed");
  });
});

test("a key that comes before the Send of ours is answered is not lost", async () => {
  await withStamp(async (stamp) => {
    const clock = stillClock();
    const keyCame = Promise.withResolvers<void>();
    const { account, configuration } = stamp;
    const address = { ...stamp.endpoints[0], transport: "http", configuration } as const;
    const pool = new WinrmPool({
      to: endpointUrl(address),
      configuration,
      connect: async (signal) => {
        const connection = await openConnection(
          address,
          { account, revealPassword: () => password },
          { signal },
        );
        const exchange: typeof connection.exchange = async (envelope, options) => {
          const reply = await connection.exchange(envelope, options);
          // The waiting Receive has been read, to its last consequence, before the Send is.
          if (envelope.includes("/Send<")) await keyCame.promise.then(() => clock.advance(1));
          if (envelope.includes("/Receive<")) received += 1;
          if (received > opening) keyCame.resolve();
          return reply;
        };
        return { security: connection.security, usable: true, exchange, close: () => connection.close() };
      },
      clock,
      newId: () => crypto.randomUUID(),
    });
    let [received, opening] = [0, Number.POSITIVE_INFINITY];
    await pool.open(never);
    opening = received;
    const before = stamp.counts(0).envelopes;
    await clock.advance(restBefore);
    await expect.poll(() => stamp.counts(0).envelopes).toBe(before + 1);
    const seal = await pool.sealing(never);
    expect(seal(new Secret("practice"))).toBeDefined();
    await pool.close();
  });
});

test("the session key is what the server wrapped, seals what it can open, and is overwritten when forgotten", async () => {
  const pair = await newKeyPair();
  expect(pair.publicKey.modulus).toHaveLength(256);
  expect(pair.publicKey.exponent).toBe(65_537);
  const key = Uint8Array.from({ length: 32 }, (_byte, at) => at);
  const { cipher, forget } = pair.open(wrapSessionKey(key, pair.publicKey) ?? new Uint8Array());
  const sealed = secureString("secret", cipher);
  expect(sealed.text).toBe("S334a8QlmSodVmrjeFWBOw==");
  expect(revealSecureString(sealed, cipher)).toBe("secret");
  const plain = createDecipheriv("aes-256-cbc", key, new Uint8Array(16));
  expect(Buffer.concat([plain.update(sealed.text, "base64"), plain.final()]).toString("utf16le")).toBe(
    "secret",
  );
  forget();
  expect(() => revealSecureString(sealed, cipher)).toThrow("cannot be read");
});

test.each<[string, (publicKey: Parameters<typeof wrapSessionKey>[1]) => Uint8Array]>([
  ["a key of another length", (own) => wrapSessionKey(new Uint8Array(16), own) ?? new Uint8Array()],
  ["noise", () => new Uint8Array(256).fill(1)],
  ["a number beyond the modulus", () => new Uint8Array(256).fill(255)],
  ["too few bytes", () => new Uint8Array(16)],
  ["a key for somebody else", () => wrapSessionKey(new Uint8Array(32), anotherKey()) ?? new Uint8Array()],
])("%s is no session key, and all are told in the same words", async (_, wrapped) => {
  const pair = await newKeyPair();
  expect(() => pair.open(wrapped(pair.publicKey))).toThrow("the session key cannot be opened");
});

const anotherKey = (): Parameters<typeof wrapSessionKey>[1] => {
  const { n = "" } = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
  return { modulus: new Uint8Array(Buffer.from(n, "base64url")), exponent: 65_537 };
};

test("the password stands nowhere in the command that is sent", () => {
  const command = closePrivilegedEndpoint(share).sealed(() => null);
  expect(JSON.stringify(command)).not.toContain("Grüße");
  const credential = command.parameters.find(({ name }) => name === "Credential")?.value;
  expect(property(credential, "UserName")).toBe("AZS\\ana");
});
