import { type ConsoleClient, newTargetShape, type Target } from "#contract";
import { misfit } from "#rpc";
import { lineTargetMark, practiceName } from "../../services/grants/targetOptions.ts";
import type { SettingsStore } from "../../services/ports.ts";
import { askPassword } from "./ask.ts";
import { UsageError } from "./exitCodes.ts";
import type { CliIo } from "./io.ts";
import type { Options } from "./options.ts";
import { readPasswordFile } from "./passwordFile.ts";
import { readSecurity, refuseWithoutEndpoint } from "./security.ts";

/**
 * The id of a target that lives on the command line only. Its addresses are in it: what the ledger has of one of them is
 * never taken for another's.
 */
const adHocId = (name: string): string => `${lineTargetMark} ${name}`;

/** Stands where nobody signs in: a certificate is read before anybody does. */
const nobody = ".\\nobody";

/** The target that `--endpoint … --account …` describes, or null when the line names none. */
export function adHocTarget(options: Options, signsIn: boolean): Target | null {
  if (options.endpoint === undefined) {
    refuseWithoutEndpoint(options);
    return null;
  }
  if (options.target !== undefined) throw new UsageError("Give either --target or --endpoint, not both.");
  if (options.account === undefined && signsIn)
    throw new UsageError("--endpoint needs --account (DOMAIN\\user).");
  const urls = options.endpoint.map(readEndpoint);
  const transports = new Set(urls.map((url) => url.transport));
  if (transports.size > 1)
    throw new UsageError("All endpoints of a target are reached the same way: http or https.");
  const { signIn: way, certificates } = readSecurity(options, urls);
  const parsed = newTargetShape.safeParse({
    kind: "stamp",
    name: targetName(urls.map(addressName)),
    transport: urls[0]?.transport,
    configuration: options.configuration ?? "PrivilegedEndpoint",
    account: options.account ?? nobody,
    signIn: way,
    endpoints: urls.map(({ host, port }) => ({ name: addressName({ host, port }).slice(0, 64), host, port })),
  });
  if (parsed.success)
    return { ...parsed.data, id: adHocId(parsed.data.name), practice: false, certificates, scope: null };
  const { field, complaint } = misfit(parsed.error);
  throw new UsageError(`${field === "" ? "The target" : field} ${complaint}.`);
}

function addressName({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** What receipts and sentences call it: its addresses, as far as a name may be long. */
function targetName([first = "", ...others]: readonly string[]): string {
  const all = [first, ...others].join(", ");
  if (all.length <= 80) return all;
  return others.length === 0 ? first.slice(0, 80) : `${first.slice(0, 64)} and ${others.length} more`;
}

function readEndpoint(text: string): {
  readonly host: string;
  readonly port: number;
  readonly transport: "http" | "https";
} {
  const url = URL.canParse(text) ? new URL(text) : null;
  const transport = url?.protocol === "https:" ? "https" : "http";
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== "" ||
    !["/", "", "/wsman"].includes(url.pathname)
  ) {
    throw new UsageError(`--endpoint "${text}" is not of the form http://HOST:PORT or https://HOST:PORT.`);
  }
  const usual = transport === "https" ? 5986 : 5985;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? standardPort(text, usual) : Number(url.port),
    transport,
  };
}

/** `http://host:80` loses its port in a URL; it is kept where it was typed. */
function standardPort(text: string, usual: number): number {
  const typed = /:(80|443)\/?(?:wsman)?$/.exec(text)?.[1];
  return typed === undefined ? usual : Number(typed);
}

/** The settings with one more target that is never written to disk. */
export function withTarget(store: SettingsStore, target: Target | null): SettingsStore {
  if (target === null) return store;
  return {
    alone: (act) => store.alone(act),
    read: () => {
      const document = store.read();
      return { ...document, targets: [...document.targets, target] };
    },
    write: (document) =>
      store.write({ ...document, targets: document.targets.filter(({ id }) => id !== target.id) }),
  };
}

/** Finds the target the line names and signs in to it. */
export async function signedInTarget(console: ConsoleClient, options: Options, io: CliIo): Promise<Target> {
  return signIn(console, await findTarget(console, options, io.signal), options, io);
}

/** The target the line names; naming the practice stamp starts it. */
export function findTarget(console: ConsoleClient, options: Options, signal: AbortSignal): Promise<Target> {
  const practice = options.endpoint === undefined && isPractice(options.target);
  return practice ? console.targets.startPractice({}, { signal }) : namedTarget(console, options, signal);
}

/** Proves the credential of the line at the target. The practice stamp is signed in to by itself. */
export async function signIn(
  console: ConsoleClient,
  target: Target,
  options: Options,
  io: CliIo,
): Promise<Target> {
  if (target.practice) return target;
  const account = options.account ?? target.account;
  const password = await (target.signIn.kind === "certificate"
    ? readPassphrase(options, io)
    : readPassword(options, account, io));
  return console.targets.signIn({ targetId: target.id, account, password }, { signal: io.signal });
}

const isPractice = (name: string | undefined): boolean => name?.toLowerCase() === practiceName;

/** The target by id or name (without case); the only one when none is named. */
async function namedTarget(console: ConsoleClient, options: Options, signal: AbortSignal): Promise<Target> {
  const targets = await console.targets.list({}, { signal });
  if (options.endpoint !== undefined)
    return only(
      targets.filter(({ id }) => id.startsWith(`${lineTargetMark} `)),
      targets,
    );
  const wanted = options.target?.toLowerCase();
  const fits = (target: Target): boolean =>
    target.id === options.target || target.name.toLowerCase() === wanted;
  return only(wanted === undefined ? targets : targets.filter(fits), targets);
}

function only(found: readonly Target[], all: readonly Target[]): Target {
  const [target, second] = found;
  if (target !== undefined && second === undefined) return target;
  const names = all.map(({ name }) => `"${name}"`).join(", ");
  const known = names === "" ? "No target is configured" : `Known targets: ${names}`;
  throw new UsageError(
    `Say which target: --target NAME, --target ${practiceName}, or --endpoint http://HOST:PORT --account A --password-file F. ${known}.`,
  );
}

/** Of the key file of a client certificate; most have none. */
async function readPassphrase(options: Options, io: CliIo): Promise<string> {
  const file = options["password-file"];
  return file === undefined ? "" : readPasswordFile(file, io);
}

async function readPassword(options: Options, account: string, io: CliIo): Promise<string> {
  const file = options["password-file"];
  if (file !== undefined) return readPasswordFile(file, io);
  if (!io.interactive)
    throw new UsageError(`No password for ${account}: give --password-file FILE, or run it at a terminal.`);
  const typed = await askPassword(io, account);
  if (typed === null || typed === "")
    throw new UsageError(`No password was typed for ${account}, so nothing was sent.`);
  return typed;
}
