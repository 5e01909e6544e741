import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { nodeClock } from "../../electron/adapters/node/clock.ts";
import { closePrivilegedEndpoint } from "../../electron/pep/commands/closePrivilegedEndpoint.ts";
import { Conversation } from "../../electron/pep/conversation.ts";
import { WinrmPool } from "../../electron/pep/wire/winrmPool.ts";
import { Secret } from "../../electron/services/secret.ts";
import { openConnection } from "../../electron/transport/openConnection.ts";
import { account, passwords, type Peer } from "./peer.ts";
import type { Scenario } from "./scenarios.ts";
import { usualDay } from "./usualDay.ts";

/* What our client of runspaces can do and the command line does not show. */

const never = new AbortController().signal;
const access = { name: "Get-RemoteSupportAccess", parameters: [] };
const enable = {
  name: "Enable-RemoteSupport",
  parameters: [{ name: "AccessLevel", value: "Diagnostics" }],
};

const newPool = ({ host, port }: Peer): WinrmPool =>
  new WinrmPool({
    to: `http://${host}:${port}/wsman`,
    configuration: "PrivilegedEndpoint",
    connect: (signal) =>
      openConnection(
        { host, port, transport: "http" },
        { account, revealPassword: () => passwords.right },
        { signal },
      ),
    clock: nodeClock,
    newId: randomUUID,
  });

async function withPool(peer: Peer, act: (pool: WinrmPool) => Promise<void>): Promise<void> {
  const pool = newPool(peer);
  await pool.open(never);
  try {
    await act(pool);
  } finally {
    await pool.close();
  }
}

export function runspaces(peer: Peer): readonly Scenario[] {
  const walk = (sentence: string, run: () => Promise<void>): Scenario => usualDay(peer, sentence, run);
  return [
    walk("a runspace that was left is joined again", () => leavesAndReturns(peer)),
    walk("a question stays open over Disconnect and Reconnect, and is answered then", () =>
      questionStays(peer),
    ),
    walk("a fault on Disconnect leaves the runspace as it is", async () => {
      await peer.begin([{ on: "Disconnect", fault: "code", code: 2150858833 }]);
      await withPool(peer, async (pool) => {
        await assert.rejects(pool.disconnect(never));
        assert.equal((await pool.invoke([access], { signal: never, changes: false })).end, "completed");
      });
    }),
    walk("a SecureString arrives, after one exchange of keys", () => secureString(peer)),
    walk("two runspaces at once see the same state, one command each", async () => {
      await withPool(peer, (one) =>
        withPool(peer, async (two) => {
          const read = (pool: WinrmPool) => pool.invoke([access], { signal: never, changes: false });
          const ends = await Promise.all([read(one), read(two), read(one).catch(() => null)]);
          assert.deepEqual([ends[0].end, ends[1].end], ["completed", "completed"]);
        }),
      );
      assert.equal((await peer.truth()).shells, 0);
    }),
  ];
}

async function leavesAndReturns(peer: Peer): Promise<void> {
  await withPool(peer, async (pool) => {
    await pool.disconnect(never);
    await pool.reconnect(never);
    assert.equal((await pool.invoke([access], { signal: never, changes: false })).end, "completed");
  });
}

async function questionStays(peer: Peer): Promise<void> {
  await withPool(peer, async (pool) => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<"yes">();
    const ask = (): Promise<"yes"> => {
      asked.resolve();
      return answer.promise;
    };
    const granting = pool.invoke([enable], { signal: never, changes: true, ask });
    await asked.promise;
    await setTimeout(100);
    await pool.disconnect(never);
    await pool.reconnect(never);
    answer.resolve("yes");
    assert.equal((await granting).answer, "yes");
  });
  assert.equal((await peer.truth()).open, true);
}

async function secureString(peer: Peer): Promise<void> {
  const { host, port } = peer;
  const address = {
    name: "peer",
    host,
    port,
    transport: "http",
    configuration: "PrivilegedEndpoint",
  } as const;
  const credential = { account, password: new Secret(passwords.right) };
  const conversation = new Conversation(address, credential, {
    clock: nodeClock,
    newPool: () => newPool(peer),
  });
  const text = "geheim-ß-𝄞";
  const command = closePrivilegedEndpoint({
    path: "\\\\peer\\share",
    account: "PEER\\share",
    password: new Secret(text),
  });
  for (const _ of [1, 2]) assert.equal((await conversation.change(command, never)).end, "completed");
  await conversation.close();
  assert.deepEqual(
    peer.seen("secret").map((secret) => [secret["account"], secret["text"]]),
    [1, 2].map(() => ["PEER\\share", text]),
  );
  assert.equal(peer.seen("request").filter(({ verb }) => verb === "Send").length, 1);
}
