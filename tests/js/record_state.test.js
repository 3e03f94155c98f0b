import { replayVectors } from "./replaying.js";

replayVectors("record_state");
