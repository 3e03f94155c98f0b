import { replayVectors } from "./replaying.js";

replayVectors("elsewhere");
