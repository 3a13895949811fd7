import { describeRegressions } from "./regressions.js";

describeRegressions(() => [1, 2, 3]);
