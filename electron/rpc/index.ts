export { createInbox } from "./channel.ts";
export type { Channel, Inbox } from "./channel.ts";
export { connect } from "./connect.ts";
export { misfit } from "./invalidInput.ts";
export { memoryPair } from "./memoryPair.ts";
export { serve } from "./serve.ts";
export type { ServeLog, Serving } from "./serve.ts";
