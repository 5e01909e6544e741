import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { conformance, conformanceText } from "../../testing/conformance.ts";
import { ClientPool } from "./clientPool.ts";
import { FragmentAssembler } from "./fragmentAssembler.ts";
import { hexOf, idOf } from "./ids.ts";
import { clientLimits } from "./limits.ts";
import { contentOf, readMessage } from "./messages.ts";
import type { ServerEvent } from "./serverEvents.ts";
import { ServerPool } from "./serverPool.ts";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));
const assembler = (): FragmentAssembler => new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });

type Decoded = {
  readonly from: string;
  readonly typeId: string | number;
  readonly pipelineId: string;
  readonly clixml: string;
};
type Conversation = {
  readonly lines: readonly { readonly from: string; readonly line: string }[];
  readonly decoded: readonly Decoded[];
};

const powershell = conformance("powershell");
/** 14: malformed on purpose. 03b: a message the recorder did not list. 07: no conversation. */
const wellFormed = powershell.files.filter(
  (path) => /\.json(\.gz)?$/.test(path) && !/^(14_|07_|03b)/.test(basename(path)),
);
const dataLine = /^<Data Stream='(\w+)' PSGuid='([^']+)'>([^<]*)<\/Data>$/;

const conversationOf = (path: string): Conversation => JSON.parse(conformanceText(path)) as Conversation;

const decode = (conversation: Conversation): readonly object[] => {
  const sources = new Map<string, FragmentAssembler>();
  return conversation.lines.flatMap(({ from, line }) => {
    const [, stream = "", guid = "", base64 = ""] = dataLine.exec(line) ?? [];
    const key = `${from} ${stream} ${guid}`;
    const source = sources.get(key) ?? assembler();
    sources.set(key, source);
    return source.receive(bytesOf(base64)).map((object) => {
      const message = readMessage(object);
      contentOf(message);
      return { from, type: message.type, pipelineId: hexOf(message.pipelineId), text: message.text };
    });
  });
};

describe("conversations with real PowerShell", () => {
  test("every line gives the listed messages", (context) => {
    context.skip(powershell.missing, powershell.reason);
    for (const path of wellFormed) {
      const conversation = conversationOf(path);
      const listed = conversation.decoded.map((message) => ({
        from: message.from,
        type: Number(
          typeof message.typeId === "string" ? `0x${message.typeId.replace(/^0x/, "")}` : message.typeId,
        ),
        pipelineId: hexOf(idOf(message.pipelineId)),
        text: message.clixml,
      }));
      expect({ path, messages: decode(conversation) }).toEqual({ path, messages: listed });
    }
  });

  test("both our roles follow them without trouble", (context) => {
    context.skip(powershell.missing, powershell.reason);
    for (const path of wellFormed.filter((name) => !basename(name).startsWith("13_")))
      expect({ path, troubles: troubles(conversationOf(path)) }).toEqual({ path, troubles: [] });
  });
});

const session = /^0{8}-/;

/** Feeds each side's lines to our role at the other end; what is not readable comes back. */
const troubles = (conversation: Conversation): readonly object[] => {
  const pool = conversation.decoded.find((message) => message.from === "client") as unknown as {
    runspacePoolId: string;
  };
  const client = new ClientPool(pool.runspacePoolId);
  const server = new ServerPool();
  client.open();
  const found: object[] = [];
  for (const { from, line } of conversation.lines) {
    const [, stream = "", guid = "", base64 = ""] = dataLine.exec(line) ?? [];
    const [, command] = /^<Command PSGuid='([^']+)'/.exec(line) ?? [];
    if (from === "client" && command !== undefined && client.pipelineState(command) === null)
      client.createPipeline(command, [{ name: "Get-Command", parameters: [] }]);
    if (base64 === "") continue;
    const pipeline = session.test(guid) ? null : guid;
    const bytes = bytesOf(base64);
    const kind = stream === "PromptResponse" ? "pr" : "stdin";
    const events =
      from === "client" ? server.receive({ pipeline, stream: kind }, bytes) : client.receive(pipeline, bytes);
    for (const event of events) {
      if (event.type === "initRunspacePool") server.opened(null);
      if (event.type === "broken" || event.type === "malformed") found.push(event);
    }
  }
  return found;
};

const recordings = conformance("windows-recordings");

type Exchange = { readonly request: string; readonly response: string };
const exchangesOf = (path: string): readonly Exchange[] =>
  conformanceText(path)
    .split("- request:")
    .slice(1)
    .map((part) => {
      const [request = "", response = ""] = part.split(/^\s*response:/m);
      return { request, response };
    })
    // Some conversations have a text shell between two pools.
    .filter(({ request }) => !request.includes("windows/shell/cmd"));

const elements = (
  text: string,
  name: string,
): readonly { readonly attributes: string; readonly base64: string }[] =>
  [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}\\b([^>]*)>([A-Za-z0-9+/=\\s]+)</`, "g"))].map((match) => ({
    attributes: match[1] ?? "",
    base64: match[2] ?? "",
  }));

const commandOf = (attributes: string): string | null => /CommandId="([^"]+)"/.exec(attributes)?.[1] ?? null;
const isPsrp = (path: string): boolean => conformanceText(path).includes("creationXml");

describe("recordings of Windows servers", () => {
  test("every response decodes", (context) => {
    context.skip(recordings.missing, recordings.reason);
    let messages = 0;
    for (const path of recordings.files.filter(isPsrp)) {
      const sources = new Map<string | null, FragmentAssembler>();
      for (const { response } of exchangesOf(path))
        for (const { attributes, base64 } of elements(response, "Stream")) {
          if (!attributes.includes("stdout")) continue;
          const command = commandOf(attributes);
          const source = sources.get(command) ?? assembler();
          sources.set(command, source);
          const objects = source.receive(bytesOf(base64)).map(readMessage);
          for (const message of objects) contentOf(message);
          messages += objects.length;
        }
    }
    expect(messages).toBeGreaterThan(200);
  });

  test("every request is understood by the server role", (context) => {
    context.skip(recordings.missing, recordings.reason);
    for (const path of recordings.files.filter(isPsrp))
      expect({ path, troubles: serverTroubles(path) }).toEqual({ path, troubles: [] });
  });
});

const serverTroubles = (path: string): readonly object[] => {
  let server = new ServerPool();
  const found: object[] = [];
  const hear = (pipeline: string | null, stream: "stdin" | "pr", base64: string): void => {
    for (const event of server.receive({ pipeline, stream }, bytesOf(base64))) {
      if (event.type === "initRunspacePool") server.opened(null);
      if (troubling(event)) found.push(event);
    }
  };
  for (const { request } of exchangesOf(path)) {
    for (const { base64 } of elements(request, "creationXml")) {
      server = new ServerPool();
      hear(null, "stdin", base64);
    }
    const command = /CommandId="([^"]+)"/.exec(request)?.[1] ?? null;
    if (/signal\/terminate/i.test(request) && command !== null) server.forget(command);
    for (const { base64 } of elements(request, "Arguments")) hear(command, "stdin", base64);
    for (const { attributes, base64 } of elements(request, "Stream"))
      hear(commandOf(attributes), attributes.includes('"pr"') ? "pr" : "stdin", base64);
  }
  return found;
};

const troubling = (event: ServerEvent): boolean => event.type === "broken" || event.type === "malformed";
