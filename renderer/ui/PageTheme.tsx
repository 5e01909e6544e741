import { createDOMRenderer, FluentProvider, RendererProvider } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { darkTheme, lightTheme } from "./brand.ts";
import { useMediaQuery } from "./useMediaQuery.ts";

type PageThemeProps = {
  /** The nonce that the page's CSP gives to styles. */
  readonly nonce: string;
  readonly theme: "system" | "light" | "dark";
  readonly density: "comfortable" | "compact";
  readonly children: ReactNode;
};

/** Puts light or dark, and the density, on everything below. */
export function PageTheme({ nonce, theme, density, children }: PageThemeProps) {
  const prefersDark = useMediaQuery("(prefers-color-scheme: dark)");
  const isDark = theme === "dark" || (theme === "system" && prefersDark);
  const [renderer] = useState(() => createDOMRenderer(document, { styleElementAttributes: { nonce } }));
  useEffect(() => {
    document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
    document.documentElement.dataset["density"] = density;
  }, [isDark, density]);
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider className="page-theme" theme={isDark ? darkTheme : lightTheme}>
        {children}
      </FluentProvider>
    </RendererProvider>
  );
}
