import type { TroubleKind } from "../../drill/winrm/trouble.ts";
import type { Bench } from "./bench.ts";
import type { Misbehave } from "./front.ts";
import { answering, closing, flooding, greeting, hangingUp, offering } from "./misbehaviours.ts";
import { inBody, nested, onFragments, onMessages } from "./twists.ts";
import type { Twist } from "./twists.ts";

/** One way in which the first endpoint goes wrong, and the sentence in which the operator reads it. */
export type BadDay = {
  readonly what: string;
  readonly begin: (bench: Bench) => Promise<void> | void;
  readonly code: string;
  readonly says: RegExp;
};

const below = (what: string, misbehave: Misbehave, code: string, says: RegExp): BadDay => ({
  what,
  begin: ({ front }) => front.turn(misbehave),
  code,
  says,
});

const ordered = (what: string, kind: TroubleKind, code: string, says: RegExp): BadDay => ({
  what,
  begin: ({ stamp }) => stamp.endpoint(0)?.order({ kind }),
  code,
  says,
});

const raw = (status: number, contentType: string | null = null): TroubleKind => ({
  type: "instead",
  reply: { kind: "raw", status, contentType, body: new TextEncoder().encode("<html>no</html>") },
});

const twisted = (what: string, twist: Twist, says: RegExp): BadDay =>
  ordered(what, { type: "twisted", twist }, "badAnswer", says);

const html = "Content-Type: text/html";
const big = "Content-Type: application/soap+xml\nContent-Length: 104857600";

/** Before the sign-in is over: what stands at the address is no WinRM, or not ours. */
const beforeSignIn: readonly BadDay[] = [
  {
    what: "nobody listening",
    begin: ({ front }) => front.goDown(),
    code: "unreachable",
    says: /refused the connection.*Check that WinRM is running/,
  },
  below("a close before any answer", closing, "unreachable", /without an answer.*Connect again/),
  below("a close before any question", hangingUp, "unreachable", /without an answer.*Connect again/),
  below("another protocol", greeting, "badAnswer", /Connect again|Check what answers/),
  below("an answer cut in its head", answering("HTTP/1.1 401 Una\nX"), "badAnswer", /Check what answers/),
  below(
    "an answer cut in its body",
    answering("HTTP/1.1 401 Unauthorized\nContent-Length: 900", "half"),
    "badAnswer",
    /inside its answer.*Connect again/,
  ),
  below("a web page", answering(`HTTP/1.1 200 OK\n${html}`, "<html>"), "badAnswer", /web page.*Check that/),
  below(
    "a 404 page",
    answering(`HTTP/1.1 404 Not Found\n${html}`),
    "unreachable",
    /nothing at \/wsman.*Check/,
  ),
  below("a 503 page", answering(`HTTP/1.1 503 Busy\n${html}`), "unreachable", /503.*wait and try again/),
  below(
    "a redirect",
    answering("HTTP/1.1 302 Found\nLocation: http://127.0.0.1/\nContent-Length: 0"),
    "badAnswer",
    /never followed.*Enter the endpoint's own address/,
  ),
  below(
    "a proxy",
    answering("HTTP/1.1 407 Proxy Authentication Required\nContent-Length: 0"),
    "unreachable",
    /proxy answered.*Let this address past/,
  ),
  below("Basic only", offering('Basic realm="WSMAN"'), "badAnswer", /offers Basic.*Ask its administrators/),
  below("Kerberos only", offering("Kerberos"), "badAnswer", /offers Kerberos.*Ask its administrators/),
  below("a token that is none", offering("Negotiate AAAA"), "badAnswer", /sign-in answer/),
  below(
    "a body of another coding",
    answering("HTTP/1.1 200 OK\nContent-Encoding: gzip"),
    "badAnswer",
    /Check/,
  ),
  below(
    "a body of 100 MB",
    flooding(`HTTP/1.1 200 OK\n${big}`, new Uint8Array(65_536), 1, () => undefined),
    "badAnswer",
    /larger than allowed.*Check what answers/,
  ),
];

/** Over sealed connections: what comes back is damaged, foreign or no answer. */
const afterSignIn: readonly BadDay[] = [
  ordered("a web page in mid-life", { type: "html" }, "badAnswer", /web page.*Check that/),
  ordered("a bad signature", { type: "badSignature" }, "badAnswer", /damaged or was changed.*Connect again/),
  ordered("a wrong number", { type: "wrongSequence" }, "badAnswer", /out of its order.*Connect again/),
  ordered(
    "a cut before the answer",
    { type: "cutBefore" },
    "unreachable",
    /without an answer.*Connect again/,
  ),
  ordered(
    "a cut head",
    { type: "cutAfter", afterBytes: 40 },
    "badAnswer",
    /inside its answer.*Connect again/,
  ),
  ordered(
    "a cut body",
    { type: "cutAfter", afterBytes: 700 },
    "badAnswer",
    /inside its answer.*Connect again/,
  ),
  ordered(
    "an unsealed answer",
    raw(200, "application/soap+xml"),
    "badAnswer",
    /not protected as agreed.*Check/,
  ),
  ordered("a 400", raw(400, "text/html"), "badAnswer", /web page/),
  ordered("a 401 in mid-life", raw(401), "conversationLost", /no longer knows this sign-in.*Sign in again/),
  ordered("a 413", raw(413), "badAnswer", /no request of this size.*Send less/),
  ordered("a 503 in mid-life", raw(503), "unreachable", /503.*wait and try again/),
];

const dtd = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const notXml = /not readable XML.*Check what stands between/;

/** Sealed well, and wrong inside. */
const insideTheSeal: readonly BadDay[] = [
  twisted("a cut envelope", (text) => text.slice(0, text.length / 2), notXml),
  twisted("an empty envelope", () => "", notXml),
  twisted("a DTD", (text) => dtd + text, notXml),
  twisted("an entity bomb", (text) => dtd + inBody("&b;")(text), notXml),
  twisted("an undeclared prefix", inBody("<zz:a/>"), notXml),
  twisted("10 KiB of nested elements", inBody(nested(1_500)), notXml),
  twisted("1 MiB of nested elements", inBody(nested(150_000)), notXml),
  twisted("two bodies", (text) => text.replace(/<(\w+):Body>/, "<$1:Body/>$&"), /one header and one body/),
  twisted(
    "the answer to another request",
    (text) => text.replace(/(RelatesTo>)[^<]+/, "$1uuid:00000000-0000-0000-0000-000000000000"),
    /relates to another request/,
  ),
  twisted(
    "another action",
    (text) => text.replace(/(Action[^>]*>)[^<]+/, "$1http://example.org/"),
    /Action of an answer/,
  ),
  twisted(
    "garbage for base64",
    (text) => text.replace(/(<(?:\w+:)?Stream\b[^>]*>)/g, "$1!!!!"),
    /not base64/,
  ),
  twisted(
    "fragments with gaps",
    onFragments((fragment) => ({ ...fragment, fragmentId: fragment.fragmentId + 1n })),
    /fragment/,
  ),
  twisted(
    "objects numbered 0",
    onFragments((fragment) => ({ ...fragment, objectId: 0n })),
    /object id 0/,
  ),
  twisted(
    "output of another command",
    (text) =>
      text.replace(/(<(?:\w+:)?(?:Stream|CommandState)\b[^>]*CommandId=")[^"]+/g, `$1${"0".repeat(36)}`),
    /output of another command/,
  ),
  twisted(
    "output of a command for the pool",
    (text) => text.replace(/<(?:\w+:)?Stream\b(?![^>]*CommandId)/g, `$& CommandId="${"0".repeat(36)}"`),
    /output of another command/,
  ),
  twisted(
    "deeply nested CLIXML",
    onMessages(({ type }) => ({
      type,
      xml: '<Obj RefId="0"><MS>'.repeat(500) + "</MS></Obj>".repeat(500),
    })),
    /protocol does not allow/,
  ),
];

export const badDays: readonly BadDay[] = [...beforeSignIn, ...afterSignIn, ...insideTheSeal];
