import { sendInput } from "../../protocol/wsman/requests.ts";
import type { ClientShell } from "./clientShell.ts";
import { mostCarried } from "./exchange.ts";
import { exchangeOnce } from "./repeats.ts";

/** Carries what waits in psrp for the pool itself, one Send after the other. Fails as `exchangeOnce`. */
export async function sendToPool(
  pool: Pick<ClientShell, "psrp" | "lines" | "context" | "shellId">,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const carried = pool.psrp.take(null, mostCarried);
    if (carried === null) return;
    const parts = { shellId: pool.shellId, commandId: null, ...carried };
    await exchangeOnce(pool.lines, "main", () => sendInput(pool.context, parts), signal);
  }
}
