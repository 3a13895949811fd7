// Runs the properties of test/properties for many seeds: npm run fuzz -- --help
import { load, root } from "./bundle.mjs";

const { main } = await load("test/properties/fuzz-main.ts");
process.exitCode = main(process.argv.slice(2), root);
