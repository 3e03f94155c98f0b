import { replayVectors } from "./replaying.js";

replayVectors("vocabulary");
