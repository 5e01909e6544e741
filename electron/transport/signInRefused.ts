import { TransportError } from "./winrmConnection.ts";

export type RefusedSignIn = {
  readonly place: string;
  readonly offered: readonly string[];
  readonly scheme: string;
  /** first: the NEGOTIATE token got no answer. last: the proof of the password was refused. */
  readonly token: "first" | "last";
  readonly account: string;
  readonly tls: boolean;
  readonly bound: boolean;
};

/**
 * NTLM over HTTP gives no reason, so the sentence names all that may be wrong, and what was tried ([MS-NLMP] has no
 * sub-code in a 401). It holds the account's form, never the password.
 */
export function signInRefused(facts: RefusedSignIn): TransportError {
  const { place, scheme } = facts;
  const offered = facts.offered.slice(0, 8).map(printable).join(", ");
  if (facts.token === "first")
    return new TransportError(
      "schemeNotOffered",
      `${place} offers ${offered || "no scheme"} and did not answer our first ${scheme} token: it does not take NTLM. ` +
        "Ask its administrators to allow NTLM for WinRM.",
      { acted: "no" },
    );
  return new TransportError(
    "signInRefused",
    `${place} refused the sign-in at the last of three tokens (offered: ${offered || "nothing"}; used: ${scheme}; ` +
      `${bindingWords(facts)}; account given as ${accountForm(facts.account)}). The endpoint gives no reason: a wrong ` +
      "password, an unknown, locked, disabled or expired account, or no right to sign in. Check the account and type the " +
      "password anew; repeated attempts can lock the account.",
    { acted: "no" },
  );
}

function bindingWords(facts: RefusedSignIn): string {
  if (!facts.tls) return "no TLS, so no channel binding";
  return facts.bound
    ? "bound to its TLS certificate, which fails behind a TLS proxy"
    : "no channel binding sent, which an endpoint can demand";
}

/** The form of an account name, which says enough to find a mistake in it. */
function accountForm(account: string): string {
  if (account.startsWith(".\\")) return ".\\user (the endpoint's own accounts)";
  if (account.includes("\\")) return "DOMAIN\\user";
  return account.includes("@") ? "user@domain" : "a name without domain";
}

function printable(text: string): string {
  return text.replace(/[^ -~]/g, "?").slice(0, 40);
}
