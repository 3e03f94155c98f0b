import { replayVectors } from "./replaying.js";

replayVectors("envelope_browser");
