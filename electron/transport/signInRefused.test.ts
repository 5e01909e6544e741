import { expect, test } from "vitest";
import { signInRefused } from "./signInRefused.ts";

const facts = {
  place: "10.0.0.4:5985",
  offered: ["Negotiate", "Kerberos"],
  scheme: "Negotiate",
  token: "last",
  account: "AZS\\cloudadmin",
  tls: false,
  bound: false,
} as const;

/* A 401 tells no reason, so the sentence tells all that was tried (protocol 3.1). */
test.each([
  ["what was offered", {}, /offered: Negotiate, Kerberos;/],
  ["nothing offered", { offered: [] }, /offered: nothing;/],
  ["which scheme was used", { scheme: "NTLM" }, /used: NTLM;/],
  ["the last token", {}, /at the last of three tokens/],
  ["no binding over HTTP", {}, /no TLS, so no channel binding/],
  ["a binding that was sent", { tls: true, bound: true }, /bound to its TLS certificate.*TLS proxy/],
  ["a binding that was not", { tls: true }, /no channel binding sent, which an endpoint can demand/],
  ["DOMAIN\\user", {}, /account given as DOMAIN\\user\)/],
  ["user@domain", { account: "a@b.c" }, /account given as user@domain\)/],
  [".\\user", { account: ".\\admin" }, /account given as \.\\user \(the endpoint's own accounts\)/],
  ["a bare name", { account: "admin" }, /account given as a name without domain\)/],
  ["what to try", {}, /Check the account and type the password anew; repeated attempts can lock/],
])("a refused password is told with %s", (_, change, says) => {
  const error = signInRefused({ ...facts, ...change });
  expect(error).toMatchObject({ code: "signInRefused", acted: "no" });
  expect(error.message).toMatch(says);
});

test("a first token without an answer is an endpoint without NTLM, and no password was tried", () => {
  const error = signInRefused({ ...facts, token: "first", offered: ["Kerberos\n<b>"] });
  expect(error).toMatchObject({ code: "schemeNotOffered", acted: "no" });
  expect(error.message).toMatch(
    /offers Kerberos\?<b> and did not answer our first Negotiate token: it does not take NTLM.*allow NTLM/,
  );
});
