import { replayVectors } from "./replaying.js";

replayVectors("envelope");
