import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The three-letter code of every country of the map, by its number. */
function countryCodes(): Plugin {
  const name = "virtual:country-codes";
  return {
    name: "country-codes",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const file = createRequire(import.meta.url).resolve("i18n-iso-countries/codes.json");
      const codes: [string, string, string][] = JSON.parse(readFileSync(file, "utf8"));
      return `export default ${JSON.stringify(Object.fromEntries(codes.map(([, three, number]) => [number, three])))};`;
    },
  };
}

export default defineConfig({
  plugins: [countryCodes()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    // Nothing in the page itself: the policy forbids it.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
