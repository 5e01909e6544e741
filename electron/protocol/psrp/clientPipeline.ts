import { FragmentAssembler } from "./fragmentAssembler.ts";
import type { AssemblyLimits, AssemblyLoad } from "./fragmentAssembler.ts";
import type { MessageId } from "./ids.ts";
import { OpenCalls } from "./openCalls.ts";
import { Outbox } from "./outbox.ts";
import type { ObjectIds } from "./outbox.ts";
import type { PipelineState } from "./pipelineState.ts";

/** One pipeline, or the pool itself, as the client role keeps it. */
export class ClientSide {
  readonly id: MessageId;
  readonly stdin: Outbox;
  readonly responses: Outbox;
  readonly calls = new OpenCalls();
  readonly assembler: FragmentAssembler;
  state: PipelineState = "notStarted";
  inputOpen: boolean;

  constructor(
    id: MessageId,
    ids: ObjectIds,
    reading: { readonly limits: AssemblyLimits; readonly load: AssemblyLoad; readonly joining: boolean },
    inputOpen: boolean,
  ) {
    this.id = id;
    this.inputOpen = inputOpen;
    this.stdin = new Outbox(ids);
    this.responses = new Outbox(ids);
    this.assembler = new FragmentAssembler(reading.limits, reading.load, reading.joining);
  }
}
