import { parse } from "yaml";
import { elementsOf, firstBelow, plainAttribute, plainText, plainXml } from "../plain/plainXml.ts";
import type { PlainElement } from "../plain/plainXml.ts";
import { PlainSource } from "../plain/plainMessages.ts";
import type { PlainMessage } from "../plain/plainMessages.ts";

/** One request with its response, read by the plain reader. */
export type Exchange = {
  readonly request: string;
  readonly asked: PlainElement;
  /** The last word of the request's Action. */
  readonly action: string;
  /** The shell that the request is about, in upper case; "" for the service itself. */
  readonly shell: string;
  readonly response: string | null;
  readonly answered: PlainElement | null;
  /** PSRP messages that begin in this request, whole, with the CommandId that carried them. */
  readonly messages: readonly SentMessage[];
};

export type SentMessage = {
  readonly message: PlainMessage;
  readonly command: string | null;
  readonly stream: string;
};

type Pair = Readonly<Record<string, unknown>>;

/** Null when the text is no recording of this kind. */
export function parseRecording(text: string): readonly Exchange[] | null {
  const pairs = readPairs(text);
  return pairs === null ? null : withMessages(pairs.map(readPair));
}

/** A recording's form with words in the place of its envelopes, as recorders keep one to explain it. */
export function isTemplate(text: string): boolean {
  const requests = readPairs(text)?.map((pair) => String(pair["request"])) ?? [];
  return requests.length > 0 && requests.every((request) => !request.trimStart().startsWith("<"));
}

function readPairs(text: string): readonly Pair[] | null {
  const root = tryParse(text);
  const pairs: unknown = isRecord(root) ? root["messages"] : null;
  const isPair = (pair: unknown): pair is Pair => isRecord(pair) && typeof pair["request"] === "string";
  return Array.isArray(pairs) && pairs.every(isPair) ? pairs : null;
}

function tryParse(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Pair =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readPair(pair: Pair): Exchange {
  const request = String(pair["request"]);
  const response = envelopeIn(pair["response"]);
  const asked = plainXml(request);
  const action = plainText(firstBelow(asked, "Action") ?? asked).trim();
  const answered = response === null ? null : plainXml(response);
  const chosen = plainAttribute(firstBelow(asked, "Shell") ?? asked, "ShellId") ?? "";
  return {
    request,
    asked,
    action: action.slice(action.lastIndexOf("/") + 1),
    // Windows 2008 R2 gives a shell another id than the client chose: what it answers counts.
    shell: (
      selectedShell(asked) ??
      selectedShell(firstBelow(answered ?? asked, "ResourceCreated")) ??
      chosen
    ).toUpperCase(),
    response,
    answered,
    messages: [],
  };
}

/** Nothing, or a text that is no envelope, came where the connection or the sign-in broke. */
const envelopeIn = (response: unknown): string | null =>
  typeof response === "string" && response.trimStart().startsWith("<") ? response : null;

function selectedShell(element: PlainElement | null): string | null {
  const selectors = element === null ? null : firstBelow(element, "SelectorSet");
  const selector = selectors === null ? undefined : elementsOf(selectors).find(isShellId);
  return selector === undefined ? null : plainText(selector).trim();
}

const isShellId = (selector: PlainElement): boolean => plainAttribute(selector, "Name") === "ShellId";

/** What a request carries of PSRP: creationXml, connectXml, Arguments and Streams that are in base64. */
export function carriedBy(
  exchange: Exchange,
): readonly { readonly command: string | null; readonly stream: string; readonly bytes: Buffer }[] {
  const bodyOf = (name: string): readonly PlainElement[] => {
    const found = firstBelow(exchange.asked, name);
    return found === null ? [] : [found];
  };
  const line = firstBelow(exchange.asked, "CommandLine");
  const send = firstBelow(exchange.asked, "Send");
  const whole = (element: PlainElement, command: string | null, stream: string) => ({
    command,
    stream,
    bytes: Buffer.from(plainText(element), "base64"),
  });
  return [
    ...[...bodyOf("creationXml"), ...bodyOf("connectXml")].map((xml) => whole(xml, null, "stdin")),
    ...(line === null
      ? []
      : bodyOf("Arguments").map((xml) => whole(xml, plainAttribute(line, "CommandId"), "stdin"))),
    ...(send === null ? [] : elementsOf(send)).map((xml) =>
      whole(xml, plainAttribute(xml, "CommandId"), plainAttribute(xml, "Name") ?? ""),
    ),
  ];
}

/** Upper-case ids of the shells that speak PSRP. */
export function psrpShells(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const speaking = exchanges.filter(
    ({ asked }) => firstBelow(asked, "creationXml") !== null || firstBelow(asked, "connectXml") !== null,
  );
  return new Set(speaking.map(({ shell }) => shell));
}

function withMessages(exchanges: readonly Exchange[]): readonly Exchange[] {
  const shells = psrpShells(exchanges);
  const sources = new Map<string, PlainSource<number>>();
  const begun = exchanges.map((): SentMessage[] => []);
  exchanges.forEach((exchange, index) => {
    if (!shells.has(exchange.shell)) return;
    for (const { command, stream, bytes } of carriedBy(exchange)) {
      const key = `${exchange.shell} ${command ?? ""} ${stream}`;
      const source = sources.get(key) ?? new PlainSource<number>();
      sources.set(key, source);
      for (const { message, begun: place } of source.add(bytes, index))
        begun[place]?.push({ message, command, stream });
    }
  });
  return exchanges.map((exchange, index) => ({ ...exchange, messages: begun[index] ?? [] }));
}
