import { replayVectors } from "./replaying.js";

replayVectors("suppression");
