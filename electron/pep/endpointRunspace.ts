import type { Level, Session } from "#contract";
import type {
  AccessReading,
  AskPerson,
  CommandEvents,
  EnableEnd,
  EndpointAddress,
  HistoryReading,
  Runspace,
  StampFacts,
} from "../services/ports.ts";
import { demandDisabled, disableRemoteSupport } from "./commands/disableRemoteSupport.ts";
import { enableRemoteSupport, readEnableEnd } from "./commands/enableRemoteSupport.ts";
import {
  getAzureStackStampInformation,
  readStampInformation,
} from "./commands/getAzureStackStampInformation.ts";
import { getRemoteSupportAccess, readAccessList } from "./commands/getRemoteSupportAccess.ts";
import {
  getRemoteSupportSessionHistory,
  readSessionList,
  readTranscriptOf,
  spelledId,
} from "./commands/getRemoteSupportSessionHistory.ts";
import { isRefusal } from "./commands/refusals.ts";
import { tellingAll } from "./commands/tellingAll.ts";
import type { Conversation } from "./conversation.ts";
import type { DeviceTime } from "./deviceTime.ts";
import { canonicalId } from "./records/canonicalId.ts";
import type { ReadShapes } from "./records/readShapes.ts";

type Transcript = { readonly session: Session; readonly text: string };

/** The port's Runspace over a conversation; disposing hands the conversation back to its owner. */
export class EndpointRunspace implements Runspace {
  readonly #conversation: Conversation;
  /** Asked for every answer: they may be corrected at any time. */
  readonly #shapes: () => ReadShapes;
  readonly #handBack: () => Promise<void>;

  constructor(conversation: Conversation, shapes: () => ReadShapes, handBack: () => Promise<void>) {
    this.#conversation = conversation;
    this.#shapes = shapes;
    this.#handBack = handBack;
  }

  get address(): EndpointAddress {
    return this.#conversation.address;
  }

  get clockAheadMs(): number | null {
    return this.#conversation.clockAheadMs;
  }

  async readAccess(
    { includeExpired }: { readonly includeExpired: boolean },
    signal: AbortSignal,
  ): Promise<AccessReading> {
    const invoked = await this.#conversation.read(getRemoteSupportAccess(includeExpired), signal);
    return readAccessList(invoked, { ...this.#reading(), includeExpired }, this.#conversation.place);
  }

  async enable(
    request: { readonly level: Level; readonly minutes: number },
    ask: AskPerson,
    events: CommandEvents,
    signal: AbortSignal,
  ): Promise<EnableEnd> {
    const { place } = this.#conversation;
    const command = enableRemoteSupport(request, await this.#conversation.offered(signal), place);
    const told = tellingAll(events, this.#shapes());
    const invoked = await this.#conversation.run(command, { ...told, signal, changes: true, ask });
    return readEnableEnd(invoked, this.#reading(), place);
  }

  async disable(events: CommandEvents, signal: AbortSignal): Promise<void> {
    const told = tellingAll(events, this.#shapes());
    const invoked = await this.#conversation.change(disableRemoteSupport, signal, told);
    demandDisabled(invoked, this.#conversation.place);
  }

  async readSessions(
    { from, sessionId }: { readonly from: Date | null; readonly sessionId: string | null },
    signal: AbortSignal,
  ): Promise<HistoryReading> {
    const command = getRemoteSupportSessionHistory({ from, sessionId, transcript: false });
    const invoked = await this.#conversation.read(command, signal);
    return readSessionList(invoked, this.#reading(), this.#conversation.place);
  }

  async readTranscript(sessionId: string, signal: AbortSignal): Promise<Transcript | null> {
    const id = canonicalId(sessionId);
    const asked = await this.#askForTranscript(id, id, signal);
    if (asked.found !== null) return asked.found;
    // What an unknown id gets is not published, nor how ids are compared: the list says whether it is known, and how.
    const spelled = await this.#spelling(id, signal);
    if (spelled === null) return null;
    const again = spelled === id ? asked : await this.#askForTranscript(id, spelled, signal);
    if (again.found === null && again.refusal !== null) throw again.refusal;
    return again.found;
  }

  async #askForTranscript(
    id: string,
    spelled: string,
    signal: AbortSignal,
  ): Promise<{ readonly found: Transcript | null; readonly refusal: Error | null }> {
    const command = getRemoteSupportSessionHistory({ from: null, sessionId: spelled, transcript: true });
    const invoked = await this.#conversation.read(command, signal);
    try {
      const found = readTranscriptOf(invoked, id, this.#reading(), this.#conversation.place);
      return { found, refusal: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { found: null, refusal: error };
    }
  }

  async #spelling(id: string, signal: AbortSignal): Promise<string | null> {
    const command = getRemoteSupportSessionHistory({ from: null, sessionId: null, transcript: false });
    const invoked = await this.#conversation.read(command, signal);
    return spelledId(invoked, id, this.#reading(), this.#conversation.place);
  }

  async stampFacts(signal: AbortSignal): Promise<StampFacts> {
    const invoked = await this.#conversation.read(getAzureStackStampInformation, signal);
    return readStampInformation(invoked, this.#conversation.place);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handBack();
  }

  #reading(): {
    readonly shapes: ReadShapes;
    readonly device: DeviceTime;
    readonly shownBy: readonly string[];
  } {
    const { device, address } = this.#conversation;
    return { shapes: this.#shapes(), device, shownBy: [address.name] };
  }
}
