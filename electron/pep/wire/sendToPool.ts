import { sendInput } from "../../protocol/wsman/requests.ts";
import type { ClientShell } from "./clientShell.ts";
import { mostCarried } from "./exchange.ts";
import type { Carrier } from "./exchange.ts";
import { exchangeOnce } from "./repeats.ts";

/** Carries what waits in psrp for the pool itself, one Send after the other, by `lines`. Fails as `exchangeOnce`. */
export async function sendToPool(
  pool: Pick<ClientShell, "psrp" | "context" | "shellId"> & { readonly lines: Carrier },
  signal: AbortSignal,
  lines: Carrier = pool.lines,
): Promise<void> {
  for (;;) {
    const carried = pool.psrp.take(null, mostCarried);
    if (carried === null) return;
    const parts = { shellId: pool.shellId, commandId: null, ...carried };
    await exchangeOnce(lines, "main", () => sendInput(pool.context, parts), signal);
  }
}
