import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { FragmentAssembler } from "../protocol/psrp/fragmentAssembler.ts";
import { clientLimits } from "../protocol/psrp/limits.ts";
import { contentOf, readMessage } from "../protocol/psrp/messages.ts";
import { signalCodes } from "../protocol/wsman/names.ts";
import { Shell } from "../drill/winrm/shell.ts";
import type { ShellSurroundings } from "../drill/winrm/shellSurroundings.ts";
import { usualPrivateData } from "../drill/winrm/privateData.ts";
import type { StampCommand } from "../drill/stampCommand.ts";

/** A line of a recorded out-of-process conversation. */
export type RecordedLine = { readonly from: string; readonly line: string };

/** One message of a server; `pipeline` is the lower-case GUID, "" for the pool. */
export type Heard = { readonly pipeline: string; readonly type: number; readonly content: ClixmlValue };

const element =
  /^<(?<name>\w+)(?: Stream='(?<stream>\w+)')? PSGuid='(?<guid>[^']+)'(?:>(?<data>[^<]*)<\/Data>| \/>)$/;
const poolGuid = "00000000-0000-0000-0000-000000000000";
const enough = new AbortController().signal;

/**
 * Plays the client's lines to a shell of the practice stamp, carried as WSMan carries them: Create, Command, Send,
 * Signal. What the shell says is read before the client goes on, as the recorded server's words were.
 */
export async function replayIntoShell(
  lines: readonly RecordedLine[],
  commands: readonly StampCommand[],
  change: Partial<ShellSurroundings> = {},
): Promise<readonly Heard[]> {
  const shell = new Shell(facts, { ...surroundings(commands), ...change });
  const heard = new Listener(shell);
  const begun = new Set<string>();
  const announced = new Set<string>();
  for (const { from, line } of lines) {
    const parts = from === "client" ? element.exec(line)?.groups : undefined;
    if (parts === undefined) continue;
    const guid = parts["guid"] ?? "";
    const bytes = Uint8Array.from(Buffer.from(parts["data"] ?? "", "base64"));
    if (parts["name"] === "Command") announced.add(guid);
    else if (parts["name"] === "Data" && guid === poolGuid) {
      if (heard.opened) shell.send([{ name: "stdin", commandId: null, bytes, end: false }]);
      else shell.begin(bytes);
      await heard.pool();
    } else if (parts["name"] === "Data" && announced.delete(guid)) {
      begun.add(guid);
      shell.command(guid, bytes, "en-US");
    } else if (parts["name"] === "Data") {
      const name = parts["stream"] === "PromptResponse" ? "pr" : "stdin";
      if (name === "pr") await heard.command(guid);
      shell.send([{ name, commandId: guid, bytes, end: false }]);
    } else if (parts["name"] === "Signal") {
      await heard.command(guid);
      shell.signal(guid, signalCodes.stop);
    } else if (parts["name"] === "Close" && begun.has(guid)) {
      await heard.command(guid);
      shell.signal(guid, signalCodes.terminate);
    }
  }
  shell.close();
  return heard.messages;
}

/** Receives for the pool and for each command, and puts the messages together. */
class Listener {
  readonly messages: Heard[] = [];
  readonly #shell: Shell;
  readonly #sources = new Map<string, FragmentAssembler>();
  readonly #over = new Set<string>();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get opened(): boolean {
    return this.messages.length > 0;
  }

  /** All that waits for the pool. */
  async pool(): Promise<void> {
    while (await this.#receive(null, 0));
  }

  /** Until the command is done or asks. */
  async command(guid: string): Promise<void> {
    while (!this.#over.has(guid) && (await this.#receive(guid, 1)));
  }

  /** False when there is nothing more for now. */
  async #receive(commandId: string | null, patience: number): Promise<boolean> {
    const signal = patience > 0 ? enough : AbortSignal.abort();
    const answer = await this.#shell.receive(commandId, {
      timeoutMs: 60_000,
      envelopeBytes: 512_000,
      signal,
    });
    if (answer.kind === "fault" || answer.body.type !== "received") return false;
    for (const fragment of answer.body.fragments) this.#take(commandId ?? "", fragment);
    if (answer.body.state === "done") this.#over.add(commandId ?? "");
    return answer.body.state === null;
  }

  #take(pipeline: string, fragment: Uint8Array): void {
    const source =
      this.#sources.get(pipeline) ?? new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });
    this.#sources.set(pipeline, source);
    for (const object of source.receive(fragment)) {
      const message = readMessage(object);
      this.messages.push({ pipeline, type: message.type, content: contentOf(message) });
    }
  }
}

const facts = {
  shellId: "3C44D114-8061-412A-9519-D25BA6D8977B",
  name: null,
  resourceUri: "http://schemas.microsoft.com/powershell/PrivilegedEndpoint",
  owner: "AZS\\cloudadmin",
  clientIp: "127.0.0.1",
  processId: 4004,
  idleTimeoutMs: 7_200_000,
};

const surroundings = (commands: readonly StampCommand[]): ShellSurroundings => ({
  endpoint: "AZS-ERCS01",
  commands: () => commands,
  switches: () => ({ lines: "both" }),
  privateData: usualPrivateData,
  randomBytes: (count) => new Uint8Array(count).fill(7),
  clock: { now: () => 0, after: () => ({ cancel: () => undefined }) },
  today: () => new Date(0),
  commandsPerShell: 1000,
  onRun: () => undefined,
});
