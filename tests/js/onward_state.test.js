import { replayVectors } from "./replaying.js";

replayVectors("onward_state");
