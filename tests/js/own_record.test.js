import { replayVectors } from "./replaying.js";

replayVectors("own_record");
