import { replayVectors } from "./replaying.js";

replayVectors("request_state");
