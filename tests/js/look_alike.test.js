import { replayVectors } from "./replaying.js";

replayVectors("look_alike");
