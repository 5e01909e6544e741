import type { OpenShell } from "#contract";
import type { WsmanContext } from "../protocol/wsman/context.ts";
import { deleteShell } from "../protocol/wsman/requests.ts";
import type { ShellFacts } from "../protocol/wsman/shellFacts.ts";
import type { Clock, Credential, EndpointAddress, Endpoints, RunspaceJournal } from "../services/ports.ts";
import type { WinrmConnection } from "../transport/winrmConnection.ts";
import { endpointUrl, placeName } from "./endpointPlace.ts";
import { WsmanFaultError } from "./wire/exchange.ts";
import { saysDeleted } from "./wire/faultErrors.ts";
import { Lines } from "./wire/lines.ts";
import { describeShells } from "./wire/listing.ts";
import { exchangeTwice } from "./wire/repeats.ts";
import { translated } from "./wire/translated.ts";

type Options = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly journal: RunspaceJournal | null;
  readonly connect: (
    address: EndpointAddress,
    credential: Credential,
    signal: AbortSignal,
  ) => Promise<WinrmConnection>;
};

type Asking = {
  readonly lines: Lines;
  readonly context: WsmanContext;
  readonly signal: AbortSignal;
};

/** A text of the endpoint is cut here: no name or address is longer. */
const longestText = 256;

/**
 * What shells an account has at an endpoint, and the end of one. Each looks over a connection of its own and opens no
 * shell: it works where all that the endpoint grants the account are taken.
 */
export function accountShells(options: Options): Pick<Endpoints, "shells" | "endShell"> {
  const over = <T>(
    address: EndpointAddress,
    credential: Credential,
    signal: AbortSignal,
    act: (asking: Asking) => Promise<T>,
  ): Promise<T> =>
    translated(placeName(address), signal, async () => {
      const { clock, connect, newId } = options;
      const lines = new Lines((inner) => connect(address, credential, inner), clock);
      const { configuration } = address;
      const parts = { configuration, sessionId: newId(), maxEnvelopeSize: 153_600, newId };
      try {
        return await act({ lines, context: { to: endpointUrl(address), ...parts }, signal });
      } finally {
        lines.close();
      }
    });
  return {
    shells: (address, credential, signal) =>
      over(address, credential, signal, async (asking) => {
        const known = options.journal?.known(endpointUrl(address), credential.account);
        const origins = new Map([...(known ?? [])].map(([id, state]) => [id.toUpperCase(), state]));
        return (await describeShells(asking)).map((facts) =>
          toOpenShell(facts, address.name, originOf(origins.get(facts.shellId.toUpperCase()))),
        );
      }),
    endShell: async (address, credential, shellId, signal) => {
      await over(address, credential, signal, (asking) => end(asking, shellId));
      options.journal?.ended(shellId);
    },
  };
}

/** A shell is ended under the resource it was created with, which only the list tells. */
async function end(asking: Asking, shellId: string): Promise<void> {
  const { lines, context, signal } = asking;
  const found = (await describeShells(asking)).find((shell) => shell.shellId === shellId);
  if (found === undefined) return;
  const resource = found.resourceUri === "" ? {} : { resourceUri: found.resourceUri };
  try {
    await exchangeTwice(lines, "main", () => deleteShell(context, { shellId, ...resource }), signal);
  } catch (error) {
    if (!(error instanceof WsmanFaultError && saysDeleted(error.fault))) throw error;
  }
}

const originOf = (state: "inUse" | "left" | undefined): OpenShell["origin"] =>
  state === undefined ? "otherClient" : state === "left" ? "leftByConsole" : "thisConsole";

/** The last part of the resource is the configuration's name. */
function toOpenShell(facts: ShellFacts, endpoint: string, origin: OpenShell["origin"]): OpenShell {
  return {
    endpoint,
    shellId: facts.shellId,
    configuration: text(facts.resourceUri.split("/").at(-1) ?? ""),
    owner: text(facts.owner),
    clientIp: text(facts.clientIp),
    ageSeconds: seconds(facts.runTimeMs),
    idleSeconds: seconds(facts.inactivityMs),
    state: text(facts.state),
    origin,
  };
}

const text = (found: string): string | null => (found === "" ? null : found.slice(0, longestText));

const seconds = (milliseconds: number | null): number | null =>
  milliseconds === null || milliseconds < 0 ? null : Math.floor(milliseconds / 1_000);
