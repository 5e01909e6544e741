import { createHash, timingSafeEqual } from "node:crypto";
import { findAccount } from "./findAccount.ts";
import { CERTIFICATE_PROFILE } from "./labSignIn.ts";
import type { WinrmListenerOptions } from "./winrmListener.ts";

/** Who a request says it is by itself; `none` where its header is not of that kind. */
type Proved =
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "refused"; readonly because: string }
  | { readonly kind: "none" };

/** Judges Basic and client certificates, as a server that allows them over TLS does. Never over HTTP. */
export function proveWithRequest(
  authorization: string,
  options: WinrmListenerOptions,
  clientSha256: string | null,
): Proved {
  const { tls, schemes = [] } = options;
  if (authorization === CERTIFICATE_PROFILE) {
    const account = clientSha256 === null ? undefined : tls?.clientCertificates?.get(clientSha256);
    if (account !== undefined) return { kind: "account", account };
    return { kind: "refused", because: "The client certificate stands for no account." };
  }
  const token = /^Basic ([A-Za-z0-9+/]{1,4096}={0,2})$/i.exec(authorization)?.[1];
  if (token === undefined) return { kind: "none" };
  if (tls === undefined || !schemes.includes("Basic"))
    return { kind: "refused", because: "Basic is not allowed here." };
  return proveBasic(Buffer.from(token, "base64").toString("utf8"), options);
}

function proveBasic(text: string, { accounts }: WinrmListenerOptions): Proved {
  const colon = text.indexOf(":");
  const [domainName = "", userName = ""] =
    /^(?:([^\\]*)\\)?(.*)$/s.exec(text.slice(0, colon))?.slice(1) ?? [];
  const found = colon < 0 ? null : findAccount(accounts, { userName, domainName });
  const isSame = sameText(text.slice(colon + 1), found?.revealPassword() ?? "");
  if (found !== null && isSame) return { kind: "account", account: found.account };
  return { kind: "refused", because: "Account or password is wrong." };
}

/** Takes the same time wherever the texts differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
