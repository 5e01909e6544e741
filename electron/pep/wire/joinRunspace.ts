import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { connectShell } from "../../protocol/wsman/requests.ts";
import type { ClientShell } from "./clientShell.ts";
import { mostCarried } from "./exchange.ts";
import { hearOpening, receiveUntilOpen } from "./receiveUntilOpen.ts";
import { exchangeTwice } from "./repeats.ts";

/** Another client's way in ([MS-PSRP] 3.1.5.3.16): the answer holds what Create has the pool's Receive bring. */
export async function joinRunspace(shell: ClientShell, signal: AbortSignal): Promise<void> {
  shell.psrp = new ClientPool(shell.shellId, { joining: true });
  shell.psrp.connect();
  const connectXml = shell.psrp.take(null, mostCarried)?.bytes ?? new Uint8Array();
  const parts = { shellId: shell.shellId, connectXml };
  const answer = await exchangeTwice(shell.lines, "main", () => connectShell(shell.context, parts), signal);
  if (answer.type === "connected" && answer.connectResponseXml !== null)
    hearOpening(shell, shell.psrp.receive(null, answer.connectResponseXml));
  await receiveUntilOpen(shell, signal);
}
