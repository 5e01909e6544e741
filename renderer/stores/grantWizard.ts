import { usualPreferences } from "#contract";
import type { Level, Preferences } from "#contract";
import { problemsOf } from "./grantProblems.ts";
import { isFresh, progressOpening, startedOpening } from "./opening.ts";
import type { FoundOpening, Opening, OpeningEvent } from "./opening.ts";

/** The steps in their order. `opening` is where the command runs: there is no way into it but `openingStarted`. */
export const wizardSteps = ["target", "level", "duration", "why", "terms", "review", "opening"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What was typed, as typed. */
export type Draft = {
  readonly level: Level;
  readonly minutes: string;
  readonly operator: string;
  readonly reason: string;
  readonly caseNumber: string;
};

export type WizardState = {
  readonly step: WizardStep;
  readonly draft: Draft;
  /** Steps the operator tried to leave: their problems are shown. */
  readonly tried: readonly WizardStep[];
  /** SHA-256 of the published terms once they are on the screen. */
  readonly termsSha256: string | null;
  /** Texts whose end was reached, and texts that were ticked, by SHA-256. */
  readonly reachedEnd: readonly string[];
  readonly ticked: readonly string[];
  readonly opening: Opening;
};

export type WizardEvent =
  | { readonly type: "typed"; readonly field: Exclude<keyof Draft, "level">; readonly text: string }
  | { readonly type: "choseLevel"; readonly level: Level }
  | { readonly type: "next" }
  | { readonly type: "back" }
  | { readonly type: "goTo"; readonly step: WizardStep }
  | { readonly type: "termsRead"; readonly sha256: string }
  | { readonly type: "reachedEnd"; readonly sha256: string }
  | { readonly type: "ticked"; readonly sha256: string; readonly on: boolean }
  | { readonly type: "openingStarted" }
  | { readonly type: "found"; readonly found: FoundOpening }
  | { readonly type: "again" }
  | OpeningEvent;

/** A wizard for a target that is known already: it stands on the second step, and Back leads to the first. */
export function newWizard(preferences: Preferences, suggestedOperator: string): WizardState {
  return {
    step: "level",
    draft: {
      level: preferences.level,
      minutes: String(preferences.minutes),
      operator: preferences.operator === "" ? suggestedOperator : preferences.operator,
      reason: "",
      caseNumber: "",
    },
    tried: [],
    termsSha256: null,
    reachedEnd: [],
    ticked: [],
    opening: { phase: "none" },
  };
}

/** The wizard of an opening that this page did not begin: what was asked for stands in it. */
export function wizardOf({ minutes, ...asked }: FoundOpening["request"]): WizardState {
  return { ...newWizard(usualPreferences, ""), draft: { ...asked, minutes: String(minutes) } };
}

/** The whole behaviour of the wizard. An event that makes no sense in a state changes nothing. */
export function grantWizard(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case "typed":
      return isEditable(state) ? { ...state, draft: { ...state.draft, [event.field]: event.text } } : state;
    case "choseLevel":
      return isEditable(state) ? { ...state, draft: { ...state.draft, level: event.level } } : state;
    case "next":
      return leave(state, 1);
    case "back":
      return leave(state, -1);
    case "goTo":
      return goTo(state, event.step);
    case "termsRead":
      return { ...state, termsSha256: event.sha256 };
    case "reachedEnd":
      return { ...state, reachedEnd: withText(state.reachedEnd, event.sha256, true) };
    case "ticked":
      return state.reachedEnd.includes(event.sha256)
        ? { ...state, ticked: withText(state.ticked, event.sha256, event.on) }
        : state;
    case "openingStarted":
      return state.step === "review" && firstProblem(state) === null
        ? { ...state, step: "opening", opening: startedOpening(null) }
        : state;
    case "again":
      return state.opening.phase === "ended" || state.opening.phase === "lost"
        ? { ...state, step: firstProblem(state) ?? "review", opening: { phase: "none" } }
        : state;
    case "found":
      return isFresh(state.opening, event.found)
        ? { ...state, step: "opening", opening: { ...startedOpening(event.found.request), ...event.found } }
        : { ...state, opening: progressOpening(state.opening, { ...event.found, type: "progressed" }) };
    case "progressed":
    case "answering":
    case "stopping":
    case "notSent":
    case "lost":
    case "settled":
      return { ...state, opening: progressOpening(state.opening, event) };
    default:
      return event satisfies never;
  }
}

/** The earliest step that still has a problem; null when the door may be opened. */
export function firstProblem(state: WizardState): WizardStep | null {
  return wizardSteps.find((step) => Object.keys(problemsOf(state, step)).length > 0) ?? null;
}

function isEditable(state: WizardState): boolean {
  return state.opening.phase === "none";
}

function leave(state: WizardState, by: 1 | -1): WizardState {
  const step = wizardSteps[wizardSteps.indexOf(state.step) + by];
  return step === undefined || step === "opening" || !isEditable(state) ? state : goTo(state, step);
}

/** Back is always free; forward only past steps without a problem, and the first with one is where we stand then. */
function goTo(state: WizardState, step: WizardStep): WizardState {
  if (!isEditable(state) || step === "opening") return state;
  const from = wizardSteps.indexOf(state.step);
  const to = wizardSteps.indexOf(step);
  const blocked = wizardSteps.slice(from, to).find((each) => Object.keys(problemsOf(state, each)).length > 0);
  return blocked === undefined
    ? { ...state, step }
    : { ...state, step: blocked, tried: [...state.tried, blocked] };
}

function withText(texts: readonly string[], sha256: string, on: boolean): readonly string[] {
  const others = texts.filter((text) => text !== sha256);
  return on ? [...others, sha256] : others;
}
