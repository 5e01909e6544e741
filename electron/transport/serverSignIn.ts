import { NtlmError } from "../protocol/ntlm/ntlmError.ts";
import { NtlmServer } from "../protocol/ntlm/ntlmServer.ts";
import type { SealingContext } from "../protocol/ntlm/sealingContext.ts";
import { SpnegoError } from "../protocol/spnego/spnegoError.ts";
import { SpnegoServer } from "../protocol/spnego/spnegoServer.ts";
import { readScheme, schemeWithToken } from "./authenticateHeader.ts";
import { findAccount } from "./findAccount.ts";
import { proveWithRequest } from "./proveWithRequest.ts";
import { nodeChance, nodeDigests } from "./nodeDigests.ts";
import type { WinrmListenerOptions } from "./winrmListener.ts";

/** `context` is null where every request carries its proof (Basic, client certificate). */
export type SignedIn = { readonly account: string; readonly context: SealingContext | null };

/** What the TLS layer knows of a socket. */
export type SocketFacts = {
  readonly channelBindings: Uint8Array | null;
  /** SHA-256 of the certificate that the client showed. */
  readonly clientSha256: string | null;
};

/** What a request's Authorization header led to. `challenge` is the value of WWW-Authenticate. */
export type SignInStep =
  | { readonly kind: "goOn"; readonly challenge: string }
  | { readonly kind: "signedIn"; readonly challenge: string | null }
  | { readonly kind: "refused" };

/** The sign-in of one socket as the server sees it: begun anew by each first token, ended by each refusal. */
export class ServerSignIn {
  readonly #options: WinrmListenerOptions;
  readonly #facts: SocketFacts;
  #negotiation: SpnegoServer | null = null;
  #signedIn: SignedIn | null = null;
  #claimed = "";

  constructor(options: WinrmListenerOptions, facts: SocketFacts) {
    this.#options = options;
    this.#facts = facts;
  }

  /** Who is signed in on this socket, or null. */
  get signedIn(): SignedIn | null {
    return this.#signedIn;
  }

  /** Feeds the value of an Authorization header. */
  receive(authorization: string): SignInStep {
    this.#signedIn = null;
    const proved = proveWithRequest(authorization, this.#options, this.#facts.clientSha256);
    if (proved.kind === "account") {
      this.#signedIn = { account: proved.account, context: null };
      return { kind: "signedIn", challenge: null };
    }
    if (proved.kind === "refused") return this.#refuse(proved.because);
    const scheme = readScheme(authorization);
    const name = ["Negotiate", "NTLM"].find((known) => known.toLowerCase() === scheme?.name.toLowerCase());
    if (name === undefined || scheme?.token == null)
      return this.#refuse("The sign-in header cannot be read.");
    const negotiation = this.#negotiation ?? this.#begin();
    try {
      negotiation.receive(scheme.token);
    } catch (cause) {
      if (cause instanceof NtlmError || cause instanceof SpnegoError) return this.#refuse(cause.message);
      throw cause;
    }
    return this.#step(name, negotiation);
  }

  #step(name: string, negotiation: SpnegoServer): SignInStep {
    const token = negotiation.take();
    const state = negotiation.state;
    if (state.kind !== "complete") {
      this.#negotiation = negotiation;
      return { kind: "goOn", challenge: schemeWithToken(name, token) };
    }
    this.#negotiation = null;
    this.#signedIn = { account: state.account, context: state.context };
    return { kind: "signedIn", challenge: token.length === 0 ? null : schemeWithToken(name, token) };
  }

  #refuse(because: string): SignInStep {
    this.#negotiation = null;
    this.#options.onRefusedSignIn?.({ account: this.#claimed, because });
    return { kind: "refused" };
  }

  #begin(): SpnegoServer {
    const { accounts, computerName, domainName, tls } = this.#options;
    this.#claimed = "";
    const ntlm = new NtlmServer({
      findAccount: (names) => {
        this.#claimed = names.domainName === "" ? names.userName : `${names.domainName}\\${names.userName}`;
        return findAccount(accounts, names);
      },
      computerName,
      domainName,
      sealing: tls === undefined,
      channelBindings: this.#facts.channelBindings,
      demandChannelBinding: tls?.demandChannelBinding ?? false,
      digests: nodeDigests,
      ...(this.#options.chance ?? nodeChance),
    });
    return new SpnegoServer(ntlm);
  }
}
