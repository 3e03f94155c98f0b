import { replayVectors } from "./replaying.js";

replayVectors("evidence");
