import type { Model } from "../model.js";
import type { Packed } from "../packed.js";
import { unpack } from "../packed.js";
import { mountReport } from "./mount.js";

const data = document.getElementById("model")?.textContent;
if (data != null) {
  const model = unpack(JSON.parse(data) as Packed) as Model;
  mountReport(model, { moments: true, signal: new AbortController().signal });
}
