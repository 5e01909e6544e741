import type { StampSwitches } from "../stampSwitches.ts";
import { advance, disable, enable } from "./stampActs.ts";
import type { EnableRequest, EnableResult } from "./stampActs.ts";
import type { Instance, StampState } from "./stampState.ts";

/** What the three endpoints share: the state, brought up to the clock's time at every look. */
export type StampModel = {
  /** The state as of now. */
  state(): StampState;
  enable(request: EnableRequest): EnableResult;
  /** Ends what is in force; tells how many grants that were. */
  disable(instance: Instance): number;
};

export type StampModelOptions = {
  readonly initial: StampState;
  readonly now: () => Date;
  readonly speed: number;
  readonly switches: () => StampSwitches;
  /** A newer state that somebody else kept, null when there is none. */
  readonly refresh?: () => StampState | null;
  /** Does an act while nobody else changes the kept state. */
  readonly alone?: <T>(act: () => T) => T;
  /** Called with every state that differs from the one before in more than its time. */
  readonly onChange: (state: StampState) => void;
};

/** Joins the pure acts to a clock and to a place where the state is kept. */
export function createStampModel(options: StampModelOptions): StampModel {
  let current = options.initial;
  const rules = () => ({ speed: options.speed, switches: options.switches() });

  const keep = (next: StampState): StampState => {
    // Kept first: what cannot be kept has not happened.
    if (differs(current, next)) options.onChange(next);
    current = next;
    return next;
  };
  const alone = options.alone ?? ((act) => act());
  const asOfNow = (): StampState => {
    current = options.refresh?.() ?? current;
    return advance(current, options.now().getTime(), rules());
  };
  const upToNow = (): StampState => keep(asOfNow());
  /** Most looks find that nothing happened since the last; only what is to be kept is worked out alone. */
  const look = (): StampState => {
    const next = asOfNow();
    return differs(current, next) ? alone(upToNow) : keep(next);
  };

  return {
    state: look,
    enable: (request) =>
      alone(() => {
        const result = enable(upToNow(), request, rules());
        if (result.kind === "enabled") keep(result.state);
        return result;
      }),
    disable: (instance) =>
      alone(() => {
        const result = disable(upToNow(), instance, rules());
        keep(result.state);
        return result.endedGrants;
      }),
  };
}

function differs(before: StampState, after: StampState): boolean {
  return (
    before.grants !== after.grants ||
    before.sessions !== after.sessions ||
    before.engineer !== after.engineer ||
    before.drawn !== after.drawn
  );
}
