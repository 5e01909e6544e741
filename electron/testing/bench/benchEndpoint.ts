import { randomUUID } from "node:crypto";
import { nodeClock } from "../../adapters/node/clock.ts";
import type { StampCommand } from "../../drill/stampCommand.ts";
import type { RunningEndpoint } from "../../drill/winrm/endpointOptions.ts";
import { startEndpoint } from "../../drill/winrm/startEndpoint.ts";
import type { Clock } from "../../services/ports.ts";
import { WinrmPool } from "../../pep/wire/winrmPool.ts";
import { openConnection } from "../../transport/openConnection.ts";

const revealPassword = (): string => "Practice-horse-9";

/** One endpoint on a free port of loopback, with these commands. */
export async function benchEndpoint(commands: readonly StampCommand[]): Promise<RunningEndpoint> {
  return await startEndpoint({
    name: "AZS-ERCS01",
    host: "127.0.0.1",
    port: 0,
    accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword }],
    computerName: "AZS-ERCS01",
    domainName: "AZS",
    configuration: "PrivilegedEndpoint",
    commands: () => commands,
  });
}

/** A pool there, not opened yet. */
export function poolAt(port: number, clock: Clock = nodeClock): WinrmPool {
  const credential = { account: "AZS\\cloudadmin", revealPassword };
  return new WinrmPool({
    to: `http://127.0.0.1:${port}/wsman`,
    configuration: "PrivilegedEndpoint",
    connect: (signal) =>
      openConnection({ host: "127.0.0.1", port: port, transport: "http" }, credential, { signal }),
    clock,
    newId: randomUUID,
  });
}
