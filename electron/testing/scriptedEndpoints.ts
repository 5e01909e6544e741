import {
  ConsoleError,
  type Doing,
  type Grant,
  type Level,
  type OpenShell,
  type Session,
  type ShownCertificate,
} from "#contract";
import { azureStackHubTerms } from "../published/azureStackHubTerms.ts";
import type { Clock, EndpointAddress, EndpointQuestion, Endpoints, Runspace } from "../services/ports.ts";
import { aCertificate } from "./builders.ts";

/** Where the script may make an endpoint fail. */
export type Step =
  | "open"
  | "signIn"
  | "certificate"
  | "shells"
  | "endShell"
  | "readAccess"
  | "readSessions"
  | "readTranscript"
  | "disable"
  | "enable" // before the question
  | "enabled"; // after the grant was made, before the answer came back

/** Three endpoints over one state, with a fault to script at every step. */
export type ScriptedEndpoints = Endpoints & {
  grants: Grant[];
  sessions: Session[];
  openShells: OpenShell[];
  readonly transcripts: Map<string, string>;
  /** What arrived, as `ENDPOINT step`. */
  readonly arrived: string[];
  /** The hosts at which an account's runspaces were closed. */
  readonly left: string[];
  password: string;
  /** The certificate that every endpoint shows. */
  shown: ShownCertificate;
  terms: string;
  /** What is asked after the first answer, before anything is granted. */
  secondQuestion: EndpointQuestion | null;
  /** What commands that change something say they are doing, a millisecond each. */
  tells: readonly (Doing | null)[];
  /** What a command that runs ends with when it is stopped; null: its stop is obeyed. */
  lostStop: ((endpoint: string) => Error) | null;
  /** Sessions outlive a revoke by this many readings. */
  sessionsLinger: number;
  /** Gives the error this step ends with, or null. */
  fault: (endpoint: string, step: Step) => Error | null;
  /** What one endpoint shows instead of the shared grants. Where there is one, a revoke elsewhere does not end them. */
  readonly ownGrants: Map<string, readonly Grant[]>;
  /** Endpoints that do not show grants yet. */
  readonly lagging: Set<string>;
  /** What an endpoint prints beside its lists that nobody understands. */
  readonly unclear: Map<string, readonly string[]>;
  /** What the history prints that nobody understands, as long as it is asked for so far back (ISO time). */
  unclearHistory: { readonly since: string; readonly text: string } | null;
  /** How far the device's clock is ahead, as its sign-in tells (milliseconds); null: it does not. */
  aheadMs: number | null;
};

/** A stamp without wires that does what it is told. */
export function scriptedEndpoints(clock: Clock): ScriptedEndpoints {
  const stamp: ScriptedEndpoints = {
    grants: [],
    sessions: [],
    openShells: [],
    transcripts: new Map(),
    arrived: [],
    left: [],
    password: "correct horse",
    shown: aCertificate(),
    terms: azureStackHubTerms.text.replaceAll("\n", "\r\n"),
    secondQuestion: null,
    tells: [],
    lostStop: null,
    sessionsLinger: 0,
    fault: () => null,
    ownGrants: new Map(),
    lagging: new Set(),
    unclear: new Map(),
    unclearHistory: null,
    aheadMs: 0,
    open: async (address, credential, signal) => {
      pass(stamp, address.name, "open", signal);
      if (credential.password.reveal() !== stamp.password) throw refusedSignIn(address.name);
      return runspaceOf(stamp, address, clock);
    },
    signIn: async (address, credential, signal) => {
      pass(stamp, address.name, "signIn", signal);
      if (credential.password.reveal() !== stamp.password) throw refusedSignIn(address.name);
    },
    check: async function* (address, credential, _signal, onSignInRefused) {
      const signedIn = credential?.password.reveal() === stamp.password;
      const rung = { endpoint: address.name, milliseconds: 1, found: "", fix: null, printed: null };
      yield [{ ...rung, step: "tcp", state: "running" }];
      const fault = credential === null ? null : stamp.fault(address.name, "signIn");
      const signIn = credential === null ? "notTested" : signedIn && fault === null ? "passed" : "failed";
      if (credential !== null && !signedIn) onSignInRefused(refusedSignIn(address.name).message);
      yield [
        { ...rung, step: "tcp", state: "passed" },
        { ...rung, step: "signIn", state: signIn },
      ];
    },
    certificate: async (address, signal) => {
      pass(stamp, address.name, "certificate", signal);
      return stamp.shown;
    },
    shells: async (address, credential, signal) => {
      pass(stamp, address.name, "shells", signal);
      if (credential.password.reveal() !== stamp.password) throw refusedSignIn(address.name);
      return stamp.openShells.filter(({ endpoint }) => endpoint === address.name);
    },
    endShell: async (address, credential, shellId, signal) => {
      pass(stamp, address.name, "endShell", signal);
      if (credential.password.reveal() !== stamp.password) throw refusedSignIn(address.name);
      stamp.openShells = stamp.openShells.filter((shell) => shell.shellId !== shellId);
    },
    leave: async (addresses) => void stamp.left.push(...addresses.map(({ host }) => host)),
    close: async () => undefined,
  };
  return stamp;
}

/** An endpoint that is not there. */
export const unreachable = (endpoint: string): ConsoleError =>
  new ConsoleError("unreachable", `${endpoint} did not answer on port 5985.`, { remedy: "retry" });

/** A conversation that broke after something was sent. */
export const broken = (endpoint: string): ConsoleError =>
  new ConsoleError("notConfirmed", `The conversation with ${endpoint} broke.`);

const refusedSignIn = (endpoint: string): ConsoleError =>
  new ConsoleError("signInRefused", `${endpoint} did not take the account and password.`, {
    remedy: "signIn",
  });

function pass(stamp: ScriptedEndpoints, endpoint: string, step: Step, signal: AbortSignal): void {
  signal.throwIfAborted();
  stamp.arrived.push(`${endpoint} ${step}`);
  const fault = stamp.fault(endpoint, step);
  if (fault !== null) throw fault;
}

async function tell(
  stamp: ScriptedEndpoints,
  clock: Clock,
  onProgress: (doing: Doing | null) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const doing of stamp.tells) {
    onProgress(doing);
    await clock.sleep(1, signal);
  }
}

function runspaceOf(stamp: ScriptedEndpoints, address: EndpointAddress, clock: Clock): Runspace {
  const { name } = address;
  const notUnderstood = (): readonly string[] => stamp.unclear.get(name) ?? [];
  return {
    address,
    get clockAheadMs() {
      return stamp.aheadMs;
    },
    readAccess: async ({ includeExpired }, signal) => {
      pass(stamp, name, "readAccess", signal);
      if (stamp.lagging.has(name)) return { grants: [], notUnderstood: notUnderstood() };
      const shown = (stamp.ownGrants.get(name) ?? stamp.grants).map((grant) => ({
        ...grant,
        shownBy: [name],
      }));
      return {
        grants: shown.filter((grant) => includeExpired || grant.active),
        notUnderstood: notUnderstood(),
      };
    },
    enable: async ({ level, minutes }, ask, { onSent, onSaid, onProgress }, signal) => {
      onSent(`Enable-RemoteSupport -AccessLevel ${level} -ExpireInMinutes ${minutes}`);
      pass(stamp, name, "enable", signal);
      const choices = ["Yes", "No"];
      const message = "\r\nProceed with enabling remote support?";
      const answer = await ask({ caption: stamp.terms, message, choices, understood: true }, signal);
      if (stamp.secondQuestion !== null) await ask(stamp.secondQuestion, signal);
      signal.throwIfAborted();
      if (answer === "no") return { answer, printed: null };
      await tell(stamp, clock, onProgress, signal).catch((cause: unknown) => {
        throw stamp.lostStop?.(name) ?? cause;
      });
      onSaid("Remote Support successfully Enabled.");
      const from = new Date(clock.now().getTime() + (stamp.aheadMs ?? 0));
      const granted = madeGrant(level, from, minutes);
      if (stamp.ownGrants.has(name)) stamp.ownGrants.set(name, [granted]);
      else stamp.grants = [granted];
      pass(stamp, name, "enabled", signal);
      return { answer, printed: granted };
    },
    disable: async ({ onSent, onSaid, onProgress }, signal) => {
      onSent("Disable-RemoteSupport");
      pass(stamp, name, "disable", signal);
      await tell(stamp, clock, onProgress, signal);
      const end = (grant: Grant): Grant => ({ ...grant, state: "Expired", active: false });
      const own = stamp.ownGrants.get(name);
      if (own !== undefined) stamp.ownGrants.set(name, own.map(end));
      else stamp.grants = stamp.grants.map(end);
      if (stamp.sessionsLinger === 0) endSessions(stamp, clock);
      onSaid("Remote Support successfully Disabled.");
    },
    readSessions: async ({ from, sessionId }, signal) => {
      pass(stamp, name, "readSessions", signal);
      if (stamp.sessionsLinger > 0 && !stamp.grants.some((grant) => grant.active)) {
        stamp.sessionsLinger -= 1;
        if (stamp.sessionsLinger === 0) endSessions(stamp, clock);
      }
      const since = from?.getTime() ?? Number.NEGATIVE_INFINITY;
      const sessions = stamp.sessions.filter(
        (session) =>
          (sessionId === null || session.id === sessionId) &&
          (session.startedAt === null || Date.parse(session.startedAt) >= since),
      );
      const { unclearHistory: unclear } = stamp;
      const isListed = unclear !== null && Date.parse(unclear.since) >= since;
      return {
        sessions: sessions.map((session) => ({ ...session, shownBy: [name] })),
        notUnderstood: isListed ? [unclear.text] : [],
      };
    },
    readTranscript: async (sessionId, signal) => {
      pass(stamp, name, "readTranscript", signal);
      const session = stamp.sessions.find((candidate) => candidate.id === sessionId);
      return session === undefined ? null : { session, text: stamp.transcripts.get(sessionId) ?? "" };
    },
    stampFacts: async () => ({ version: "1.2206.1.24", timeZone: null, endpointAddresses: [], other: [] }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function madeGrant(level: Level, from: Date, minutes: number): Grant {
  const updatedAt = from.toISOString();
  return {
    key: updatedAt,
    state: "Active",
    active: true,
    level,
    levelAsPrinted: level,
    createdAt: updatedAt,
    updatedAt,
    expiresAt: new Date(from.getTime() + minutes * 60_000).toISOString(),
    connectionStatus: "Connecting",
    connectionError: null,
    targetService: "PowerShell",
    other: [],
    record: null,
    acts: [],
    shownBy: [],
  };
}

function endSessions(stamp: ScriptedEndpoints, clock: Clock): void {
  const endedAt = clock.now().toISOString();
  stamp.sessions = stamp.sessions.map((session) =>
    session.running ? { ...session, running: false, endedAt } : session,
  );
}
