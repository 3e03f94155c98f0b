import { replayVectors } from "./replaying.js";

replayVectors("epoch_chain");
