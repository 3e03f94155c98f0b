import { replayVectors } from "./replaying.js";

replayVectors("message");
