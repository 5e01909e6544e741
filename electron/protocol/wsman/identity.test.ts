import { expect, test } from "vitest";
import { asksForIdentity, writeIdentity } from "./identity.ts";

const soap = "http://www.w3.org/2003/05/soap-envelope";
const identity = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns:wsmid="${identity}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;

test("wsmid:Identify is known by its namespace, without a header or an action", () => {
  expect(asksForIdentity(envelope("<wsmid:Identify/>"))).toBe(true);
  expect(asksForIdentity(envelope(`<who:Identify xmlns:who="${identity}"></who:Identify>`))).toBe(true);
});

test.each([
  ["another element of that namespace", envelope("<wsmid:IdentifyResponse/>")],
  ["that name in another namespace", envelope("<s:Identify/>")],
  ["a text that mentions it", envelope("<s:Text>wsmid:Identify</s:Text>")],
  ["what is no envelope", `<wsmid:Identify xmlns:wsmid="${identity}"/>`],
  ["what is no XML", identity],
  ["a DTD", `<!DOCTYPE s>${envelope("<wsmid:Identify/>")}`],
])("%s asks for no identity", (_, text) => {
  expect(asksForIdentity(text)).toBe(false);
});

test("the answer names the protocol, and no text of it becomes markup", () => {
  const answer = writeIdentity({ vendor: "A & <B>", version: "OS: 0.0.0 SP: 0.0 Stack: 3.0" });
  expect(answer).toContain("<wsmid:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</");
  expect(answer).toContain("<wsmid:ProductVendor>A &amp; &lt;B&gt;</wsmid:ProductVendor>");
  expect(answer).toContain("<wsmid:ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0</wsmid:ProductVersion>");
});
