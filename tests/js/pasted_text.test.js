import { replayVectors } from "./replaying.js";

replayVectors("pasted_text");
