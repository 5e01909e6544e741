/* jsdom lays nothing out, so nothing there can be in sight: a test says what can be seen. */

type Watched = { readonly element: Element; readonly tell: (isIntersecting: boolean) => void };
const watched = new Map<IntersectionObserver, Watched>();

class SaidSight implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }
  observe(element: Element): void {
    const tell = (isIntersecting: boolean): void =>
      this.#callback([{ target: element, isIntersecting } as unknown as IntersectionObserverEntry], this);
    watched.set(this, { element, tell });
  }
  disconnect(): void {
    watched.delete(this);
  }
  unobserve(): void {
    watched.delete(this);
  }
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}

/** From now on a test says what is in sight. */
export function sightIsSaid(): void {
  globalThis.IntersectionObserver = SaidSight;
}

/** Exactly these elements can be seen. */
export function putInSight(isSeen: (element: Element) => boolean): void {
  for (const { element, tell } of watched.values()) tell(isSeen(element));
}
