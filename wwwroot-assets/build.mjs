// Bundles src/app.ts into the folder given as the only argument (default: the program's wwwroot/dist).
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(process.argv[2] ?? path.join(here, "../src/RegionWebUI/wwwroot/dist"));

await build({
  absWorkingDir: here,
  entryPoints: ["src/app.ts"],
  outdir: output,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  logLevel: "warning",
});
