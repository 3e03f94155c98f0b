import { replayVectors } from "./replaying.js";

replayVectors("directory_state");
