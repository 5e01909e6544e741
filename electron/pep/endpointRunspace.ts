import type { Doing, Grant, Level, Session } from "#contract";
import type {
  AskPerson,
  EnableEnd,
  EndpointAddress,
  Runspace,
  SaidLines,
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

  async readAccess(
    options: { readonly includeExpired: boolean },
    signal: AbortSignal,
  ): Promise<readonly Grant[]> {
    const invoked = await this.#conversation.read(getRemoteSupportAccess(options.includeExpired), signal);
    return readAccessList(invoked, this.#conversation.now(), this.#conversation.place);
  }

  async enable(
    request: { readonly level: Level; readonly minutes: number },
    ask: AskPerson,
    onSaid: (line: string) => void,
    signal: AbortSignal,
    onProgress: (doing: Doing | null) => void = () => undefined,
  ): Promise<EnableEnd> {
    const { place } = this.#conversation;
    const command = enableRemoteSupport(request, await this.#conversation.offered(signal), place);
    const invoked = await this.#conversation.run(command, {
      signal,
      changes: true,
      ask,
      onSaid,
      onProgress,
    });
    return readEnableEnd(invoked, this.#conversation.now(), place);
  }

  async disable(signal: AbortSignal, onProgress?: (doing: Doing | null) => void): Promise<SaidLines> {
    const invoked = await this.#conversation.change(disableRemoteSupport, signal, onProgress);
    return readDisableEnd(invoked, this.#conversation.place);
  }

  async readSessions(
    options: { readonly from: Date; readonly sessionId: string | null },
    signal: AbortSignal,
  ): Promise<readonly Session[]> {
    const command = getRemoteSupportSessionHistory({ ...options, transcript: false });
    return readSessionList(await this.#conversation.read(command, signal), this.#conversation.place);
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
      const listed = await this.readSessions({ from, sessionId: null }, signal);
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
