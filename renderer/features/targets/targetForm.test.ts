import { expect, test } from "vitest";
import { emptyDraft, readTarget, withTransport } from "./targetForm.ts";
import type { TargetDraft } from "../../stores/keptTargetDraft.ts";

const filled: TargetDraft = {
  ...emptyDraft,
  name: "Oslo",
  account: "AZS\\cloudadmin",
  endpoints: [{ name: "ERCS01", host: "10.0.0.1", port: "5985" }],
};

test("a filled form is a target", () => {
  expect(readTarget(filled)).toMatchObject({ kind: "target", target: { name: "Oslo", kind: "stamp" } });
});

test.each([
  ["no name", { name: " " }, "name"],
  [
    "an address with a scheme",
    { endpoints: [{ name: "E", host: "http://x", port: "5985" }] },
    "endpoints.0.host",
  ],
  ["port 0", { endpoints: [{ name: "E", host: "x", port: "0" }] }, "endpoints.0.port"],
  ["port in words", { endpoints: [{ name: "E", host: "x", port: "usual" }] }, "endpoints.0.port"],
  ["a configuration with a slash", { configuration: "a/b" }, "configuration"],
  ["an account with a star", { account: "AZS\\*" }, "account"],
])("%s is a problem at its entry", (_name, part, path) => {
  const read = readTarget({ ...filled, ...part });
  expect(read.kind === "problems" ? Object.keys(read.problems) : []).toContain(path);
});

test("each entry is told its own limit", () => {
  const read = readTarget({ ...filled, name: "", endpoints: [{ name: "", host: "x", port: "1" }] });
  expect(read).toMatchObject({
    problems: {
      name: "Give it a name of at most 80 characters.",
      "endpoints.0.name": "Give it a name of at most 64 characters.",
    },
  });
});

test("another transport takes its usual port along, and leaves a typed one", () => {
  const typed = { ...filled, endpoints: [...filled.endpoints, { name: "E2", host: "x", port: "15985" }] };
  expect(withTransport(typed, "https").endpoints.map(({ port }) => port)).toEqual(["5986", "15985"]);
});

test("a client certificate is two paths, and over HTTP the sign-in is Negotiate again", () => {
  const secure: TargetDraft = { ...withTransport(filled, "https"), signIn: "certificate" };
  const read = readTarget(secure);
  expect(read.kind === "problems" ? Object.keys(read.problems) : []).toEqual([
    "signIn.certificateFile",
    "signIn.keyFile",
  ]);
  expect(readTarget({ ...secure, certificateFile: " c.pem ", keyFile: "k.pem" })).toMatchObject({
    target: { signIn: { kind: "certificate", certificateFile: "c.pem", keyFile: "k.pem" } },
  });
  expect(readTarget(withTransport(secure, "http"))).toMatchObject({
    target: { transport: "http", signIn: { kind: "negotiate" } },
  });
});
