import type { Socket } from "node:net";
import type { ServerConversation } from "./serverConversation.ts";

const MOST_UNAUTHENTICATED_FROM_ONE_ADDRESS = 20;

type Caller = {
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** Null until it may speak: over TLS before the handshake has ended. */
  conversation: ServerConversation | null;
};

/** Who is connected. One address may hold few connections that are not signed in, whether they speak yet or not. */
export class Callers {
  readonly #callers = new Map<Socket, Caller>();

  /** Takes a connection, or ends it. */
  admit(socket: Socket): void {
    const { remoteAddress: address, remotePort: port } = socket;
    if (this.#unauthenticatedFrom(address) >= MOST_UNAUTHENTICATED_FROM_ONE_ADDRESS) {
      socket.destroy();
      return;
    }
    this.#callers.set(socket, { address, port, conversation: null });
    socket.once("close", () => this.#callers.delete(socket));
  }

  /** An admitted caller begins to speak; one that was not admitted is ended. */
  begin(socket: Socket, conversation: ServerConversation): void {
    const caller = this.#of(socket);
    if (caller === undefined) socket.destroy();
    else caller.conversation = conversation;
  }

  /** TLS puts a socket of its own over the one that came; both have the same far end. */
  #of(socket: Socket): Caller | undefined {
    const { remoteAddress, remotePort } = socket;
    const came = this.#callers.get(socket);
    return (
      came ??
      [...this.#callers.values()].find(
        ({ address, port }) => port !== undefined && port === remotePort && address === remoteAddress,
      )
    );
  }

  #unauthenticatedFrom(wanted: string | undefined): number {
    return [...this.#callers.values()].filter(
      ({ address, conversation }) => address === wanted && conversation?.signedIn !== true,
    ).length;
  }
}
