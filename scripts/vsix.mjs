// Builds the extension of VS Code into dist/ldfi.vsix, with the server inside: `npm run vscode`.
// A .vsix is a zip archive of the extension, a list of content types and a manifest. It is written here, since the packaging tool
// needs a newer Node.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { crc32, zip } from "./zip.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "editors", "vscode");
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

const { outputFiles } = await build({
  entryPoints: [join(folder, "extension.js")],
  bundle: true,
  write: false,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["vscode"],
  logLevel: "warning",
});

const files = new Map([
  ["[Content_Types].xml", contentTypes()],
  ["extension.vsixmanifest", vsixManifest()],
  ["extension/extension.js", outputFiles[0].text],
]);
for (const name of ["package.json", "language-configuration.json", "syntaxes/dedalus.tmLanguage.json"])
  files.set(`extension/${name}`, readFileSync(join(folder, name)));
files.set("extension/LICENSE.txt", readFileSync(join(root, "LICENSE")));
for (const part of ["bin", "package.json", "dist/LICENSES.txt", "dist/cli"]) add(part);
if (existsSync(join(root, "dist/playground"))) add("dist/playground");

const archive = zip(files);
writeFileSync(join(root, "dist", "ldfi.vsix"), archive);
process.stdout.write(
  `dist/ldfi.vsix: ${files.size} files, ${Math.round(archive.length / 1024)} kB, crc ${crc32(archive)}\n`,
);

function add(part) {
  const path = join(root, part);
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) add(`${part}/${name}`);
  // What V8 compiled is of one version of Node, and large.
  else if (!part.endsWith(".cache")) files.set(`extension/server/${part}`, readFileSync(path));
}

function contentTypes() {
  const types = {
    json: "application/json",
    js: "application/javascript",
    cjs: "application/javascript",
    txt: "text/plain",
    vsixmanifest: "text/xml",
  };
  const defaults = Object.entries(types).map(([end, type]) => `<Default Extension=".${end}" ContentType="${type}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join("")}</Types>\n`;
}

function vsixManifest() {
  const { name, displayName, description, version, publisher, categories, engines } = manifest;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
    <DisplayName>${displayName}</DisplayName>
    <Description xml:space="preserve">${description}</Description>
    <Tags>dedalus,__ext_ded</Tags>
    <Categories>${categories.join(",")}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/></Assets>
</PackageManifest>
`;
}
