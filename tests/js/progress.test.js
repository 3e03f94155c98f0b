import { replayVectors } from "./replaying.js";

replayVectors("progress");
