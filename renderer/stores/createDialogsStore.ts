import type { Receipt } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";

/** Every dialog there is. */
export type Dialog =
  | { readonly kind: "help" }
  | { readonly kind: "palette" }
  | { readonly kind: "signIn"; readonly targetId: string }
  | { readonly kind: "trust"; readonly targetId: string }
  | { readonly kind: "shells"; readonly targetId: string }
  | { readonly kind: "removeTarget"; readonly targetId: string }
  | { readonly kind: "receipt"; readonly receipt: Receipt };

export type DialogsState = {
  /** What the operator opened. */
  readonly regular: Dialog | null;
  /** An interruption: drawn above the regular one and never in its place. */
  readonly important: Dialog | null;
  readonly open: (dialog: Dialog) => void;
  readonly interrupt: (dialog: Dialog) => void;
  /** Closes the one on top. */
  readonly close: () => void;
};

export function createDialogsStore(): StoreApi<DialogsState> {
  return createStore<DialogsState>()((set, get) => ({
    regular: null,
    important: null,
    open: (regular) => set({ regular }),
    interrupt: (important) => set({ important }),
    close: () => set(get().important === null ? { regular: null } : { important: null }),
  }));
}
