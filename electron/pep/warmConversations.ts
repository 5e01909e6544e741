import type { Clock, Credential, EndpointAddress } from "../services/ports.ts";
import type { Conversation } from "./conversation.ts";

/** How long an unused conversation is kept (milliseconds): open ones can make a stamp update fail. */
const keptFor = 240_000;

type Kept = { readonly conversation: Conversation; readonly taken: AbortController };

/** Conversations that nobody uses at the moment, at most one for each endpoint, account and password. */
export class WarmConversations {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #inUse = new Set<Conversation>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A warm one that was signed in with this very password, or a fresh one. */
  take(address: EndpointAddress, credential: Credential, fresh: () => Conversation): Conversation {
    const key = keyOf(address, credential);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    kept?.taken.abort();
    const fits =
      kept?.conversation.usable === true &&
      kept.conversation.credential.password.reveal() === credential.password.reveal();
    if (kept !== undefined && !fits) void kept.conversation.close();
    const conversation = kept !== undefined && fits ? kept.conversation : fresh();
    return this.adopt(conversation);
  }

  /** A fresh one that is to be handed back like the others. */
  adopt(conversation: Conversation): Conversation {
    this.#inUse.add(conversation);
    return conversation;
  }

  /** Keeps it for a while, or closes it where one is kept already. */
  async handBack(conversation: Conversation): Promise<void> {
    if (!this.#inUse.delete(conversation)) return;
    const key = keyOf(conversation.address, conversation.credential);
    if (this.#closed || this.#kept.has(key) || !conversation.usable) return await conversation.close();
    const taken = new AbortController();
    this.#kept.set(key, { conversation, taken });
    this.#clock.sleep(keptFor, taken.signal).then(
      () => this.#drop(key),
      () => undefined,
    );
  }

  /** Closes those that this account has at these addresses, whatever was trusted when they began. Never throws. */
  async leave(addresses: readonly EndpointAddress[], { account }: Credential): Promise<void> {
    const places = new Set(addresses.map((address) => placeOf(address, account)));
    const isThere = ({ address, credential }: Conversation): boolean =>
      places.has(placeOf(address, credential.account));
    const used = [...this.#inUse].filter(isThere);
    const kept = [...this.#kept].filter(([, { conversation }]) => isThere(conversation));
    for (const conversation of used) this.#inUse.delete(conversation);
    for (const [key, { taken }] of kept) {
      this.#kept.delete(key);
      taken.abort();
    }
    const left = [...used, ...kept.map(([, { conversation }]) => conversation)];
    await Promise.all(left.map((conversation) => conversation.close()));
  }

  /** Closes all, those in use too. Never throws. */
  async close(): Promise<void> {
    this.#closed = true;
    const conversations = [
      ...this.#inUse,
      ...[...this.#kept.values()].map(({ conversation }) => conversation),
    ];
    for (const { taken } of this.#kept.values()) taken.abort();
    this.#kept.clear();
    this.#inUse.clear();
    await Promise.all(conversations.map((conversation) => conversation.close()));
    this.#closed = false;
  }

  async #drop(key: string): Promise<void> {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    await kept?.conversation.close();
  }
}

const placeOf = ({ transport, host, port, configuration }: EndpointAddress, account: string): string =>
  [transport, host, port, configuration, account].join("\n");

const keyOf = (address: EndpointAddress, credential: Credential): string =>
  [
    placeOf(address, credential.account),
    // A conversation opens new connections by itself, under what was trusted when it began.
    address.trustedSha256 ?? "",
    JSON.stringify(address.signIn ?? null),
  ].join("\n");
