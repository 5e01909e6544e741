import { createDarkTheme, createLightTheme } from "@fluentui/react-components";
import type { BrandVariants, Theme } from "@fluentui/react-components";

/** The one accent, from dark to light. */
const accent: BrandVariants = {
  10: "#021416",
  20: "#06262a",
  30: "#08363c",
  40: "#09444b",
  50: "#0a525b",
  60: "#0b5c66",
  70: "#0b6570",
  80: "#0b6570",
  90: "#22808b",
  100: "#3b9aa6",
  110: "#4db0bc",
  120: "#5cc3cf",
  130: "#7fd6e0",
  140: "#a3e4ec",
  150: "#c6f0f5",
  160: "#e6f9fb",
};

/** Fluent's measures on our tokens, so that controls and our own parts are one picture. */
const ours: Partial<Theme> = {
  fontFamilyBase: "var(--font)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizeBase200: "var(--text-small)",
  fontSizeBase300: "var(--text)",
  fontSizeBase400: "1rem",
  // Fluent's own are px: the lines of a text that was made larger would stand in each other.
  lineHeightBase100: "0.875rem",
  lineHeightBase200: "1rem",
  lineHeightBase300: "1.25rem",
  lineHeightBase400: "1.375rem",
  lineHeightBase500: "1.75rem",
  fontSizeBase500: "var(--text-large)",
  colorNeutralBackground1: "var(--surface)",
  colorNeutralForeground1: "var(--ink)",
  colorNeutralForeground2: "var(--ink)",
  colorNeutralForeground3: "var(--ink-soft)",
  colorNeutralForeground4: "var(--ink-soft)",
  colorNeutralStroke1: "var(--line-strong)",
  colorNeutralStroke2: "var(--line)",
  colorNeutralStrokeAccessible: "var(--line-strong)",
  colorPaletteRedForeground1: "var(--danger)",
  colorStrokeFocus2: "var(--focus)",
};

export const lightTheme: Theme = { ...createLightTheme(accent), ...ours };
export const darkTheme: Theme = {
  ...createDarkTheme(accent),
  ...ours,
  colorBrandForeground1: accent[120],
  colorBrandForegroundLink: accent[120],
  colorBrandBackground: accent[120],
  colorBrandBackgroundHover: accent[130],
  colorBrandBackgroundPressed: accent[110],
  colorBrandBackgroundSelected: accent[120],
  colorCompoundBrandBackground: accent[120],
  colorCompoundBrandForeground1: accent[120],
  colorCompoundBrandStroke: accent[120],
  colorNeutralForegroundOnBrand: "#08262a",
  colorNeutralForegroundInverted: "#08262a",
};
