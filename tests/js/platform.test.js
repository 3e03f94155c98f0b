import { replayVectors } from "./replaying.js";

replayVectors("platform");
