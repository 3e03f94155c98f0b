import { replayVectors } from "./replaying.js";

replayVectors("signing");
