import { replayVectors } from "./replaying.js";

replayVectors("custody");
