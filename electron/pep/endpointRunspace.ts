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
import { disableRemoteSupport, readDisableEnd } from "./commands/disableRemoteSupport.ts";
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
} from "./commands/getRemoteSupportSessionHistory.ts";
import { isRefusal } from "./commands/refusals.ts";
import type { Conversation } from "./conversation.ts";

/** Transcripts are kept 90 days after the session; a session may have begun a day earlier. */
const oldestTranscript = 91 * 86_400_000;

/** The port's Runspace over a conversation; disposing hands the conversation back to its owner. */
export class EndpointRunspace implements Runspace {
  readonly #conversation: Conversation;
  readonly #handBack: () => Promise<void>;

  constructor(conversation: Conversation, handBack: () => Promise<void>) {
    this.#conversation = conversation;
    this.#handBack = handBack;
  }

  get address(): EndpointAddress {
    return this.#conversation.address;
  }

  get clockAheadMs(): number | null {
    return this.#conversation.clockOffsetMs;
  }

  async readAccess(
    options: { readonly includeExpired: boolean },
    signal: AbortSignal,
  ): Promise<AccessReading> {
    const invoked = await this.#conversation.read(getRemoteSupportAccess(options.includeExpired), signal);
    const grants = readAccessList(invoked, this.#conversation.now(), this.#conversation.place);
    return { grants: grants.map((grant) => ({ ...grant, shownBy: [this.address.name] })), notUnderstood: [] };
  }

  async enable(
    request: { readonly level: Level; readonly minutes: number },
    ask: AskPerson,
    { onSent, onSaid, onProgress }: CommandEvents,
    signal: AbortSignal,
  ): Promise<EnableEnd> {
    const { place } = this.#conversation;
    const command = enableRemoteSupport(request, await this.#conversation.offered(signal), place);
    onSent(
      command.parameters
        .map(({ name, value }) => ` -${name} ${String(value)}`)
        .reduce((line, part) => line + part, command.name),
    );
    const invoked = await this.#conversation.run(command, {
      signal,
      changes: true,
      ask,
      onSaid,
      onProgress,
    });
    return readEnableEnd(invoked, this.#conversation.now(), place);
  }

  async disable({ onSent, onSaid, onProgress }: CommandEvents, signal: AbortSignal): Promise<void> {
    onSent(disableRemoteSupport.name);
    const invoked = await this.#conversation.change(disableRemoteSupport, signal, onProgress);
    for (const line of readDisableEnd(invoked, this.#conversation.place)) onSaid(line);
  }

  async readSessions(
    options: { readonly from: Date | null; readonly sessionId: string | null },
    signal: AbortSignal,
  ): Promise<HistoryReading> {
    const from = options.from ?? new Date("2000-01-01T00:00:00Z");
    const command = getRemoteSupportSessionHistory({ ...options, from, transcript: false });
    const sessions = readSessionList(
      await this.#conversation.read(command, signal),
      this.#conversation.place,
    );
    return { sessions: sessions.map((one) => ({ ...one, shownBy: [this.address.name] })), notUnderstood: [] };
  }

  async readTranscript(
    sessionId: string,
    signal: AbortSignal,
  ): Promise<{ readonly session: Session; readonly text: string } | null> {
    const from = new Date(this.#conversation.now().getTime() - oldestTranscript);
    const command = getRemoteSupportSessionHistory({ from, sessionId, transcript: true });
    const invoked = await this.#conversation.read(command, signal);
    try {
      return readTranscriptOf(invoked, sessionId, this.#conversation.place);
    } catch (error) {
      // What an unknown id gets is not published: an error counts as "unknown" only when the list does not have it.
      if (!isRefusal(error)) throw error;
      const { sessions: listed } = await this.readSessions({ from, sessionId: null }, signal);
      if (listed.some((session) => session.id.toLowerCase() === sessionId.toLowerCase())) throw error;
      return null;
    }
  }

  async stampFacts(signal: AbortSignal): Promise<StampFacts> {
    const invoked = await this.#conversation.read(getAzureStackStampInformation, signal);
    return readStampInformation(invoked, this.#conversation.place);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handBack();
  }
}
