import type { Scope } from "#contract";
import type { KnownAct } from "../ledger/knownActs.ts";
import type { EndpointView, GoodView } from "./endpointView.ts";

/** Instances were assumed to follow each other within this (milliseconds); who does not has a state of its own. */
const mayLag = 2 * 60_000;

/** Older acts say nothing that newer ones do not. */
const mostLookedAt = 40;

type Opened = {
  readonly key: string;
  readonly endpoint: string;
  readonly at: number;
  readonly isExact: boolean;
};

/**
 * Whether the endpoints of a target were seen to keep their grants together: a grant that this console made at one was
 * read at every other one, or was not for minutes while the first showed it. Null: neither was seen. `now` is our wall
 * clock in milliseconds.
 */
export function observeScope(
  views: readonly EndpointView[],
  acts: readonly KnownAct[],
  now: number,
): NonNullable<Scope>["grants"] | null {
  if (views.length < 2) return null;
  const goods = views.flatMap(({ endpoint, good }) => (good === null ? [] : [{ endpoint, good }]));
  for (const opened of openedHere(acts.slice(-mostLookedAt)).toReversed()) {
    const others = goods.filter(
      ({ endpoint, good }) => endpoint !== opened.endpoint && good.at.wall >= opened.at,
    );
    if (others.some(({ endpoint }) => openedAt(acts, opened.key, endpoint))) continue;
    const showing = others.filter(({ good }) => shows(good, opened.key));
    if (opened.isExact && showing.length === views.length - 1) return "shared";
    const first = goods.find(({ endpoint }) => endpoint === opened.endpoint)?.good;
    const isStanding = first?.listed.some(({ key, active }) => active && key === opened.key) === true;
    const silent = others.filter(({ good }) => good.notUnderstood.length === 0 && !shows(good, opened.key));
    if (isStanding && silent.length > 0 && now - opened.at >= mayLag) return "separate";
  }
  return null;
}

/** Two grants may be made at two endpoints in one second, by a script; hardly in one millisecond. */
const isExact = (createdAt: string | null): boolean => createdAt !== null && !createdAt.endsWith(".000Z");

const openedHere = (acts: readonly KnownAct[]): readonly Opened[] =>
  acts.flatMap(({ act, receipt }) =>
    act === "grant" && receipt?.outcome === "granted" && receipt.endpoint !== null && receipt.grant
      ? [
          {
            key: receipt.grant.key,
            endpoint: receipt.endpoint,
            at: Date.parse(receipt.finishedAt),
            isExact: isExact(receipt.grant.createdAt),
          },
        ]
      : [],
  );

const openedAt = (acts: readonly KnownAct[], key: string, endpoint: string): boolean =>
  openedHere(acts).some((one) => one.key === key && one.endpoint === endpoint);

const shows = ({ listed, past }: GoodView, key: string): boolean =>
  [...listed, ...past].some((grant) => grant.key === key);
