import { join } from "node:path";
import { defineConfig } from "vite";
import type { UserConfig } from "vite";

const root = join(import.meta.dirname, "../..");

/** Everything is bundled but Electron itself, so that the packaged program needs no node_modules. */
function bundle(entry: string, folder: string, format: "es" | "cjs", fileName: string): UserConfig {
  return {
    root,
    publicDir: false,
    ssr: { noExternal: true, external: ["electron"] },
    build: {
      ssr: join(root, entry),
      outDir: join(root, "dist", folder),
      emptyOutDir: true,
      target: "node24",
      rollupOptions: { output: { format, entryFileNames: fileName } },
    },
  };
}

/** `--mode desktop` builds the main process, `--mode preload` the one CommonJS script a sandboxed window may load. */
export default defineConfig(({ mode }) =>
  mode === "preload"
    ? bundle("electron/preload/preload.ts", "preload", "cjs", "preload.cjs")
    : bundle("electron/hosts/desktop/main.ts", "desktop", "es", "main.js"),
);
