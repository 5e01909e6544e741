import {
  byteArray,
  dictionary,
  enumValue,
  hashtable,
  list,
  psObject,
  version,
} from "../protocol/clixml/build.ts";
import type { ClixmlObject, ClixmlValue } from "../protocol/clixml/value.ts";
import { writeClixml } from "../protocol/clixml/write.ts";
import { writePipeline } from "../protocol/psrp/createPipeline.ts";
import { writeErrorRecord } from "../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../protocol/psrp/errorRecord.ts";
import { writeFragment } from "../protocol/psrp/fragments.ts";
import { writeHostResponse } from "../protocol/psrp/hostCalls.ts";
import { writeHostInfo } from "../protocol/psrp/hostInfo.ts";
import { idOf, noId } from "../protocol/psrp/ids.ts";
import { toServer, writeMessage } from "../protocol/psrp/messages.ts";
import { messageTypes } from "../protocol/psrp/messageTypes.ts";
import { members } from "../protocol/psrp/objects.ts";
import { noMerges } from "../protocol/psrp/pipelineDescription.ts";
import type { PipelineArgument, PipelineCommand } from "../protocol/psrp/pipelineDescription.ts";
import type { RecordedLine } from "./replayIntoShell.ts";

const poolGuid = "1f9e2c64-0f0d-4a86-9b1e-7c5d3a2b1c0d";
const allZero = "00000000-0000-0000-0000-000000000000";
/** The pool's host answers for every pipeline ([R7], protocol 6.8). */
const poolHost = {
  isHostNull: true,
  isUserInterfaceNull: true,
  isRawInterfaceNull: true,
  useRunspaceHost: true,
};

/**
 * What a Windows client says that enters a session, as lines of the out-of-process form: byte order marks, object ids
 * that do not start at 1, lower-case GUIDs, a time zone blob, its version table, a console without colours or height,
 * typed lines turned into commands with dashed items and Out-Default behind them (protocol 6.6 to 6.12, 12).
 */
export class WindowsClient {
  readonly lines: RecordedLine[] = [];
  #objectId = 2n;
  #pipelines = 0;

  readonly #idBytes: (guid: string) => Uint8Array;

  /** `idBytes`: some clients write GUIDs in another order than .NET (protocol 6.2). `host`: others declare none. */
  constructor(
    protocolVersion = "2.3",
    idBytes: (guid: string) => Uint8Array = idOf,
    host: "console" | "none" = "console",
  ) {
    this.#idBytes = idBytes;
    const opening = [
      this.#object(messageTypes.sessionCapability, capability(protocolVersion)),
      this.#object(messageTypes.initRunspacePool, pool(host)),
    ];
    this.#line("Data Stream='Default'", allZero, opening);
  }

  /** Asks for commands by name before anything else. */
  metadata(...names: readonly string[]): string {
    const question = members({
      Name: list(names, ["System.String[]", "System.Array", "System.Object"]),
      CommandType: enumValue("System.Management.Automation.CommandTypes", "Alias, Function", 271),
      Namespace: list([], ["System.String[]", "System.Array", "System.Object"]),
      FullyQualifiedModule: null,
      ArgumentList: null,
    });
    return this.#begin(messageTypes.getCommandMetadata, question);
  }

  /** A command without anything behind it, such as `prompt`. */
  command(name: string, ...given: readonly PipelineArgument[]): string {
    return this.#pipeline([step(name, given)], null, true);
  }

  /** A typed line. */
  typed(text: string, ...commands: readonly (readonly [string, ...(readonly PipelineArgument[])])[]): string {
    const [first, ...rest] = [...commands, ["Out-Default"] as const].map(([name, ...given]) =>
      step(name, given),
    );
    if (first === undefined) throw new RangeError("a line without commands");
    const merging = { ...first, merges: { ...noMerges, myResult: 2, toResult: 1, error: 1 } };
    return this.#pipeline([merging, ...rest], text, true);
  }

  /** Sends an error back to have it drawn, as after every line that failed. */
  drawError(record: ErrorRecord): string {
    const guid = this.#pipeline([step("Out-Default", [])], null, false);
    // It has lost the invocation on its way.
    const whole = writeErrorRecord(record, true);
    const written = { ...whole, extended: new Map([...whole.extended, ["InvocationInfo", null]]) };
    this.#line("Data Stream='Default'", guid, [this.#object(messageTypes.pipelineInput, written, guid)]);
    this.#line("Data Stream='Default'", guid, [this.#object(messageTypes.endOfPipelineInput, null, guid)]);
    return guid;
  }

  /** Answers the open question of that pipeline. */
  answer(guid: string, callId: bigint, method: number, result: ClixmlValue): void {
    const response = writeHostResponse({ callId, method, result, error: null });
    const object = this.#object(messageTypes.pipelineHostResponse, response, guid);
    this.#line("Data Stream='PromptResponse'", guid, [object]);
  }

  /** A message of the pool. */
  tell(type: number, content: ClixmlValue): void {
    this.#line("Data Stream='Default'", allZero, [this.#object(type, content)]);
  }

  /** The bytes of what was said last, as they would stand in creationXml, Arguments or a Stream. */
  get lastBytes(): Uint8Array {
    const [, base64 = ""] = />([^<]*)</.exec(this.lines.at(-1)?.line ?? "") ?? [];
    return Uint8Array.from(Buffer.from(base64, "base64"));
  }

  stop(guid: string): void {
    this.#say(`<Signal PSGuid='${guid}' />`);
  }

  close(guid: string): void {
    this.#say(`<Close PSGuid='${guid}' />`);
  }

  #pipeline(commands: readonly PipelineCommand[], history: string | null, noInput: boolean): string {
    const description = {
      statements: [commands],
      noInput,
      addToHistory: history !== null,
      history,
      isNested: false,
      redirectErrors: false,
      remoteStreamOptions: 0,
      host: poolHost,
    };
    return this.#begin(messageTypes.createPipeline, writePipeline(description));
  }

  #begin(type: number, content: ClixmlObject | ClixmlValue): string {
    this.#pipelines += 1;
    const guid = `0c7a5e11-0000-4000-8000-${String(this.#pipelines).padStart(12, "0")}`;
    this.#say(`<Command PSGuid='${guid}' />`);
    this.#line("Data Stream='Default'", guid, [this.#object(type, content, guid)]);
    return guid;
  }

  #object(type: number, content: ClixmlValue, pipeline: string | null = null): Uint8Array {
    this.#objectId += 1n;
    const data = writeMessage(
      {
        destination: toServer,
        type,
        poolId: this.#idBytes(poolGuid),
        pipelineId: pipeline === null ? noId : this.#idBytes(pipeline),
        text: type === messageTypes.endOfPipelineInput ? "" : writeClixml(content),
      },
      { mark: true },
    );
    return writeFragment({ objectId: this.#objectId, fragmentId: 0n, start: true, end: true, data });
  }

  #line(head: string, guid: string, objects: readonly Uint8Array[]): void {
    this.#say(`<${head} PSGuid='${guid}'>${Buffer.concat(objects).toString("base64")}</Data>`);
  }

  #say(line: string): void {
    this.lines.push({ from: "client", line });
  }
}

const step = (text: string, given: readonly PipelineArgument[]): PipelineCommand => ({
  text,
  isScript: false,
  useLocalScope: text === "Out-Default" ? true : null,
  arguments: given,
  merges: noMerges,
});

const capability = (protocolVersion: string): ClixmlValue =>
  members({
    protocolversion: version(protocolVersion),
    PSVersion: version("2.0"),
    SerializationVersion: version("1.1.0.1"),
    // Bytes that are no .NET object: whoever deserialised them would notice.
    TimeZone: byteArray(Uint8Array.of(0, 1, 0, 0, 0, 0xff, 0xff)),
  });

const named = (type: string, value: ClixmlValue): ClixmlValue => members({ T: type, V: value });
const size = (width: number, height: number): ClixmlValue =>
  named("System.Management.Automation.Host.Size", members({ width, height }));
const place = named("System.Management.Automation.Host.Coordinates", members({ x: 0, y: 0 }));
const noColour = named("System.ConsoleColor", -1);

/** Keys 9 down to 0, as they were recorded. */
const hostData = (): ClixmlValue =>
  dictionary([
    [9, named("System.String", "practice")],
    [8, size(80, -1)],
    [7, size(80, -1)],
    [6, size(80, -1)],
    [5, size(80, -1)],
    [4, named("System.Int32", 100)],
    [3, place],
    [2, place],
    [1, noColour],
    [0, noColour],
  ]);

const pool = (host: "console" | "none"): ClixmlValue =>
  members({
    MinRunspaces: 1,
    MaxRunspaces: 1,
    PSThreadOptions: enumValue("System.Management.Automation.Runspaces.PSThreadOptions", "Default", 0),
    ApartmentState: enumValue("System.Threading.ApartmentState", "Unknown", 2),
    ApplicationArguments: psObject({
      typeNames: [
        "System.Management.Automation.PSPrimitiveDictionary",
        "System.Collections.Hashtable",
        "System.Object",
      ],
      base: {
        kind: "dictionary",
        entries: [
          ["PSVersionTable", hashtable({ PSVersion: version("5.1.20348.558"), PSEdition: "Desktop" })],
        ],
      },
    }),
    HostInfo:
      host === "none"
        ? writeHostInfo({ ...poolHost, useRunspaceHost: false })
        : members({
            _isHostUINull: false,
            _isHostRawUINull: false,
            _isHostNull: false,
            _hostDefaultData: members({ data: hostData() }),
            _useRunspaceHost: false,
          }),
  });
