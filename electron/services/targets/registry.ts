import {
  ConsoleError,
  type Failure,
  type NewTarget,
  type Preferences,
  type SettingsDocument,
  type Target,
  type TrustedCertificate,
} from "#contract";
import type { Bell } from "../streams/bell.ts";
import type { Chance, Credential, SettingsStore } from "../ports.ts";
import { withTrusted } from "./trustedAt.ts";

/** Which targets there are and who is signed in to them. Credentials live here, in memory, and nowhere else. */
export type Registry = {
  /** The practice stamp first while it runs, then the settings' own order. */
  list(): readonly Target[];
  /** @throws ConsoleError notFound */
  find(targetId: string): Target;
  add(target: NewTarget): Target;
  remove(targetId: string): void;
  practise(target: Target, credential: Credential): void;
  /** Null when nobody is signed in. */
  credential(targetId: string): Credential | null;
  signIn(targetId: string, credential: Credential): Target;
  /** From now on only this certificate is taken at its address. */
  trust(targetId: string, certificate: TrustedCertificate): Target;
  /** Forgets the credential; `because` is told to whoever looks at the door. */
  signOut(targetId: string, because: Failure | null): void;
  whySignedOut(targetId: string): Failure | null;
  preferences(): Preferences;
  writePreferences(preferences: Preferences): Preferences;
  forgetAll(): void;
};

/** The registry over the settings document. Rings the bell at every change. */
export function createRegistry(settings: SettingsStore, chance: Chance, bell: Bell): Registry {
  const credentials = new Map<string, Credential>();
  const reasons = new Map<string, Failure>();
  let practice: Target | null = null;

  const list = (): readonly Target[] => [
    ...(practice === null ? [] : [practice]),
    ...settings.read().targets,
  ];
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
    bell.ring();
  };

  return {
    list,
    find,
    add: (wanted) => {
      const target: Target = { ...wanted, id: chance.uuid(), practice: false, certificates: [] };
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
      credentials.delete(targetId);
      reasons.delete(targetId);
      change(({ targets }) => ({ targets: targets.filter((target) => target.id !== targetId) }));
    },
    practise: (target, credential) => {
      practice = target;
      credentials.set(target.id, credential);
      reasons.delete(target.id);
      bell.ring();
    },
    credential: (targetId) => credentials.get(targetId) ?? null,
    signIn: (targetId, credential) => {
      const before = find(targetId);
      const target: Target = { ...before, account: credential.account };
      credentials.set(targetId, credential);
      reasons.delete(targetId);
      if (target.practice) practice = target;
      // A disk that takes nothing may not keep anybody from signing in, and from revoking.
      else if (before.account !== credential.account)
        change(({ targets }) => ({
          targets: targets.map((old) =>
            old.id === targetId ? { ...old, account: credential.account } : old,
          ),
        }));
      bell.ring();
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
      bell.ring();
      return find(targetId);
    },
    signOut: (targetId, because) => {
      credentials.delete(targetId);
      if (because === null) reasons.delete(targetId);
      else reasons.set(targetId, because);
      bell.ring();
    },
    whySignedOut: (targetId) => reasons.get(targetId) ?? null,
    preferences: () => settings.read().preferences,
    writePreferences: (preferences) => {
      change(() => ({ preferences }));
      return preferences;
    },
    forgetAll: () => credentials.clear(),
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
