import type { Rung } from "#contract";
import type { Clock, Credential, EndpointAddress } from "../services/ports.ts";
import type { Conversation } from "./conversation.ts";

export type CheckParts = {
  readonly clock: Clock;
  readonly conversation: (address: EndpointAddress, credential: Credential) => Conversation;
};

export async function* checkEndpoint(
  _address: EndpointAddress,
  _credential: Credential | null,
  _signal: AbortSignal,
  _parts: CheckParts,
): AsyncGenerator<readonly Rung[]> {
  yield await Promise.resolve([]);
}
