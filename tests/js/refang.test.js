import { replayVectors } from "./replaying.js";

replayVectors("refang");
