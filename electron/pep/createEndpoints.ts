import { randomUUID } from "node:crypto";
import { ConsoleError } from "#contract";
import type {
  Clock,
  Credential,
  EndpointAddress,
  Endpoints,
  Log,
  RunspaceJournal,
} from "../services/ports.ts";
import type { ShapesInForce } from "../products/shapes.ts";
import { accountShells } from "./accountShells.ts";
import { openConnection } from "../transport/openConnection.ts";
import { readCertificate } from "../transport/probeEndpoint.ts";
import type { OpenConnection, WinrmConnection } from "../transport/winrmConnection.ts";
import { Conversation } from "./conversation.ts";
import { checkEndpoint } from "./check/checkEndpoint.ts";
import { signInWay, trustOptions } from "./connectOptions.ts";
import { endpointUrl, placeName } from "./endpointPlace.ts";
import { EndpointRunspace } from "./endpointRunspace.ts";
import { assumedShapes, readiedShapes } from "./readiedShapes.ts";
import { runspaceRungs } from "./runspaceRungs.ts";
import { WarmConversations } from "./warmConversations.ts";
import { wireError } from "./wire/transportErrors.ts";
import { WinrmPool } from "./wire/winrmPool.ts";

export type EndpointsOptions = {
  readonly clock: Clock;
  readonly log?: Log;
  /** Where runspaces are noted; without it those of a crashed console stay until their idle time is over. */
  readonly journal?: RunspaceJournal;
  /** The way to a connection; a test may bring its own. */
  readonly connect?: OpenConnection;
  readonly newId?: () => string;
  /** What the endpoints' records look like; the assumed shapes of Azure Stack Hub if left out. Asked at every reading. */
  readonly shapes?: () => ShapesInForce;
};

/** The way to endpoints over WinRM: warm runspaces, real sign-ins, the connection check. */
export function createEndpoints(options: EndpointsOptions): Endpoints {
  const warm = new WarmConversations(options.clock);
  const shapes = readiedShapes(options.shapes ?? (() => assumedShapes));
  const connections = connector(options);
  const conversation = (address: EndpointAddress, credential: Credential): Conversation =>
    new Conversation(address, credential, {
      clock: options.clock,
      newPool: () =>
        new WinrmPool({
          to: endpointUrl(address),
          configuration: address.configuration,
          ...(options.journal === undefined
            ? {}
            : { noted: { journal: options.journal, account: credential.account } }),
          connect: (signal) => connections(address, credential, signal),
          clock: options.clock,
          newId: options.newId ?? randomUUID,
        }),
    });
  const opened = async (taken: Conversation, signal: AbortSignal): Promise<EndpointRunspace> => {
    try {
      await taken.open(signal);
    } catch (error) {
      await warm.handBack(taken);
      throw error;
    }
    return new EndpointRunspace(
      taken,
      () => shapes().ready,
      () => warm.handBack(taken),
    );
  };
  return {
    open: async (address, credential, signal) =>
      await opened(
        warm.take(address, credential, () => conversation(address, credential)),
        signal,
      ),
    /** Always a sign-in of its own: a warm runspace would prove an old password. */
    signIn: async (address, credential, signal) => {
      const fresh = warm.adopt(conversation(address, credential));
      await using _runspace = await opened(fresh, signal).catch(unlessFull);
      options.log?.write("info", "signed in", { endpoint: placeName(address) });
    },
    check: async function* (address, credential, signal, onSignInRefused) {
      const own = credential === null ? null : warm.adopt(conversation(address, credential));
      try {
        yield* checkEndpoint(address, credential, {
          signal,
          monotonic: () => options.clock.monotonic(),
          onSignInRefused,
          furtherRungs: runspaceRungs(own, shapes),
        });
      } finally {
        if (own !== null) await warm.handBack(own);
      }
    },
    certificate: async (address, signal) => {
      try {
        return await readCertificate(address, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw wireError(error, placeName(address));
      }
    },
    ...accountShells({
      clock: options.clock,
      newId: options.newId ?? randomUUID,
      journal: options.journal ?? null,
      connect: connections,
    }),
    leave: async (addresses, credential) => await warm.leave(addresses, credential),
    close: async () => await warm.close(),
  };
}

/** A limit is told to who is signed in: there is no runspace then, and the sign-in was taken. */
function unlessFull(error: unknown): null {
  if (error instanceof ConsoleError && error.code === "quota") return null;
  throw error;
}

/** Remembers by endpoint which scheme worked, so that later connections save the first round trip. */
const connector = (
  options: EndpointsOptions,
): ((address: EndpointAddress, credential: Credential, signal: AbortSignal) => Promise<WinrmConnection>) => {
  const connect = options.connect ?? openConnection;
  const schemes = new Map<string, readonly string[]>();
  return async (address, credential, signal) => {
    const { host, port, transport } = address;
    const key = `${endpointUrl(address)} ${address.signIn?.kind ?? "negotiate"}`;
    const known = schemes.get(key);
    const connection = await connect(
      { host, port, transport },
      { account: credential.account, revealPassword: () => credential.password.reveal() },
      {
        signal,
        ...(known === undefined ? {} : { schemes: known }),
        ...trustOptions(address),
        signIn: await signInWay(address),
      },
    );
    schemes.set(key, [connection.security.scheme]);
    return connection;
  };
};
