import { version } from "./shell.js";

postMessage(version);
