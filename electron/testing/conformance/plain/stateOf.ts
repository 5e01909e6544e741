import { messageTypes } from "../../../protocol/psrp/messageTypes.ts";
import type { PlainMessage } from "./plainMessages.ts";

/** The number in a PIPELINE_STATE or RUNSPACEPOOL_STATE; null for any other message. */
export function stateOf(message: PlainMessage): number | null {
  const isState =
    message.type === messageTypes.pipelineState || message.type === messageTypes.runspacePoolState;
  const [, number] = /<I32 N="(?:PipelineState|RunspaceState)">(\d+)<\/I32>/.exec(message.text) ?? [];
  return isState && number !== undefined ? Number(number) : null;
}

export function endsPipeline(message: PlainMessage): boolean {
  const state = stateOf(message);
  return message.type === messageTypes.pipelineState && state !== null && state >= 3 && state <= 5;
}
