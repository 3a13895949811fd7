import type { Model } from "../model.js";
import { mountReport } from "./mount.js";

const data = document.getElementById("model")?.textContent;
if (data != null) mountReport(JSON.parse(data) as Model, { moments: true, signal: new AbortController().signal });
