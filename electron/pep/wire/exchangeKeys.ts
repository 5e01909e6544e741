import { deadlineIn } from "./deadline.ts";
import { newKeyPair } from "./keyExchange.ts";
import type { SessionKey } from "./keyExchange.ts";
import { PoolSilent } from "./poolLost.ts";
import { sendToPool } from "./sendToPool.ts";
import type { WinrmPool } from "./winrmPool.ts";

/** How long an endpoint may take for it (milliseconds). */
const patience = 60_000;

/**
 * PUBLIC_KEY by Send, ENCRYPTED_SESSION_KEY by the pool's Receive ([MS-PSRP] 2.2.2.3, .4). When this fails the runspace
 * is of no further use: our half cannot be taken back. Nothing was asked of it yet.
 */
export async function exchangeKeys(pool: WinrmPool, signal: AbortSignal): Promise<SessionKey> {
  const late = new PoolSilent("The endpoint did not answer the key exchange.", "no");
  using deadline = deadlineIn(pool.clock, patience, late);
  const both = AbortSignal.any([signal, deadline.signal]);
  const pair = await newKeyPair();
  try {
    pool.demandUsable();
    pool.psrp.offerPublicKey(pair.publicKey);
    for (let { events } = await pool.sendAndReceive(both, () => sendToPool(pool, both)); ; ) {
      for (const event of events) {
        if (event.type === "sessionKey") return pair.open(event.cipher);
        if (event.type === "broken") throw event.error;
      }
      pool.demandUsable();
      ({ events } = await pool.receiveOfPool(both));
    }
  } catch (error) {
    pool.psrp.broke();
    both.throwIfAborted();
    throw error;
  }
}
