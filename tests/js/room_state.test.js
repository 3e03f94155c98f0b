import { replayVectors } from "./replaying.js";

replayVectors("room_state");
