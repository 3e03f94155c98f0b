import { replayVectors } from "./replaying.js";

replayVectors("receipt");
