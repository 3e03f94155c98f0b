import { replayVectors } from "./replaying.js";

replayVectors("own");
