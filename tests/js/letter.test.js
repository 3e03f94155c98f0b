import { replayVectors } from "./replaying.js";

replayVectors("letter");
