import type { AccountNames } from "../protocol/ntlm/response.ts";
import type { FoundAccount } from "../protocol/ntlm/verifyAuthenticate.ts";
import type { ServerAccount } from "./winrmListener.ts";

/** Finds who is meant by the two names of an AUTHENTICATE message; names compare without case, as Windows does. */
export function findAccount(accounts: readonly ServerAccount[], names: AccountNames): FoundAccount | null {
  const { user, domain } = split(names);
  const found = accounts.find(
    (account) => same(account.user, user) && (domain === "" || isDomain(account.domain, domain)),
  );
  if (found === undefined) return null;
  return { account: `${found.domain}\\${found.user}`, revealPassword: found.revealPassword };
}

/** `user@domain` comes whole in the user name, with an empty domain. */
function split(names: AccountNames): { readonly user: string; readonly domain: string } {
  const at = names.userName.lastIndexOf("@");
  if (names.domainName !== "" || at < 0) return { user: names.userName, domain: names.domainName };
  return { user: names.userName.slice(0, at), domain: names.userName.slice(at + 1) };
}

/** `PRACTICE` is also called `practice.local`. */
function isDomain(own: string, said: string): boolean {
  return same(own, said) || said.toLowerCase().startsWith(`${own.toLowerCase()}.`);
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
