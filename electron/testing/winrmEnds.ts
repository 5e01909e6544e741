import { listenWinrm } from "../transport/listenWinrm.ts";
import { openConnection } from "../transport/openConnection.ts";
import type {
  OpenConnectionOptions,
  WinrmConnection,
  WinrmCredential,
} from "../transport/winrmConnection.ts";
import type { WinrmListener, WinrmListenerOptions } from "../transport/winrmListener.ts";
import { practiceCertificate } from "./practiceCertificate.ts";

export const operator: WinrmCredential = {
  account: "PRACTICE\\operator",
  revealPassword: () => "Correct horse",
};

/** Ends whatever a test opened, newest first. */
export class Opened {
  readonly #closers: (() => void | Promise<void>)[] = [];

  /** Listens on loopback and answers each envelope with itself, unless the test says otherwise. */
  async listen(options: Partial<WinrmListenerOptions> = {}): Promise<WinrmListener> {
    const listener = await listenWinrm({
      host: "127.0.0.1",
      port: 0,
      accounts: [{ domain: "PRACTICE", user: "operator", revealPassword: () => "Correct horse" }],
      computerName: "AZS-ERCS01",
      domainName: "PRACTICE",
      onRequest: async ({ envelope }) => ({ kind: "envelope", status: 200, envelope }),
      ...options,
    });
    this.#closers.unshift(() => listener.close());
    return listener;
  }

  async connect(
    port: number,
    options: Partial<OpenConnectionOptions> & {
      readonly credential?: WinrmCredential;
      readonly transport?: "http" | "https";
    } = {},
  ): Promise<WinrmConnection> {
    const { credential = operator, transport = "http", ...others } = options;
    const address = { host: "localhost", port, transport };
    const connection = await openConnection(address, credential, {
      signal: new AbortController().signal,
      trust: () => true,
      ...others,
    });
    this.#closers.unshift(() => connection.close());
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

/** The TLS settings of a practice listener. */
export function practiceTls(demandChannelBinding: boolean) {
  return { ...practiceCertificate, demandChannelBinding };
}

/** Exchange options of a test that is in no hurry. */
export const patient = { firstByteMs: 20_000, signal: new AbortController().signal } as const;
