import { randomFrom } from "./random.ts";
import type { Random } from "./random.ts";
import type { StampState } from "./stampState.ts";

/** Chance for one happening, and the state that remembers that it was used. */
export function draw(
  state: StampState,
  what: string,
): { readonly state: StampState; readonly random: Random } {
  return {
    state: { ...state, drawn: state.drawn + 1 },
    random: randomFrom(state.seed, state.drawn, what),
  };
}
