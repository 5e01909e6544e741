import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { nodeHost } from "../../electron/hosts/cli/nodeHost.ts";
import { runCli } from "../../electron/hosts/cli/runCli.ts";
import { type Ended, type Fact, startTalker, type Talker } from "./process.ts";

export const account = "PEER\\cloudadmin";
export const passwords = { right: "right-Passw0rd", wrong: "wrong-Passw0rd" };
export const sessionId = "5f3c6a1e-0000-4000-8000-00000000beef";
export const terms =
  "By approving this request, the PEER'S support organization will be given direct access to your device.\n\nIt says so itself.";
export const termsSha256 = createHash("sha256").update(terms).digest("hex");
export const agreed: readonly string[] = ["--agree-terms-sha256", termsSha256];
export const grantLine: readonly string[] = [
  "grant",
  "--level",
  "Diagnostics",
  "--minutes",
  "90",
  "--reason",
  "peer test",
  "--operator",
  "Peer Tester",
];

/** What is ordered of the peer: a fault by name, and at which request (psrp_server/orders.py). */
export type Order = {
  /** A verb of WSMan, or one of the places in the peer that look for orders. */
  readonly on: string;
  readonly fault?: string;
  /** Only at requests about this cmdlet. */
  readonly command?: string;
  /** How often; for good if left out. */
  readonly times?: number;
  /** How many requests pass before. */
  readonly skip?: number;
  readonly [detail: string]: unknown;
};

export type Truth = { readonly open: boolean; readonly shells: number };

/** A server of other people's code, and our command line pointed at it. */
export type Peer = AsyncDisposable & {
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly certificateSha256: string | null;
  /** Nothing granted, no shell, no orders; then these. */
  readonly begin: (orders: readonly Order[], options?: { readonly grant?: boolean }) => Promise<void>;
  readonly truth: () => Promise<Truth>;
  /** Facts of that kind since `begin`. */
  readonly seen: (event: string) => readonly Fact[];
  /** The arguments that point our command line at it. */
  readonly target: (passwordFile?: keyof typeof passwords) => readonly string[];
  /** Our command line in this process; `typed` makes a person of its standard input. */
  readonly rsc: (line: readonly string[], options?: RscOptions) => Promise<Ended>;
};

export type RscOptions = {
  readonly typed?: string;
  /** The person types no more, and the terminal stays open. */
  readonly holds?: boolean;
  readonly signal?: AbortSignal;
  readonly passwordFile?: keyof typeof passwords;
};

export async function startPeer(python: string, more: readonly string[] = []): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), "rsc-peer-"));
  for (const [name, password] of Object.entries(passwords))
    await writeFile(join(folder, name), `${password}\n`, { mode: 0o600 });
  const talker = await startTalker(python, [
    "-B",
    "-m",
    "e2e.peers.psrp_server",
    "--account",
    account,
    "--password-file",
    join(folder, "right"),
    ...more,
  ]);
  return new RunningPeer(talker, folder);
}

/** Stands where rows are only listed: there is nobody at the other end. */
export const noPeer: Peer = {
  folder: "",
  host: "",
  port: 0,
  certificateSha256: null,
  begin: absent,
  truth: absent,
  seen: () => [],
  target: () => [],
  rsc: absent,
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

function absent(): Promise<never> {
  return Promise.reject(new Error("There is no peer here."));
}

class RunningPeer implements Peer {
  readonly folder: string;
  readonly host = "127.0.0.1";
  readonly port: number;
  readonly certificateSha256: string | null;
  readonly #talker: Talker;
  #begun = 0;

  constructor(talker: Talker, folder: string) {
    this.#talker = talker;
    this.folder = folder;
    this.port = Number(talker.ready["port"]);
    this.certificateSha256 = (talker.ready["certificateSha256"] as string | undefined) ?? null;
  }

  async begin(orders: readonly Order[], options: { readonly grant?: boolean } = {}): Promise<void> {
    await this.#talker.ask({ reset: true, orders, ...options });
    this.#begun = this.#talker.lines.length;
  }

  async truth(): Promise<Truth> {
    const { open, shells } = await this.#talker.ask({});
    return { open: open === true, shells: Number(shells) };
  }

  seen(event: string): readonly Fact[] {
    return this.#talker.lines.slice(this.#begun).filter((line) => line["event"] === event);
  }

  target(passwordFile: keyof typeof passwords = "right"): readonly string[] {
    const scheme = this.certificateSha256 === null ? "http" : "https";
    return [
      "--endpoint",
      `${scheme}://${this.host}:${this.port}`,
      "--account",
      account,
      "--password-file",
      join(this.folder, passwordFile),
      "--data",
      join(this.folder, "data"),
    ];
  }

  async rsc(line: readonly string[], options: RscOptions = {}): Promise<Ended> {
    const out: string[] = [];
    const err: string[] = [];
    const stdin = new Readable({ read: () => undefined });
    if (options.typed === undefined) stdin.push(null);
    const io = {
      out: (text: string) => void out.push(text),
      say: (text: string) => {
        err.push(text);
        // What is typed before the prompt stands there is dropped.
        if (text.startsWith("SHA-256 of the text")) setImmediate(() => type(stdin, options));
      },
      stdin,
      screen: new PassThrough(),
      interactive: options.typed !== undefined,
      signal: options.signal ?? new AbortController().signal,
    };
    const args = [...line, ...this.target(options.passwordFile), "--json"];
    const status = await runCli(args, io, nodeHost(io));
    // What it saw until now comes by another way than its answers: after this it is here.
    await this.truth();
    return { status, out: out.join("\n"), err: err.join("\n") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#talker[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What the person types at a question; a terminal that is not held is closed after it. */
function type(stdin: Readable, { typed = "", holds }: RscOptions): void {
  if (typed !== "") stdin.push(typed);
  if (holds !== true) setImmediate(() => stdin.push(null));
}

/** A field of the JSON line that a command printed. */
export function field(ended: Ended, name: string): unknown {
  return (JSON.parse(ended.out) as Fact)[name];
}
