import { temporaryFolder } from "../temporary-folder.js";
import { describeOddNodes } from "./odd-nodes.js";

describeOddNodes(temporaryFolder(), [
  "",
  "\tb",
  "b\rc",
  "b\0",
  "b,c",
  'say "b"',
  "\u202eb\u2028",
  "\u0085\u007f",
  "--help",
]);
