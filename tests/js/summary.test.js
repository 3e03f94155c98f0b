import { replayVectors } from "./replaying.js";

replayVectors("summary");
