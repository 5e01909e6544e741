import react from "@vitejs/plugin-react";
import { join } from "node:path";
import { defineConfig } from "vite";

/** The page as plain files: relative addresses (it is served over http and over app:), nothing inline for the CSP. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, "../dist/renderer"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "chrome120",
    chunkSizeWarningLimit: 2_000,
  },
});
