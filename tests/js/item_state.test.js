import { replayVectors } from "./replaying.js";

replayVectors("item_state");
