import {
  ConsoleError,
  type Failure,
  type NewTarget,
  type Preferences,
  type Scope,
  type SettingsDocument,
  type Target,
  type TrustedCertificate,
} from "#contract";
import type { Bell } from "../streams/bell.ts";
import type { ConsolePorts, Credential } from "../ports.ts";
import { withTrusted } from "./trustedAt.ts";

/** Which targets there are and who is signed in to them. Credentials live here, in memory, and nowhere else. */
export type Registry = {
  /** The practice stamp first while it runs, then the settings' own order. */
  list(): readonly Target[];
  /** @throws ConsoleError notFound */
  find(targetId: string): Target;
  /** The target, or null; never throws. */
  known(targetId: string): Target | null;
  /** Keeps a target in memory while something is done to it, whatever becomes of the settings, until it is let go. */
  holdFor(target: Target): () => void;
  add(target: NewTarget): Target;
  remove(targetId: string): void;
  practise(target: Target, credential: Credential): void;
  /** Null when nobody is signed in. */
  credential(targetId: string): Credential | null;
  signIn(targetId: string, credential: Credential): Target;
  /** From now on only this certificate is taken at its address. */
  trust(targetId: string, certificate: TrustedCertificate): Target;
  /** What was seen of whether the endpoints share their grants. The operator's word stands unless it is contradicted. */
  observed(targetId: string, grants: "shared" | "separate", at: string): void;
  /** The operator's word on it; null takes it back. */
  declareScope(targetId: string, grants: "shared" | "separate" | null, at: string): Target;
  /** Forgets the credential; `because` is told to whoever looks at the door. */
  signOut(targetId: string, because: Failure | null): void;
  whySignedOut(targetId: string): Failure | null;
  preferences(): Preferences;
  writePreferences(preferences: Preferences): Preferences;
  forgetAll(): void;
};

/** The registry over the settings document. Rings the bell at every change. */
export function createRegistry(
  { settings, chance, log }: Pick<ConsolePorts, "settings" | "chance" | "log">,
  bell: Bell,
): Registry {
  const credentials = new Map<string, Credential>();
  const reasons = new Map<string, Failure>();
  /** Those that somebody is signed in to, or that something is done to: no file decides whether their door can be shut. */
  const inUse = new Map<string, { readonly target: Target; readonly holds: number }>();
  /** What was seen where the settings could not take it. */
  const scopes = new Map<string, Scope>();
  /** The newest list, for whoever must not wait for the disk. */
  let listed: ReadonlyMap<string, Target> = new Map();
  let practice: Target | null = null;

  const list = (): readonly Target[] => {
    const stored = settings.read().targets;
    const known = new Set(stored.map(({ id }) => id));
    const kept = [...inUse.values()].flatMap(({ target }) =>
      known.has(target.id) || target.id === practice?.id ? [] : [target],
    );
    const all = [...(practice === null ? [] : [practice]), ...stored, ...kept].map(withScope);
    listed = new Map(all.map((target) => [target.id, target]));
    return all;
  };
  const withScope = (target: Target): Target => {
    const scope = scopes.get(target.id);
    return scope === undefined ? target : { ...target, scope };
  };
  const hold = (target: Target): void => {
    inUse.set(target.id, { target, holds: (inUse.get(target.id)?.holds ?? 0) + 1 });
  };
  const letGo = (targetId: string): void => {
    const held = inUse.get(targetId);
    if (held === undefined) return;
    if (held.holds > 1) inUse.set(targetId, { ...held, holds: held.holds - 1 });
    else inUse.delete(targetId);
  };
  const putCredential = (target: Target, credential: Credential): void => {
    const held = inUse.get(target.id);
    if (held === undefined || !credentials.has(target.id)) hold(target);
    else inUse.set(target.id, { ...held, target });
    credentials.set(target.id, credential);
  };
  const dropCredential = (targetId: string): void => {
    if (credentials.delete(targetId)) letGo(targetId);
  };
  const putScope = (targetId: string, scope: Scope): void => {
    scopes.set(targetId, scope);
    if (practice?.id === targetId) practice = { ...practice, scope };
    else
      change(({ targets }) => ({
        targets: targets.map((old) => (old.id === targetId ? { ...old, scope } : old)),
      }));
    bell.ring(null);
  };
  const find = (targetId: string): Target => {
    const target = list().find((candidate) => candidate.id === targetId);
    if (target === undefined)
      throw new ConsoleError(
        "notFound",
        "There is no such target any more. Choose one from the list of targets.",
      );
    return target;
  };
  /** Only the change is ours: what another console wrote meanwhile is kept. */
  const change = (how: (document: SettingsDocument) => Partial<SettingsDocument>): void => {
    settings.alone(() => {
      const document = settings.read();
      settings.write({ ...document, ...how(document) });
    });
    bell.ring(null);
  };
  const changeIfPossible = (how: Parameters<typeof change>[0]): void => {
    try {
      change(how);
    } catch (cause) {
      log.write("warn", "settings cannot be written", {}, cause);
    }
  };

  return {
    list,
    find,
    known: (targetId) => {
      const target = listed.get(targetId) ?? inUse.get(targetId)?.target;
      return target === undefined ? null : withScope(target);
    },
    holdFor: (target) => {
      hold(target);
      let isHeld = true;
      return () => {
        if (isHeld) letGo(target.id);
        isHeld = false;
      };
    },
    add: (wanted) => {
      const target: Target = { ...wanted, id: chance.uuid(), practice: false, certificates: [], scope: null };
      change(({ targets }) => {
        refuseDoubles(wanted, practice === null ? targets : [practice, ...targets]);
        return { targets: [...targets, target] };
      });
      return target;
    },
    remove: (targetId) => {
      if (find(targetId).practice)
        throw new ConsoleError(
          "invalidInput",
          "The practice stamp is not in the settings; it ends with the console.",
        );
      dropCredential(targetId);
      inUse.delete(targetId);
      scopes.delete(targetId);
      reasons.delete(targetId);
      change(({ targets }) => ({ targets: targets.filter((target) => target.id !== targetId) }));
    },
    practise: (target, credential) => {
      practice = { ...target, scope: scopes.get(target.id) ?? null };
      putCredential(target, credential);
      reasons.delete(target.id);
      bell.ring(null);
    },
    credential: (targetId) => credentials.get(targetId) ?? null,
    signIn: (targetId, credential) => {
      const before = find(targetId);
      const target: Target = { ...before, account: credential.account };
      putCredential(target, credential);
      reasons.delete(targetId);
      if (target.practice) practice = target;
      else if (before.account !== credential.account)
        // A disk that takes nothing may not keep anybody from signing in, and from revoking.
        changeIfPossible(({ targets }) => ({
          targets: targets.map((old) =>
            old.id === targetId ? { ...old, account: credential.account } : old,
          ),
        }));
      bell.ring(null);
      return target;
    },
    trust: (targetId, certificate) => {
      const trusting = (target: Target): Target => ({
        ...target,
        certificates: withTrusted(target.certificates, certificate),
      });
      if (practice?.id === targetId) practice = trusting(practice);
      else
        change(({ targets }) => ({
          targets: targets.map((old) => (old.id === targetId ? trusting(old) : old)),
        }));
      bell.ring(null);
      return find(targetId);
    },
    signOut: (targetId, because) => {
      dropCredential(targetId);
      if (because === null) reasons.delete(targetId);
      else reasons.set(targetId, because);
      bell.ring(null);
    },
    observed: (targetId, grants, at) => {
      const { scope = null } = listed.get(targetId) ?? {};
      // What is separate stays so, and the operator's word is overruled by nothing but what contradicts it.
      if (scope?.grants === grants || (scope !== null && grants === "shared")) return;
      try {
        putScope(targetId, { grants, by: "observed", at });
      } catch (cause) {
        // It stands in memory, and is seen again by whoever starts next.
        log.write("warn", "what was observed of a target cannot be kept", { targetId }, cause);
      }
    },
    declareScope: (targetId, grants, at) => {
      find(targetId);
      putScope(targetId, grants === null ? null : { grants, by: "operator", at });
      return find(targetId);
    },
    whySignedOut: (targetId) => reasons.get(targetId) ?? null,
    preferences: () => settings.read().preferences,
    writePreferences: (preferences) => {
      change(() => ({ preferences }));
      return preferences;
    },
    forgetAll: () => {
      credentials.clear();
      inUse.clear();
    },
  };
}

function refuseDoubles(wanted: NewTarget, existing: readonly Target[]): void {
  if (existing.some((target) => target.name.toLowerCase() === wanted.name.toLowerCase()))
    throw new ConsoleError(
      "invalidInput",
      `There is a target named ${wanted.name} already. Choose another name; the command line finds targets by it.`,
    );
  const twice = (keys: readonly string[]): boolean => new Set(keys).size !== keys.length;
  if (twice(wanted.endpoints.map((endpoint) => endpoint.name.toLowerCase())))
    throw new ConsoleError("invalidInput", "Two endpoints have the same name. Give each a name of its own.");
  if (twice(wanted.endpoints.map((endpoint) => `${endpoint.host.toLowerCase()} ${endpoint.port}`)))
    throw new ConsoleError(
      "invalidInput",
      "Two endpoints have the same address. Each endpoint is listed once.",
    );
}
