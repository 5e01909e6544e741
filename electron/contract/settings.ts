import { z } from "zod";
import { request } from "./kit/operation.ts";
import { grantMinutes, levelShape, lineShape, minutesShape } from "./shapes.ts";
import { usualSignIn } from "./signIn.ts";
import { targetShape } from "./targets.ts";

/** What the operator chose, remembered between runs. */
export const preferencesShape = z.strictObject({
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["comfortable", "compact"]),
  /** The operator's name as receipts record it; empty until first typed. */
  operator: lineShape.max(120),
  level: levelShape,
  minutes: minutesShape,
  /** How far the timelines of the overview reach back. */
  timeline: z.enum(["day", "week", "quarter"]),
});
export type Preferences = z.infer<typeof preferencesShape>;

export const usualPreferences: Preferences = {
  theme: "system",
  density: "comfortable",
  operator: "",
  level: "Diagnostics",
  minutes: grantMinutes.usual,
  timeline: "week",
};

/**
 * A target as earlier builds wrote it lacks what came later: it signs in with Negotiate, trusts no certificate yet, and
 * nothing is known of whether its endpoints share their grants.
 */
const storedTargetShape = z.preprocess(
  (stored) =>
    typeof stored === "object" && stored !== null
      ? { signIn: usualSignIn, certificates: [], scope: null, ...stored }
      : stored,
  targetShape,
);

/** Earlier builds took any text for a name; one that no receipt takes is forgotten, and what came later is as usual. */
const storedPreferencesShape = preferencesShape.extend({
  operator: preferencesShape.shape.operator.catch(""),
  timeline: preferencesShape.shape.timeline.default(usualPreferences.timeline),
});

/** The whole settings file. It never holds a secret. */
export const settingsDocumentShape = z.strictObject({
  version: z.literal(1),
  preferences: storedPreferencesShape,
  targets: z.array(storedTargetShape).readonly(),
});
export type SettingsDocument = z.infer<typeof settingsDocumentShape>;

export const settings = {
  read: request({ input: z.strictObject({}), output: preferencesShape }),
  write: request({ input: preferencesShape, output: preferencesShape }),
};
