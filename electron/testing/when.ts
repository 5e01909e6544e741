type Watched<S> = {
  readonly getState: () => S;
  readonly subscribe: (look: (state: S) => void) => () => void;
};

/** Resolves with the first state of a store in which something is so; now, where it is so already. */
export function when<S>(store: Watched<S>, isSo: (state: S) => boolean): Promise<S> {
  return new Promise((resolve) => {
    if (isSo(store.getState())) return resolve(store.getState());
    const leave = store.subscribe((state) => {
      if (!isSo(state)) return;
      leave();
      resolve(state);
    });
  });
}
